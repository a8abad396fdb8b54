"""``eventsourcing`` as its documentation has it: aggregates in an application."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from peers.folding import Running
from workload import THROUGH, Answer, Figures, Workload

application = import_module("eventsourcing.application")
domain = import_module("eventsourcing.domain")
Aggregate: Any = domain.Aggregate

NAME = "eventsourcing, aggregates"
STORE = "aggregates.db"
_LAST = "9999-12-31"
_FASTEST = {
    "AGGREGATE_CACHE_MAXSIZE": "20000",
    "AGGREGATE_CACHE_FASTFORWARD": "n",
    "DEEPCOPY_FROM_AGGREGATE_CACHE": "n",
}
"""Settings for appending: aggregates stay in memory and are trusted to be current."""


class Project(Aggregate):
    """A project: its money by month, and its results."""

    @domain.event("BudgetApproved")
    def __init__(self, fact: dict[str, Any]) -> None:
        self.code: str = fact["project"]
        self.budget: int = fact["amount"]
        self.months = [0] * 12
        self.open: dict[str, int] = {}
        self.measures = {each["name"]: each["measure"] for each in fact["indicators"]}
        self.results: dict[str, list[dict[str, Any]]] = {
            name: [] for name in self.measures
        }

    @staticmethod
    def create_id(fact: dict[str, Any]) -> UUID:
        """Return the identity of the project that a fact approves."""
        return identity(fact["project"])

    @domain.event("MoneyMoved")
    def move(self, fact: dict[str, Any]) -> None:
        """Take a disbursement or a reversal."""
        self.months[int(fact["on"][5:7]) - 1] += fact["amount"]
        if "commitment" in fact:
            self.open[fact["commitment"]] -= fact["amount"]

    @domain.event("CommitmentEntered")
    def commit(self, fact: dict[str, Any]) -> None:
        """Take a contract."""
        self.open[fact["commitment"]] = fact["promised"]

    @domain.event("ResultReported")
    def report(self, fact: dict[str, Any]) -> None:
        """Take a result."""
        self.results[fact["indicator"]].append(fact)

    def figures(self, last: str, *, monthly: bool) -> Figures:
        """Return what is known by a month's end."""
        months = self.months[: int(last[5:7])]
        results = []
        for name, facts in self.results.items():
            running = Running(self.measures[name])
            for fact in facts:
                if fact["on"] <= last:
                    running.take(fact)
            results.append(running.figure())
        spent = tuple(months) if monthly else (sum(months),)
        return Figures(self.budget, spent, tuple(results))


def identity(code: str) -> UUID:
    """Return the identity of the project with a code."""
    return uuid5(NAMESPACE_URL, f"/projects/{code}")


def append(path: Path, facts: Sequence[dict[str, Any]], batch: int) -> None:
    """Store facts in a fresh file, *batch* in a transaction."""
    for each in path.parent.glob(path.name + "*"):
        each.unlink()
    opened = _application(path, **_FASTEST)
    for start in range(0, len(facts), batch):
        touched: dict[str, Project] = {}
        for fact in facts[start : start + batch]:
            code = fact["project"]
            if not code:  # Its aggregates are projects, which no closed month binds.
                continue
            if fact["type"] == "BudgetApproved":
                touched[code] = Project(fact)
                continue
            if code not in touched:
                touched[code] = opened.repository.get(identity(code))
            if fact["type"] == "ResultReported":
                touched[code].report(fact)
            elif fact["type"] == "CommitmentEntered":
                touched[code].commit(fact)
            else:
                touched[code].move(fact)
        opened.save(*touched.values())
    opened.close()


def replay(work: Workload) -> Answer:
    """Rebuild every project."""
    return _figures(work, work.codes, _LAST, monthly=True)


def report(work: Workload) -> Answer:
    """Rebuild every project; it knows no dates, so all of its events."""
    codes = [code for code in work.codes if code.endswith(f"-{THROUGH.year}")]
    return _figures(work, codes, THROUGH.isoformat(), monthly=False)


def project(work: Workload) -> Answer:
    """Rebuild one project."""
    return _figures(work, [work.one], THROUGH.isoformat(), monthly=False)


def _application(path: Path, **settings: str) -> Any:
    place = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    return application.Application(env={**place, **settings})


def _figures(
    work: Workload, codes: Sequence[str], last: str, *, monthly: bool
) -> Answer:
    opened = _application(work.folder / STORE)
    found = {
        code: opened.repository.get(identity(code)).figures(last, monthly=monthly)
        for code in codes
    }
    opened.close()
    return found
