"""What only separate processes can show: the same bytes anywhere, and no document library where no document belongs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PUBLISH = """
import hashlib, json
from tasks.pipeline import process
from tests.tasks.worlds import make_world
world = make_world()
for key, data in (("a.txt", None), ("b.png", b"\\x89PNG\\r\\n\\x1a\\n")):
    process(world.context, world.upload(key) if data is None else world.upload(key, data))
results = world.results("_submissions/")
print(json.dumps({key: hashlib.sha256(data).hexdigest() for key, data in results.items() if "run.json" not in key}))
"""

LIBRARIES = """
import sys
import parsers, workers.app, workers.sweep
from workers.build import settings_to_context
from workers.config import Settings
settings = Settings.model_validate({"redis_url": "redis://127.0.0.1:9/0", "s3_endpoint_url": "http://127.0.0.1:9"})
context = settings_to_context(settings, workers.app.worker_app(settings))
document = context.read("示例局2023年年度报告\\n一、总体情况\\n".encode())
parsers.outcome_to_files(parsers.check(parsers.classify(document)))
known = ("pdfplumber", "pdfminer", "pypdfium2", "pypdfium2_raw", "lxml", "docx", "PIL")
print([name for name in known if name in sys.modules])
"""


def output(program: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_hash_seed_locale_and_time_zone_change_no_byte(seed: str) -> None:
    plain = output(PUBLISH, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    other = output(PUBLISH, PYTHONHASHSEED=seed, TZ="America/Los_Angeles", LC_ALL="C")
    assert json.loads(other) == json.loads(plain)
    assert len(json.loads(plain)) == 7


def test_a_worker_that_has_read_and_judged_a_document_holds_no_document_library() -> None:
    assert output(LIBRARIES, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test") == "[]"
