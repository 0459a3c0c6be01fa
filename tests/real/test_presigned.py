"""The signed form on a real store: Ceph RGW takes what it allows, by the dashboard's key, and nothing else.

RGW 16 does not ask a user's own policy about a form, only the bucket's: hence deploy/ceph/signed-forms.json.
"""

from __future__ import annotations

from string import Template

import httpx2
import pytest

from tests.real.servers import ROOT, Rgw, give_policy
from workers.web import presigned
from workers.web.presigned import Form, Presigner

pytestmark = pytest.mark.reals3

KEY = "铜官区/甲 乙+a&b.pdf"


@pytest.fixture
def form(rgw: Rgw, monkeypatch: pytest.MonkeyPatch) -> Form:
    """A form for files of ten bytes, signed with the key of the role `web`."""
    monkeypatch.setattr(presigned, "MAX_UPLOAD", 10)
    for bucket in (rgw.inbox, rgw.results):
        rgw.client("s3").create_bucket(Bucket=bucket)
    give_policy(rgw, "web")
    text = (ROOT / "deploy/ceph/signed-forms.json").read_text("utf-8")
    rgw.client("s3").put_bucket_policy(Bucket=rgw.inbox, Policy=Template(text).substitute(inbox=rgw.inbox))
    return Presigner(rgw.client("s3", "web"), rgw.inbox).form(KEY)


def send(form: Form, data: bytes = b"x" * 10, **changes: str) -> int:
    return int(httpx2.post(form.url, data=form.fields | changes, files={"file": ("a.pdf", data)}).status_code)


def test_what_the_form_allows_is_stored(rgw: Rgw, form: Form) -> None:
    status = send(form)
    stored = rgw.client("s3", "web").get_object(Bucket=rgw.inbox, Key=KEY)
    assert (status, stored["Body"].read(), stored["ContentType"]) == (201, b"x" * 10, presigned.TYPE)


@pytest.mark.parametrize(
    ("data", "changes"),
    [
        (b"x" * 11, {}),
        (b"", {}),
        (b"x", {"key": "义安区/甲.pdf"}),
        (b"x", {"Content-Type": "text/html"}),
        (b"x", {"x-amz-signature": "0" * 64}),
        (b"x", {"policy": ""}),
    ],
    ids=["too large", "empty", "another key", "another type", "another signature", "no policy"],
)
def test_anything_else_is_refused(rgw: Rgw, form: Form, data: bytes, changes: dict[str, str]) -> None:
    status = send(form, data, **changes)
    listed = rgw.client("s3").list_objects_v2(Bucket=rgw.inbox)
    assert (400 <= status < 500, listed["KeyCount"]) == (True, 0)


def test_a_form_that_is_too_old_is_refused(rgw: Rgw, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    assert form
    monkeypatch.setattr(presigned, "FORM_SECONDS", -60)
    old = Presigner(rgw.client("s3", "web"), rgw.inbox).form(KEY)
    assert send(old) == 403


@pytest.mark.usefixtures("form")
@pytest.mark.parametrize("role", ["worker", "intake", "sweep"])
def test_a_form_that_another_role_signed_is_refused(rgw: Rgw, role: str) -> None:
    give_policy(rgw, role)
    assert send(Presigner(rgw.client("s3", role), rgw.inbox).form(KEY)) == 403
