"""How long audits take that read the log and no snapshot, against what they may."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import portfolio
from bench import append, project, replay, timed
from ledger import Ledger
from ledger.domain.subject import code_of
from workload import THROUGH

ROUNDS = 5


def verify_report(path: Path, issued: Path) -> None:
    """Hold a report of the portfolio to the record."""
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.verify_report(issued).ok


def explain(path: Path, code: str) -> None:
    """Explain what one project has spent."""
    with Ledger.open(path, read_only=True) as ledger:
        ledger.explain(code, "disbursed", through=THROUGH)


def fastest(job: Callable[[], object]) -> float:
    """Return the least seconds of some rounds: others on the machine only add."""
    return min(timed(job) for _ in range(ROUNDS))


def main() -> None:
    """Print seconds and ratios at size M."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-bench-"))
    path, issued = folder / "many.ledger", folder / "september.json"
    append(path, list(portfolio.events(portfolio.SIZES["M"])), 1000)
    with Ledger.open(path, read_only=True) as ledger:
        ledger.monthly_report(THROUGH.year, THROUGH.month).write(issued)
        one = code_of(next(ledger.events(types=["BudgetApproved"])).stream)
    print("audit             seconds  against            seconds  ratio  must")
    for name, job, against, base, must in (
        (
            "verify --report",
            lambda: verify_report(path, issued),
            "replay",
            lambda: replay(path),
            1.3,
        ),
        (
            "explain",
            lambda: explain(path, one),
            "one project",
            lambda: project(path, one),
            3.0,
        ),
    ):
        ours, theirs = fastest(job), fastest(base)
        print(
            f"{name:<16} {ours:>8.4f}  {against:<16} {theirs:>9.4f}  "
            f"{ours / theirs:>5.2f}  ≤ {must}"
        )


if __name__ == "__main__":
    main()
