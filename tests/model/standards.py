"""By what figures are judged and points given: the defaults, and others."""

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from ledger import CeilingFormula, Policy, Proration, ScoringRule
from ledger.domain.policy import MoneyAgainst
from ledger.domain.scoring_rule import WeightGroup

PLAIN = {"output": 50, "benefit": 30, "satisfaction": 10}
WITH_COST = {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10}


class Standards(NamedTuple):
    """Thresholds and steps in hundredths, the formula of ceilings, and the points."""

    behind: int = 60
    at_risk: int = 80
    level: int = 90
    exceeded: int = 130
    money_behind: int = 60
    money_at_risk: int = 80
    against: str = "plan"
    formula: str = "deviation"
    by_plan: bool = False
    plain: tuple[tuple[str, int], ...] = tuple(PLAIN.items())
    with_cost: tuple[tuple[str, int], ...] = tuple(WITH_COST.items())
    grades: tuple[tuple[str, int], ...] = (
        ("excellent", 90),
        ("good", 80),
        ("fair", 60),
        ("poor", 0),
    )
    deduction: int = 0
    caps: tuple[tuple[int, int], ...] = ()
    step: int = 50
    whole_parts: bool = False
    outputs: str = "quarter"
    outcomes: str = "year"

    def policy(self) -> Policy:
        """Return what the library is told of statuses."""
        return Policy(
            behind_below=hundredths(self.behind),
            at_risk_below=hundredths(self.at_risk),
            level_behind_below=hundredths(self.level),
            exceeded_from=hundredths(self.exceeded),
            money_behind_below=hundredths(self.money_behind),
            money_at_risk_below=hundredths(self.money_at_risk),
            money_against=MoneyAgainst(self.against),
            ceiling=CeilingFormula(self.formula),
            proration=Proration.PLAN if self.by_plan else Proration.TIME,
            unequal_parts="refused" if self.whole_parts else "kept",
            outputs_due=self.outputs,
            outcomes_due=self.outcomes,
        )

    def scoring(self) -> ScoringRule:
        """Return what the library is told of points."""
        return ScoringRule(
            points=tuple((WeightGroup(name), points) for name, points in self.plain),
            points_with_cost=tuple(
                (WeightGroup(name), n) for name, n in self.with_cost
            ),
            grades=self.grades,
            exceeding_deduction=hundredths(self.deduction),
            execution_caps=tuple((hundredths(rate), most) for rate, most in self.caps),
            weight_unit=hundredths(self.step),
        )


def read_from(policy: Policy, scoring: ScoringRule) -> Standards:
    """Return the standards that a policy and a rule say."""
    return Standards(
        behind=int(policy.behind_below * 100),
        at_risk=int(policy.at_risk_below * 100),
        level=int(policy.level_behind_below * 100),
        exceeded=int(policy.exceeded_from * 100),
        money_behind=int(policy.money_behind_below * 100),
        money_at_risk=int(policy.money_at_risk_below * 100),
        against=str(policy.money_against),
        formula=str(policy.ceiling),
        by_plan=policy.proration is Proration.PLAN,
        plain=tuple((str(name), points) for name, points in scoring.points),
        with_cost=tuple((str(name), n) for name, n in scoring.points_with_cost),
        grades=scoring.grades,
        deduction=int(scoring.exceeding_deduction * 100),
        caps=tuple((int(rate * 100), most) for rate, most in scoring.execution_caps),
        step=int(scoring.weight_unit * 100),
        whole_parts=str(policy.unequal_parts) == "refused",
        outputs=str(policy.outputs_due),
        outcomes=str(policy.outcomes_due),
    )


def hundredths(whole: int) -> Decimal:
    """Return a number of hundredths."""
    return Decimal(whole) / 100


def share(whole: int) -> Fraction:
    """Return a number of hundredths, for comparing."""
    return Fraction(whole, 100)


def drawn(rng: Random) -> Standards:
    """Draw standards: seldom the defaults."""
    if rng.random() < 0.25:
        return Standards()
    low, high = sorted(rng.sample([25, 50, 60, 75, 80, 90, 100], 2))
    least, less = sorted(rng.sample([25, 50, 60, 75, 80, 90, 100], 2))
    most = rng.choice([(), ((50, 60),), ((80, 85), (50, 59))])
    return Standards(
        behind=low,
        at_risk=high,
        level=rng.choice([50, 80, 90, 95, 100]),
        exceeded=rng.choice([100, 120, 130, 150]),
        money_behind=least,
        money_at_risk=less,
        against=rng.choice(["plan", "plan", "time", "both"]),
        formula=rng.choice(["deviation", "ratio"]),
        by_plan=rng.random() < 0.6,
        plain=rng.choice([tuple(PLAIN.items()), _table(50, 20, 20)]),
        with_cost=rng.choice([tuple(WITH_COST.items()), _table(30, 30, 20, cost=10)]),
        grades=rng.choice([Standards().grades, (("好", 85), ("一般", 0))]),
        deduction=rng.choice([0, 10, 25, 33]),
        caps=most,
        step=rng.choice([1, 25, 50, 100]),
        whole_parts=rng.random() < 0.3,
        outputs=rng.choice(["quarter", "quarter", "month", "year"]),
        outcomes=rng.choice(["year", "year", "month", "quarter"]),
    )


def _table(
    output: int, benefit: int, satisfaction: int, **more: int
) -> tuple[tuple[str, int], ...]:
    plain = {"output": output, "benefit": benefit, "satisfaction": satisfaction}
    return tuple({**more, **plain}.items())
