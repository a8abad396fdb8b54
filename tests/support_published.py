"""Published forms, re-keyed, and what is read of them."""

import csv
import json
from pathlib import Path

from ledger import Settings
from ledger.intake import interchange
from ledger.intake.readers import file_kinds
from support_word import plain, saved
from support_workbooks import as_workbook

FOLDER = Path(__file__).parent / "data" / "layouts"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
CODE = "13052923P00584010933T"
SMALL = [
    ["项目支出绩效目标表"],
    ["(2024年度)"],
    ["项目名称", "道路养护", "", "主管部门", "[101]某局"],
    ["项目资金(万元)", "年度资金总额:", "10", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
    ["产出指标", "数量指标", "养护里程", "≥12公里", "50"],
    ["效益指标", "社会效益指标", "通行时间", "≤30分钟", "30"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", "10"],
]


def rows(name):
    """Return the cells of a published form."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def taken(tmp_path, cells, *, kind="xlsx", **more):
    """Return what is read of cells in a workbook, a Word document or a CSV."""
    path = tmp_path / f"form.{kind}"
    if kind == "xlsx":
        path.write_bytes(as_workbook(cells))
    elif kind == "docx":
        saved(path, plain(cells))
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(cells)
    given = {"codes": {"": CODE}, "unit": "101", **more}
    return interchange.read([file_kinds.read(path)], Settings(), **given)


def said(forms, code):
    """Return what a finding of one code says; there is one."""
    (found,) = [each for each in forms.findings if each.code == code]
    return str(found)
