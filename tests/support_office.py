"""LibreOffice, as a reader of workbooks that is not ours."""

import os
import shutil
import subprocess

import pytest
from python_calamine import load_workbook

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def converted(path, kind):
    """Convert a workbook with every formula computed anew; return the new file."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing")
        pytest.skip("LibreOffice is not installed")
    profile = path.parent / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_ALWAYS, encoding="utf-8")
    out = path.parent / f"converted-{kind}"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            out,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / f"{path.stem}.{kind}"


def cells(path):
    """Return the cells of each sheet, as another library reads them."""
    book = load_workbook(str(path))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
