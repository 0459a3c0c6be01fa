"""Files as LibreOffice itself writes them: our DOCX, saved in its other formats."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tasks.office_programs import soffice

SECONDS = 180


def saved_as(kind: str, documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """These DOCX by name, each saved as `doc`, `rtf` or `odt`, all by one run of the program."""
    program = soffice()
    assert program is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, data in documents.items():
            (folder / f"{title}.docx").write_bytes(data)
        command = [str(program), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
        files = [str(folder / f"{title}.docx") for title in documents]
        subprocess.run([*command, "--outdir", str(folder / "out"), *files], check=True, timeout=SECONDS, stdout=-3)
        return {title: (folder / "out" / f"{title}.{kind}").read_bytes() for title in documents}
