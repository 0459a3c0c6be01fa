"""The container image and the compose file keep the promises of the RUNBOOK's security page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CONTAINERFILE = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8")
OURS = ("worker", "intake", "sweep", "web")
SERVICES = (*OURS, "valkey", "rustfs", "set-up")
LONG_RUNNING = (*OURS, "valkey", "rustfs")


def test_the_image_installs_what_the_lock_names_and_nothing_else() -> None:
    installs = re.findall(r"^RUN (uv .*|pip .*)$", CONTAINERFILE, re.MULTILINE)

    assert all("uv==" in line or "uv sync --frozen --no-dev" in line for line in installs)
    assert len(installs) == 3


def test_the_image_runs_as_a_fixed_user() -> None:
    assert re.findall(r"^USER (.*)$", CONTAINERFILE, re.MULTILINE) == ["10001:10001"]


def test_the_image_says_whether_it_is_well() -> None:
    assert 'CMD ["python", "/opt/gouji/deploy/healthy.py"]' in CONTAINERFILE


def test_what_the_image_copies_exists() -> None:
    sources = [
        word for line in re.findall(r"^COPY (?!--from)(.*)$", CONTAINERFILE, re.MULTILINE) for word in line.split()[:-1]
    ]

    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_no_image_is_taken_at_its_newest(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    images += re.findall(r"^ARG PYTHON_IMAGE=(.*)$", CONTAINERFILE, re.MULTILINE)

    assert [image for image in images if not re.search(r":\d+\.\d+\.\d+", image)] == []


def test_the_compose_file_has_these_services(compose: dict[str, Any]) -> None:
    assert sorted(compose["services"]) == sorted(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_locked_down(name: str, compose: dict[str, Any]) -> None:
    service = compose["services"][name]
    user = service["user"].split(":")[0]

    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert user.isdigit()
    assert int(user) > 0


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_its_limits(name: str, compose: dict[str, Any]) -> None:
    service = compose["services"][name]

    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert 0 < service["pids_limit"] <= 512


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_each_long_running_service_is_asked_whether_it_is_well(name: str, compose: dict[str, Any]) -> None:
    service = compose["services"][name]

    assert "healthcheck" in service or service["image"].startswith("gouji:")


def test_ports_are_published_on_loopback_alone(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", ())]

    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_no_secret_stands_in_the_compose_file(compose: dict[str, Any]) -> None:
    settings = [
        (name, str(value))
        for service in compose["services"].values()
        for name, value in service.get("environment", {}).items()
        if re.search(r"SECRET|PASSWORD|TOKEN|ACCESS_KEY", name)
    ]

    assert len(settings) >= 10
    assert [name for name, value in settings if not re.match(r"\$\{\w+:\?", value)] == []


def test_the_example_names_exactly_the_variables_that_compose_asks_for() -> None:
    asked = sorted(set(re.findall(r"\$\{(\w+)", (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))))
    example = (ROOT / "deploy/gouji.env.example").read_text(encoding="utf-8")

    assert sorted(re.findall(r"^(\w+)=", example, re.MULTILINE)) == asked


def test_every_setting_in_the_compose_file_is_one_that_gouji_knows(compose: dict[str, Any]) -> None:
    from workers.config import Settings

    known = {f"GOUJI_{name.upper()}" for name in Settings.model_fields}
    used = {
        name for service in OURS for name in compose["services"][service]["environment"] if name.startswith("GOUJI_")
    }
    in_image = re.findall(r"(GOUJI_\w+)=", CONTAINERFILE)

    assert sorted(name for name in (*used, *in_image) if name not in known) == []
