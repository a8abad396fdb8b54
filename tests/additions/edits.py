"""The additions, each as text before an anchor in a file of the package."""

import re

from attrs import frozen


@frozen
class Edit:
    """
    Text that is put before the only place where *anchor* stands in a file.

    Attributes:
        file: Below ``src/ledger``.

        anchor: ``None`` for a file of its own.
    """

    file: str
    anchor: str | None
    text: str


@frozen(kw_only=True)
class Addition:
    """
    Something that the package does not know, and what a developer would write for it.

    Attributes:
        name: As the page on changing the ledger has it.

        words: What readers see of it.

        most: In how many files it may be beside its words.
    """

    name: str
    edits: tuple[Edit, ...]
    words: tuple[Edit, ...] = ()
    most: int

    @property
    def files(self) -> list[str]:
        """The files that it touches beside its words, each once; a new one by a stand-in."""
        files = {edit.file: edit.anchor for edit in self.edits}.items()
        return [one if old else re.sub(r"\w+(?=\.)", "NAME", one) for one, old in files]


def words(before, key, chinese, english):
    """Return what puts a word before another one into the table of each language."""
    return (
        Edit("messages/zh/reports.toml", f"\n{before} = ", f'\n{key} = "{chinese}"'),
        Edit("messages/en/reports.toml", f"\n{before} = ", f'\n{key} = "{english}"'),
    )


EVENT_TYPE = Addition(
    name="event type",
    most=3,
    edits=(
        Edit(
            "domain/events.py",
            "MoneyEvent = (\n",
            '''@frozen(kw_only=True)
class FeeCharged:
    """A bank charged a fee to a project."""

    project: str
    on: date
    amount: int
    bank: str | None = None
    source: str = ONLY_SOURCE
    voucher: str


''',
        ),
        Edit(
            "domain/events.py", "    BudgetApproved\n    | Appr", "    FeeCharged |\n"
        ),
        Edit(
            "domain/money_catalogue.py", "    Disbursed,\n    Disb", "    FeeCharged,\n"
        ),
        Edit(
            "domain/money_catalogue.py",
            ')\n"""What changes budgets',
            """    _of_project(
        event=FeeCharged,
        happened=True,
        moves=frozenset({Flow.DISBURSED}),
        effects=lambda event: (
            effects.Effect(Flow.DISBURSED, event.source, event.amount),
        ),
        document="voucher",
        says=attrgetter("bank"),
        columns=(
            _VOUCHER,
            _AMOUNT,
            Column("source", ColumnKind.SOURCE, optional=True),
            Column("bank", optional=True),
        ),
    ),
""",
        ),
        Edit("domain/budget_rules.py", "    MoneyEvent,\n", "    FeeCharged,\n"),
        Edit(
            "domain/budget_rules.py",
            "_DECIDED_BY: Final",
            '''def decide_fee(budget: Budget, event: FeeCharged, settings: Settings) -> FeeCharged:
    """Charge a fee if every day from then on stays within the budget."""
    check_open(budget, event.project, event.on, settings)
    is_booked_again(budget, event, settings)
    check_amount(event.amount, least=1)
    source = stated_source(budget, event.source)
    check_known(budget, source)
    check_available(budget, source, event.amount, event.on, _DISBURSE, settings)
    return replace(event, source=source)


''',
        ),
        Edit(
            "domain/budget_rules.py",
            "    Disbursed: decide_disbursement,\n",
            "    FeeCharged: decide_fee,\n",
        ),
    ),
    words=(
        Edit("messages/zh/names.toml", "ObjectivesSet = ", 'FeeCharged = "手续费"\n'),
        Edit("messages/en/names.toml", "ObjectivesSet = ", 'FeeCharged = "bank fee"\n'),
    ),
)

LAYOUT = Addition(
    name="layout",
    most=1,
    edits=(
        Edit(
            "layouts/county.toml",
            None,
            """based_on = "national"
[monitoring]
title = "县级项目绩效运行监控表"
""",
        ),
    ),
)

MEASURE = Addition(
    name="measure",
    most=1,
    edits=(
        Edit(
            "domain/measure.py",
            "@frozen(kw_only=True)\nclass MeasureRow",
            """def _spread(numbers: Sequence[Number]) -> Exact:
    return _greatest(numbers) - _least(numbers)


""",
        ),
        Edit(
            "domain/measure.py",
            "\n\nREPORTED: Final = {",
            """    SPREAD = (
        "spread",
        MeasureRow(
            combine=_spread,
            take=_all,
            takes_only=NumberKind.PLAIN,
            formula="the greatest result − the least",
        ),
    )

""",
        ),
    ),
    words=(
        Edit(
            "messages/zh/templates.toml",
            '"asks_for.sum" =',
            '"asks_for.spread" = "本期数，取最大与最小之差。"\n',
        ),
        Edit(
            "messages/en/templates.toml",
            '"asks_for.sum" =',
            '"asks_for.spread" = "The highest less the lowest."\n',
        ),
    ),
)


COMPARATOR = Addition(
    name="comparator",
    most=3,
    edits=(
        Edit(
            "domain/target_kind.py",
            "    is_range: bool = False\n",
            "    tolerance: int = 0\n",
        ),
        Edit(
            "domain/target_kind.py",
            "        if self.is_range and upper is not None:\n            return",
            """        if self.tolerance:
            return abs(result - value) * self.tolerance <= value
""",
        ),
        Edit(
            "domain/target_kind.py",
            '    BETWEEN = "between"',
            """    ABOUT = (
        "about",
        TargetKindRow(
            compares=Compared.NUMBER,
            comparator=Comparator(sign="≈", word="约等于", before=("约等于",)),
            tolerance=20,
        ),
    )
""",
        ),
    ),
)

STATUS = Addition(
    name="status",
    most=2,
    edits=(
        Edit(
            "domain/status.py",
            '    MISSED = "missed"',
            """    STALLED = (
        "stalled",
        StatusRow(badness=7, colour=Colour.STRONG_RED, asks_why=True),
    )
""",
        ),
        Edit(
            "domain/policy.py",
            '    ("behind_below", Status.BEHIND),\n',
            '    ("stalled_below", Status.STALLED),\n',
        ),
        Edit(
            "domain/policy.py",
            "    behind_below: Decimal",
            '    stalled_below: Decimal = field(default=Decimal("0.1"), converter=_share)\n',
        ),
    ),
    words=words("missed", "stalled", "停滞", "stalled"),
)

THRESHOLD = Addition(
    name="threshold",
    most=1,
    edits=(
        Edit(
            "domain/policy.py",
            ')\n"""Thresholds of spending',
            '    ("money_slow_below", Status.NOT_DUE),\n',
        ),
        Edit(
            "domain/policy.py",
            "    money_ahead_from: Decimal",
            '    money_slow_below: Decimal = field(default=Decimal("0.9"), converter=_share)\n',
        ),
    ),
)

SOURCE = Addition(
    name="funding source",
    most=2,
    edits=(
        Edit(
            "domain/funding.py",
            '    OTHER = (\n        "other",',
            """    LOTTERY = (
        "lottery",
        SourceRow(
            spellings=("彩票", "彩票公益金"),
            official=True,
            form=FormField(
                name="lottery_funds",
                label="彩票公益金",
                heads="彩票公益金 lotteryfunds",
            ),
        ),
    )
""",
        ),
        Edit("layouts/national.toml", "other = []", 'lottery = ["lottery"]\n'),
        Edit(
            "layouts/national.toml",
            '  "level1-level2 {others} | level3 {original_other} | target {current_other} '
            "| result {disbursed_other} | forecast",
            '  "level1-level2 　　　本年彩票公益金 | result {disbursed_lottery}",\n',
        ),
    ),
    words=(
        Edit(
            "messages/zh/templates.toml",
            '"form.other_funds" = "其他',
            '"form.lottery_funds" = "彩票公益金[[（{unit}）]]"\n',
        ),
        Edit(
            "messages/zh/templates.toml",
            '"form.other_funds" = "其中',
            '"form.lottery_funds" = "其中彩票公益金，以{unit}计。"\n',
        ),
        Edit("messages/zh/names.toml", 'other = "其', 'lottery = "彩票公益金"\n'),
        Edit("messages/en/names.toml", 'other = "oth', 'lottery = "lottery"\n'),
        Edit(
            "messages/en/templates.toml",
            '"form.other_funds" = "Other funds[[ (',
            '"form.lottery_funds" = "Lottery funds[[ ({unit})]]"\n',
        ),
        Edit(
            "messages/en/templates.toml",
            '"form.other_funds" = "Other funds w',
            '"form.lottery_funds" = "Of it from lotteries, in {unit}."\n',
        ),
    ),
)

COLUMN = Addition(
    name="column",
    most=2,
    edits=(
        Edit(
            "projections/execution_total.py",
            "    @property\n    def plan_rate",
            '''    @property
    def ahead(self) -> Decimal:
        """Planned − disbursed; negative = behind."""
        return self.currency.major(self.minor_planned - self.minor_disbursed)

''',
        ),
        Edit(
            "figures/registry.py",
            "_TIME_PROGRESS: Final",
            """_AHEAD: Final = Figure(
    "ahead",
    FigureKind.MONEY,
    narrowest=Width.LIST,
    parts=(+_PLANNED, -_DISBURSED),
)
""",
        ),
        Edit(
            "figures/registry.py", "    _TIME_PROGRESS,\n    _STATUS", "    _AHEAD,\n"
        ),
    ),
    words=words("time_progress", "ahead", "余量", "ahead"),
)

FINDING = Addition(
    name="finding",
    most=1,
    edits=(
        Edit(
            "projections/against_plan.py",
            "    due = _due(plan, on, year, settings)",
            """    if not any(spent.spent(on) for spent in state.disbursements.values()):
        untouched = finding("money.untouched", place=state.project, through=on)
        findings = (untouched.spoken(settings.language),)
""",
        ),
    ),
    words=(
        Edit(
            "messages/severities.toml",
            '  "plan.not_revised"',
            '  "money.untouched",\n',
        ),
        Edit(
            "messages/en/rules.toml",
            '"plan.not_revised" =',
            '"money.untouched" = "nothing is spent by {through}"\n',
        ),
        Edit(
            "messages/zh/rules.toml",
            '"plan.not_revised" =',
            '"money.untouched" = "到 {through} 分文未支"\n',
        ),
    ),
)

ADDITIONS = (
    EVENT_TYPE,
    COLUMN,
    MEASURE,
    COMPARATOR,
    STATUS,
    THRESHOLD,
    SOURCE,
    LAYOUT,
    FINDING,
)
