"""How long reports take to write, how large they are, and the memory they need."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import portfolio
from bench import append, peak
from ledger import Ledger
from ledger.reports import MonthlyReport

sys.path.insert(0, str(Path(__file__).parents[1] / "examples" / "julu_2023"))
illustrate = import_module("illustrate")


def page(path: Path) -> Path:
    """Write the monthly page."""
    return _written(path, "html", lambda ledger, out: _monthly(ledger).write(out))


def workbook(path: Path) -> Path:
    """Write the monthly workbook."""
    return _written(path, "xlsx", lambda ledger, out: _monthly(ledger).write(out))


def monitoring(path: Path) -> Path:
    """Write 绩效目标执行监控表."""
    return _written(
        path, "m.xlsx", lambda ledger, out: ledger.monitoring(2023, 9).write(out)
    )


def self_evaluation(path: Path) -> Path:
    """Write 绩效自评表."""
    return _written(
        path,
        "e.xlsx",
        lambda ledger, out: ledger.self_evaluation(2023).write(out),
    )


def _monthly(ledger: Ledger) -> MonthlyReport:
    return ledger.monthly_report(2023, 9)


def _written(path: Path, ending: str, job: Callable[[Ledger, Path], None]) -> Path:
    out = path.with_suffix(f".{ending}")
    with Ledger.open(path, read_only=True) as ledger:
        job(ledger, out)
    return out


def main() -> None:
    """Print seconds, sizes and memory for Julu and for 800 projects."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-bench-"))
    julu, many, forms = (folder / f"{n}.ledger" for n in ("julu", "many", "forms"))
    illustrate.create(julu)
    append(many, list(portfolio.events(portfolio.SIZES["M"])), 1000)
    # 800 of them have forms: every fourth is of the year before.
    append(forms, list(portfolio.events(1_067)), 1000)
    print("report            projects  seconds      MB  memory MB  must")
    for name, path, job, must in (
        ("page", julu, page, "0.5 s, 0.4 MB"),
        ("page", many, page, "10 s, 15 MB, 300 MB"),
        ("workbook", many, workbook, ""),
        ("monitoring", forms, monitoring, "8 s, 120 MB"),
        ("self-evaluation", forms, self_evaluation, "8 s, 120 MB"),
    ):
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            out = job(path)
            taken.append(time.perf_counter() - start)
        size = out.stat().st_size / 1e6
        count = 19 if path == julu else portfolio.SIZES["M"]
        print(
            f"{name:16}  {count:8}  {statistics.median(taken):7.2f}  {size:6.2f}  "
            f"{peak(job, path):9.0f}  {must}"
        )


if __name__ == "__main__":
    main()
