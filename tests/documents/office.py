"""LibreOffice as the tests use it: to make files of other kinds, and to settle tracked changes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NAME = "soffice"
SECONDS = 120
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes"
 script:language="StarBasic">
Sub Settle(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Changes"/>
</library:library>
"""


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._profile = folder / "profile"
        self._made = 0

    def converted(self, raw: bytes, ending: str, to: str) -> bytes:
        """A file in another format, as LibreOffice writes it."""
        source = self._put(raw, ending)
        out = source.parent / "out"
        self._run("--convert-to", to, "--outdir", str(out), str(source))
        return (out / f"{source.stem}.{to.split(':')[0]}").read_bytes()

    def settled(self, docx: bytes, command: str) -> bytes:
        """A DOCX after AcceptAllTrackedChanges or RejectAllTrackedChanges."""
        source = self._put(docx, "docx")
        basic = self._profile / "user" / "basic" / "Standard"
        if not basic.exists():  # the first start makes the profile, and would write over these
            self.converted(b"Hello", "txt", "odt")
        basic.mkdir(parents=True, exist_ok=True)
        (basic / "Changes.xba").write_text(_MODULE)
        (basic / "script.xlb").write_text(_LIBRARY)
        target = source.with_name("settled.docx")
        call = f'Settle("{source.as_uri()}","{target.as_uri()}",".uno:{command}")'
        self._run(f"macro:///Standard.Changes.{call}")
        return target.read_bytes()

    def _put(self, raw: bytes, ending: str) -> Path:
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir()
        path = folder / f"resume.{ending}"
        path.write_bytes(raw)
        return path

    def _run(self, *words: str) -> None:
        found = shutil.which(NAME)
        assert found
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        subprocess.run(
            [found, "--headless", "--norestore", profile, *words],
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )


def started(folder: Path) -> Office:
    """LibreOffice, or a skipped test that says why; where CI is set, it must be there."""
    if shutil.which(NAME) is None:
        reason = "There is no LibreOffice here (apt install libreoffice-writer-nogui)."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Office(folder)
