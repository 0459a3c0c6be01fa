"""`make storm`: real processes under seeded faults, and a checker that reads only buckets and receivers' logs."""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.storm.proof import Asked, results_to_proof, write
from tests.storm.run import tell
from tests.storm.tiers import TIERS
from tests.storm.trial import Trial
from tests.storm.whole import run_trial
from tests.storm.world import open_world


def main() -> int:
    """Run a tier; 0 if every trial was clean."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    trials = [trial for trial in TIERS[options.tier] if options.only in ("", trial.name)]
    trials = [scaled(trial, options.documents) for trial in trials]
    folder = Path(tempfile.mkdtemp(prefix="gouji-storm-"))
    tell(f"seed {options.seed}, tier {options.tier}, {folder}")
    world = open_world(folder)
    results: list[dict[str, Any]] = []
    began = time.monotonic()
    try:
        for number, trial in enumerate(trials):
            _announce(trial)
            results.append(run_trial(trial, options.seed, world, number, plainly=options.plainly))
            tell(json.dumps(results[-1], ensure_ascii=False, indent=1))
    finally:
        world.close()
    asked = Asked(options.tier, options.seed, "plain" if options.plainly else "template", options.documents)
    found = results_to_proof(asked, trials, results)
    if options.proof:
        write(found, options.proof)
    clean = all(result["clean"] for result in results)
    tell(f"{'clean' if clean else 'NOT CLEAN'} in {time.monotonic() - began:.0f} s")
    if clean and not options.keep:
        shutil.rmtree(folder)
    else:
        tell(f"logs: {folder}")
    if not clean:
        tell(f"again: {asked.again}")
    return 0 if clean else 1


def scaled(trial: Trial, documents: int) -> Trial:
    """The same with another number of documents, at the same pace."""
    if not documents:
        return trial
    share = documents / trial.documents
    return replace(
        trial, documents=documents, feed=trial.feed * share, storm=trial.storm * share, longest=trial.longest * share
    )


def _announce(trial: Trial) -> None:
    told = {name: value for name, value in asdict(trial).items() if value}
    tell(f"-- {trial.name}: {json.dumps(told, ensure_ascii=False, default=str)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make storm")
    parser.add_argument("--tier", choices=sorted(TIERS), default="pr")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--only", default="", help="one trial of the tier, by its name")
    parser.add_argument("--documents", type=int, default=0, help="another number of documents, at the same pace")
    parser.add_argument("--plainly", action="store_true", help="start workers without the template")
    parser.add_argument("--proof", type=Path, help="write proof.json and proof.md into this folder")
    parser.add_argument("--keep", action="store_true", help="keep the logs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
