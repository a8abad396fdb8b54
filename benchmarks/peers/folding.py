"""The fold that a script would write over facts that it has decoded."""

from collections.abc import Iterable
from typing import Any

from workload import Answer, Figures, rate


class Running:
    """An indicator's results so far, made one figure as its measure says."""

    __slots__ = ("denominator", "measure", "on", "value")

    def __init__(self, measure: str) -> None:
        self.measure = measure
        self.on = ""
        self.value: Any = None if measure == "latest" else 0
        self.denominator = 0

    def take(self, fact: dict[str, Any]) -> None:
        """Follow one more result."""
        if self.measure == "sum":
            self.value += fact["value"]
        elif self.measure == "ratio":
            self.value += fact["numerator"]
            self.denominator += fact["denominator"]
        elif fact["on"] >= self.on:
            self.on = fact["on"]
            self.value = fact["value"] if "value" in fact else fact["rating"]

    def figure(self) -> int | str | None:
        """Return what they come to."""
        if self.measure == "ratio":
            return rate(self.value, self.denominator)
        figure: int | str | None = self.value
        return figure


class State:
    """One project so far."""

    __slots__ = ("budget", "months", "results")

    def __init__(self) -> None:
        self.budget = 0
        self.months = [0] * 12
        self.results: dict[str, Running] = {}

    def take(self, fact: dict[str, Any]) -> None:
        """Follow one more fact."""
        kind = fact["type"]
        if kind == "ResultReported":
            self.results[fact["indicator"]].take(fact)
        elif kind == "BudgetApproved":
            self.budget = fact["amount"]
            self.results = {
                each["name"]: Running(each["measure"]) for each in fact["indicators"]
            }
        elif kind != "CommitmentEntered":
            self.months[int(fact["on"][5:7]) - 1] += fact["amount"]

    def figures(self, *, monthly: bool) -> Figures:
        """Return what is known, with the money of each month or in one sum."""
        spent = tuple(self.months) if monthly else (sum(self.months),)
        results = tuple(each.figure() for each in self.results.values())
        return Figures(self.budget, spent, results)


def fold(facts: Iterable[dict[str, Any]], *, monthly: bool) -> Answer:
    """Return the figures of each project after *facts*."""
    states: dict[str, State] = {}
    for fact in facts:
        project = fact["project"]
        if not project:  # A month was closed, which changes no figure.
            continue
        if project not in states:
            states[project] = State()
        states[project].take(fact)
    return {code: state.figures(monthly=monthly) for code, state in states.items()}
