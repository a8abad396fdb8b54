"""How long forms take to come in, and the memory: a published text, and workbooks."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import peak
from ledger import Ledger
from ledger.domain.codes import check_character
from ledger.intake.readers import file_kinds as files
from ledger.intake.readers.text_files import em
from ledger.intake.segmentation import cell_costs as oddness

xlsxwriter = import_module("xlsxwriter")
TEXT = Path(__file__).parents[1] / "tests" / "data" / "julu-2023.txt"
FORMS = 1_000
FIELDS = "level1 level2 level3 description target basis".split()
LABELS = "一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据".split()
PROJECT = "项目编码 项目名称 单位编码 单位名称 预算数 财政资金 资金用途".split()
MONTHS = "3月底 6月底 10月底 12月底".split()


def projects() -> Iterator[dict[str, Any]]:
    """Yield the forms of the published text, over and over, each with its own code."""
    known = files.read(TEXT).content["projects"]
    for number in range(FORMS):
        form = known[number % len(known)]
        code = f"13052923P{number:011d}"
        plan = form["plan_row"]
        yield {
            **form,
            "project_code": code + str(check_character(code)),
            "project_name": f"{form['project_name']}{number}",
            "plan_row": [None] * (4 - len(plan)) + plan,
        }


def write_sheets(path: Path) -> None:
    """Write a workbook with a form on each sheet."""
    book = xlsxwriter.Workbook(path)
    for form in projects():
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"{form['unit_code']}{form['unit_name']}", "单位：万元"])
        sheet.write_row(1, 0, ["项目编码", form["project_code"]])
        sheet.write_row(1, 2, ["项目名称", form["project_name"]])
        money = ["预算数", float(form["budget"])]
        money += ["其中：财政资金", float(form["fiscal_funds"])]
        sheet.write_row(2, 0, ["预算规模及资金用途", *money])
        sheet.write_row(3, 1, [form["purpose"]])
        sheet.write_row(4, 0, ["资金支出计划（万元）", *MONTHS])
        sheet.write_row(5, 1, form["plan_row"])
        sheet.write_row(6, 0, ["绩效目标", "\n".join(form["goals"])])
        sheet.write_row(7, 0, LABELS)
        for row, indicator in enumerate(form["indicators"], start=8):
            sheet.write_row(row, 0, [indicator[name] for name in FIELDS])
    book.close()


def write_table(path: Path) -> None:
    """Write the same forms as one flat table."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [*PROJECT, *MONTHS, *LABELS])
    row = 1
    for form in projects():
        cells = [form["project_code"], form["project_name"], form["unit_code"]]
        cells += [form["unit_name"], form["budget"], form["fiscal_funds"]]
        cells += [form["purpose"], *form["plan_row"]]
        for indicator in form["indicators"]:
            values = [*cells, *(indicator[name] for name in FIELDS)]
            sheet.write_row(row, 0, values)
            row += 1
    book.close()


def take(path: Path) -> int:
    """Import a file into a fresh ledger beside it; return how many were recorded."""
    ledger = path.with_suffix(".ledger")
    for each in path.parent.glob(ledger.name + "*"):
        each.unlink()
    with Ledger.open(ledger, actor="bench") as opened:
        opened.import_forms(path, fiscal_year=2023)
        return opened.position


def read_text(_: Path = TEXT) -> int:
    """Read the published text as if for the first time."""
    oddness.look_of.cache_clear()
    em.cache_clear()
    return len(files.read(TEXT).content["projects"])


def seconds(job: Callable[[], int], expected: int, rounds: int) -> float:
    """Return the median seconds of *job*, which does *expected* forms."""
    found = []
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        done = job()
        found.append(time.perf_counter() - start)
        assert done == expected, f"{done} of {expected} forms"
    return statistics.median(found)


def main() -> None:
    """Print the seconds and the memory beside what they may be."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-bench-"))
    text = seconds(read_text, 19, 5)
    print(f"the text of 19 forms       {text:6.2f} s (0.3) ", end="")
    print(f"{peak(read_text, TEXT):4.0f} MB (200)")
    for name, write in (("sheets", write_sheets), ("a table", write_table)):
        path = folder / f"{write.__name__}.xlsx"
        write(path)
        spent = seconds(partial(take, path), FORMS, 3)
        print(f"{FORMS} forms as {name:<12} {spent:6.2f} s (15)  ", end="")
        print(f"{peak(take, path):4.0f} MB (200)")


if __name__ == "__main__":
    main()
