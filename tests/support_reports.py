"""Reports of small portfolios, as Hypothesis draws them, and names that mean harm."""

from datetime import date

from hypothesis import strategies as st

from ledger import Funding, Ledger, Refused, Settings
from ledger.events import Disbursed
from support import Clock, Entropy, approval, day, indicator, no_door

HOSTILE = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "'=1",
    "'",
    '=HYPERLINK("http://example.org")',
    "<script>alert(1)</script>",
    "[red]no[/red]",
    'a,"b";c',
    "two\nlines",
    "\x1b[31mred",
    "🏗️ emoji",
    "مشروع",
    "\u202eleft",
    "长" * 300,
]

amounts = st.integers(0, 9_000_000)


@st.composite
def reports(draw):
    """Draw the report of a month on some projects of three units and two sources."""
    with Ledger.open(":memory:", actor="a", clock=Clock(), entropy=Entropy()) as ledger:
        for number in range(draw(st.integers(0, 5))):
            record(draw, ledger, f"P-{number}")
        return ledger.monthly_report(2023, draw(st.integers(1, 12)))


def record(draw, ledger, code):
    """Record a project with payments and results; what is refused is left out."""
    sources = draw(st.sampled_from([("fiscal",), ("fiscal", "other"), ("other/=own",)]))
    ledger.append(
        approval(
            code,
            amounts=tuple(Funding(source=s, amount=draw(amounts)) for s in sources),
            unit=draw(st.sampled_from(["U-1", "U-2", "U-3"])),
            on=day(draw(st.integers(1, 6))),
            indicators=(
                indicator("次数"),
                indicator("满意率", "≥98%", "满意度指标", "满意度"),
            ),
        )
    )
    for voucher in range(draw(st.integers(0, 4))):
        paid = Disbursed(
            project=code,
            on=date(2023, draw(st.integers(1, 12)), draw(st.integers(1, 28))),
            voucher=f"V-{voucher}",
            amount=draw(st.integers(1, 3_000_000)),
            source=draw(st.sampled_from(sources)),
        )
        try:
            ledger.append(paid)
        except Refused:
            continue
    if draw(st.booleans()):
        ledger.report_result(code, "次数", draw(st.integers(0, 20)), on=day(6))


def hostile_report(language="en"):
    """Report on a project for each hostile name, with an indicator of that name too."""
    settings = Settings(language=language)
    with (
        no_door(),
        Ledger.open(":memory:", actor="a", settings=settings) as ledger,
    ):
        for number, name in enumerate(HOSTILE):
            ledger.append(
                approval(
                    f"P-{number:02}",
                    name=name,
                    unit_name=name,
                    indicators=(indicator(name),),
                )
            )
        return ledger.monthly_report(2023, 3)
