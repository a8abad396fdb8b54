"""Money that passes from a closed year into the next: two legs, and their laws."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput, Ledger, LedgerError, Settings
from ledger.cli import main
from ledger.errors import (
    AfterClosure,
    BudgetExceeded,
    CarryExceeded,
    KeyConflict,
    NotClosed,
    UnknownProject,
    VirementUnbalanced,
)
from ledger.events import BudgetAdjusted, CarriedOver
from support import Clock, approval
from support_identities import check_identities, lines
from support_tampering import rewrite

TODAY = date(2025, 6, 1)
CLOCK = datetime(2025, 6, 1, 9, tzinfo=UTC)
FEBRUARY = date(2024, 2, 1)
SLIP = "13052923P00584010941X"  # Its check character is another.
SOURCES = ("fiscal/county", "other")


def approved(code, year, amounts=None):
    """Return the approval of a project for a year, without a plan but its end."""
    parts = amounts or {"fiscal/county": 1_000_00, "other": 500_00}
    given = tuple(Funding(source=s, amount=a) for s, a in parts.items())
    return approval(
        code, amounts=given, on=date(year, 1, 1), fiscal_year=year, unit=f"U-{code}"
    )


def opened(path=":memory:", years=(2023, 2024), codes=("P", "Q")):
    """Open a ledger with two projects in some years."""
    settings = Settings(language="en")
    ledger = Ledger.open(path, actor="t", settings=settings, clock=Clock(CLOCK))
    ledger.append(*(approved(code, year) for code in codes for year in years))
    return ledger


@pytest.fixture
def ledger():
    """Close a project's 2023 with 300.00 of county money and 200.00 of other."""
    with opened() as made:
        made.close_project(
            "P", year=2023, carried_over={"fiscal/county": 300, "other": 200}
        )
        yield made


def figures(ledger, year, source, through=TODAY, code="P"):
    """Return what a source has in a year: budget, carried over, handed on, available."""
    line = ledger.view(through=through).project(code, year=year)
    part = line.by_source[source]
    names = "current_budget carried_over handed_on available".split()
    return tuple(int(getattr(part, name)) for name in names)


def test_all_that_was_claimed_is_handed_on_in_two_legs(ledger):
    """Under the sources of the year before, in one append; nothing is left."""
    old, new = ledger.carry_over("P", on=FEBRUARY, document="d")
    assert (old.stream, new.stream) == ("project:2023:P", "project:2024:P")
    assert old.recorded_at == new.recorded_at
    assert [part.source for part in new.event.amounts] == [
        "carried_over/fiscal/county",
        "carried_over/other",
    ]
    assert figures(ledger, 2023, "other") == (500, 200, 200, 0)
    assert figures(ledger, 2024, "carried_over/other") == (200, 0, 0, 200)
    assert figures(ledger, 2023, "other", date(2024, 1, 31)) == (500, 200, 0, 0)
    assert ledger.view(through=TODAY).project("P", year=2024).carried_in == 500
    with pytest.raises(CarryExceeded, match="nothing that was carried over"):
        ledger.carry_over("P", on=FEBRUARY)
    assert ledger.verify().ok


def test_a_part_may_go_to_another_project(ledger):
    """The rest may be handed on later; never more than was claimed."""
    ledger.carry_over("P", on=FEBRUARY, to_project="Q", amounts={"其他": 150})
    assert figures(ledger, 2024, "carried_over/other", code="Q")[0] == 150
    with pytest.raises(CarryExceeded, match=r"51\.00 CNY: 50\.00 CNY of other"):
        ledger.carry_over("P", on=FEBRUARY, amounts={"other": 51})
    ledger.carry_over("P", on=date(2024, 3, 1), amounts={"other": 50})


def test_nothing_is_handed_on_twice_however_it_is_dated(ledger):
    """What came back in November was not there in July."""
    amounts = {"other": 200}
    ledger.carry_over("P", on=date(2024, 10, 1), amounts=amounts)
    ledger.return_carry("P", on=date(2024, 11, 28), amounts=amounts)
    with pytest.raises(CarryExceeded, match=r"200\.00 CNY: 0\.00 CNY of other"):
        ledger.carry_over("P", on=date(2024, 7, 1), to_project="Q", amounts=amounts)
    ledger.carry_over("P", on=date(2024, 11, 28), to_project="Q", amounts=amounts)


@pytest.mark.parametrize(
    ("how", "refused", "words"),
    [
        ({"on": date(2023, 12, 31), "year": 2023}, InvalidInput, "from 2024-01-01"),
        ({"on": date(2025, 1, 1), "year": 2023}, InvalidInput, "to 2024-12-31"),
        ({"on": date(2025, 1, 1)}, NotClosed, "not closed in 2024"),
        ({"on": FEBRUARY, "to_project": SLIP}, UnknownProject, SLIP[:-1]),
        ({"on": FEBRUARY, "amounts": {"fiscal": 1}}, CarryExceeded, "fiscal"),
        ({"on": FEBRUARY, "amounts": {"other": 0}}, InvalidInput, "amount"),
        ({"on": FEBRUARY, "amounts": {"other": -1}}, InvalidInput, "amount"),
        ({"on": FEBRUARY, "year": "FY23"}, InvalidInput, "FY23"),
    ],
)
def test_what_cannot_pass_is_refused(ledger, how, refused, words):
    """From an open year, into another year than the next, more than was claimed."""
    before = ledger.position
    with pytest.raises(refused, match=words):
        ledger.carry_over("P", **how)
    assert ledger.position == before


def legs(amount=100, source="carried_over/other", **more):
    """Return both legs of a carry-over, that of the new year as given."""
    return (
        CarriedOver(
            project="P",
            on=FEBRUARY,
            year=2023,
            amounts=(Funding(source="other", amount=100_00),),
        ),
        BudgetAdjusted(
            project=more.get("project", "P"),
            on=more.get("on", FEBRUARY),
            kind="carried_in",
            amounts=(Funding(source=source, amount=amount * 100),),
            document=more.get("document"),
        ),
    )


@pytest.mark.parametrize(
    "pair",
    [
        legs(99),
        legs(source="carried_over/fiscal/county"),
        legs(on=date(2024, 2, 2)),
        legs(document="other"),
        legs(project="Q"),
        legs()[:1],
        legs()[1:],
    ],
)
def test_legs_that_do_not_agree_are_refused(ledger, pair):
    """In amount, source, day, document and project; one leg alone too."""
    before = ledger.position
    with pytest.raises(VirementUnbalanced, match="carry-over"):
        ledger.append(*pair)
    assert ledger.position == before
    ledger.append(*reversed(legs()))
    assert ledger.verify().ok


def test_only_money_of_the_year_before_is_carried_in(ledger):
    """Under its own path; carried again it keeps that."""
    with pytest.raises(InvalidInput, match="carried over"):
        ledger.append(*legs(source="other"))
    ledger.carry_over("P", on=FEBRUARY)
    given_on = {"carried_over/other": 120}
    ledger.close_project("P", year=2024, carried_over=given_on)
    ledger.append(approved("P", 2025))
    ledger.carry_over("P", on=date(2025, 1, 1))
    assert figures(ledger, 2025, "carried_over/other")[0] == 120


def test_a_reopened_year_has_less_by_what_was_handed_on(ledger):
    """Closing it again carries at least that, and hands on the rest only."""
    ledger.carry_over("P", on=FEBRUARY, amounts={"other": 150})
    ledger.reopen_project("P", year=2023, reason="a late invoice")
    assert figures(ledger, 2023, "other") == (500, 0, 150, 350)
    for day in (date(2023, 6, 1), TODAY):
        view = ledger.view(through=day)
        view.explain("P", "free", year=2023)
        assert view.project("P", year=2023).free == 1000 + 350
    pay = {"source": "other", "on": date(2023, 12, 20)}
    with pytest.raises(BudgetExceeded, match=r"on 2024-02-01: 350\.00"):
        ledger.disburse("P", 351, voucher="1", **pay)
    with pytest.raises(NotClosed):
        ledger.carry_over("P", on=FEBRUARY, amounts={"other": 1})
    ledger.disburse("P", 340, voucher="1", **pay)
    with pytest.raises(InvalidInput, match=r"at least 150\.00"):
        ledger.close_project("P", year=2023, carried_over={"other": 149})
    ledger.close_project("P", year=2023, carried_over={"other": 155})
    assert figures(ledger, 2023, "other") == (500, 155, 150, 0)
    ledger.carry_over("P", on=FEBRUARY, document="rest")
    assert figures(ledger, 2023, "other") == (500, 155, 155, 0)
    view = ledger.view(through=TODAY)
    for figure in ("handed_on", "withheld", "carried_over", "available", "free"):
        view.explain("P", figure, year=2023)
    assert ledger.verify().ok


def test_what_was_handed_on_comes_back_by_two_legs(ledger):
    """As far as the new year has it; then the old one may spend it."""
    ledger.carry_over("P", on=FEBRUARY)
    ledger.disburse(
        "P", 180, voucher="1", source="carried_over/other", on=date(2024, 4, 1)
    )
    march = date(2024, 3, 1)
    with pytest.raises(BudgetExceeded, match="2024-04-01"):
        ledger.return_carry("P", on=march, amounts={"other": 21})
    with pytest.raises(CarryExceeded, match=r"201\.00"):
        ledger.return_carry("P", on=march, amounts={"other": 201})
    with pytest.raises(CarryExceeded):
        ledger.return_carry("P", on=date(2024, 1, 31), amounts={"other": 1})
    ledger.reopen_project("P", year=2023, reason="r")
    ledger.return_carry("P", on=march, amounts={"other": 20})
    assert figures(ledger, 2023, "other") == (500, 0, 180, 320)
    ledger.disburse("P", 320, voucher="1", source="other", on=date(2023, 12, 1))
    claims = {"fiscal/county": 300, "other": 180}
    ledger.close_project("P", year=2023, carried_over=claims)
    assert figures(ledger, 2023, "other") == (500, 180, 180, 0)
    assert figures(ledger, 2024, "carried_over/other") == (180, 0, 0, 0)
    line = ledger.view(through=TODAY).project("P", year=2024)
    assert (line.carried_in, line.carry_returned) == (500, 20)
    assert ledger.verify().ok


def test_a_closed_new_year_neither_takes_nor_gives_back(ledger):
    """Its closing is named."""
    ledger.carry_over("P", on=FEBRUARY, amounts={"other": 100})
    ledger.close_project("P", on=date(2024, 3, 1))
    for record in (ledger.carry_over, ledger.return_carry):
        with pytest.raises(AfterClosure, match="2024-03-01"):
            record("P", on=date(2024, 3, 1), amounts={"other": 1})


def test_both_legs_are_one_request(ledger):
    """Its key is that of both."""
    how = {"on": FEBRUARY, "key": "k"}
    first = ledger.carry_over("P", **how)
    again = ledger.carry_over("P", **how)
    assert [each.id for each in again] == [each.id for each in first]
    with pytest.raises(KeyConflict):
        ledger.carry_over("P", amounts={"other": 1}, **how)


def test_a_bulk_file_holds_both_legs(ledger, tmp_path):
    """In any order; what is wrong is named."""
    file = tmp_path / "carry.csv"
    head = "type,project,on,year,kind,amount,document\n"
    new = "BudgetAdjusted,P,2024-02-01,,carried_in,上年结转/其他=100.00,d\n"
    old = "CarriedOver,P,2024-02-01,2023,,其他=100.00,d\n"
    file.write_text(head + new + old.replace("100", "90"), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"differ by 10\.00 CNY"):
        ledger.record(file)
    file.write_text(head + old.replace("2023", ""), encoding="utf-8")
    with pytest.raises(LedgerError, match="year"):
        ledger.record(file)
    file.write_text(head + new + old, encoding="utf-8")
    ledger.record(file, batch=1)
    assert figures(ledger, 2024, "carried_over/other")[0] == 100


def test_the_command_line_hands_on_and_takes_back(tmp_path):
    """With amounts by source, or all."""
    path = str(tmp_path / "l.ledger")
    with opened(path) as ledger:
        ledger.close_project("P", year=2023, carried_over={"other": 200})

    def run(name, *args):
        return CliRunner().invoke(main, [name, path, "P", "--on", "2024-02-01", *args])

    done = run("carry-over", "--amount", "其他=150")
    assert done.exit_code == 0, done.output
    assert run("carry-over").exit_code == 0
    none_left = run("carry-over")
    assert none_left.exit_code == 1
    assert "nothing that was carried over" in none_left.output
    assert run("return-carry", "--amount", "other=20").exit_code == 0
    with Ledger.open(path) as ledger:
        assert figures(ledger, 2023, "other")[2] == 180


YEARS = (2023, 2024, 2025)
KINDS = ["pay", "close", "carry", "reopen", "return", "add", "less", "move", "commit"]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(["P", "Q"]),
        st.sampled_from(YEARS),
        st.sampled_from([*SOURCES, *(f"carried_over/{each}" for each in SOURCES)]),
        st.integers(1, 600),
        st.integers(0, 364),
    ),
    max_size=25,
)


def play(ledger, moves):
    """Record what the rules allow."""
    for number, (kind, code, year, source, yuan, offset) in enumerate(moves):
        on = min(date(year, 1, 1) + timedelta(offset), TODAY)
        later = min(date(year + 1, 1, 1) + timedelta(offset), TODAY)
        with suppress(LedgerError):
            match kind:
                case "pay":
                    ledger.disburse(
                        code, yuan, voucher=f"{number}", on=on, source=source
                    )
                case "add" | "less":
                    way = "supplement" if kind == "add" else "recall"
                    ledger.adjust_budget(code, way, yuan, on=on, source=source)
                case "move":
                    other = "Q" if code == "P" else "P"
                    ledger.transfer(code, other, yuan, on=on, source=source)
                case "commit":
                    ledger.commit(code, f"C-{number}", yuan, on=on, source=source)
                    ledger.release_commitment(
                        code,
                        f"C-{number}",
                        on=min(on + timedelta(9), TODAY),
                        why="cancelled",
                    )
                case "close":
                    claims = {source: yuan} if yuan % 3 else {}
                    ledger.close_project(code, year=year, carried_over=claims)
                case "reopen":
                    ledger.reopen_project(code, year=year, reason="r")
                case "carry" | "return":
                    amounts = {source: yuan} if yuan % 2 else None
                    record = (
                        ledger.carry_over if kind == "carry" else ledger.return_carry
                    )
                    record(code, on=later, year=year, amounts=amounts)


@given(MOVES, st.integers(0, 900))
def test_the_identities_of_the_years_hold(moves, offset):
    """Whatever is recorded, on every day, by source and in all."""
    with opened(years=YEARS) as ledger:
        play(ledger, moves)
        through = min(date(2023, 1, 1) + timedelta(offset), TODAY)
        for day in (through, TODAY):
            check_identities(ledger, day)
        for line in (one for year in lines(ledger, TODAY).values() for one in year):
            for part in line.by_source.values():
                assert part.handed_on >= 0
                if line.closed_on is not None:
                    assert part.handed_on <= part.carried_over
        assert ledger.verify().ok


@pytest.mark.parametrize("cut", ["CarriedOver", '"kind":"carried_in"'])
def test_verify_finds_a_hand_over_of_one_leg(tmp_path, cut):
    """Whoever cut one out of the file: the other one is named with its amount."""
    path = tmp_path / "l.ledger"
    with opened(path) as ledger:
        ledger.close_project("P", year=2023, carried_over={"other": 200})
        ledger.carry_over("P", on=FEBRUARY, document="财预〔2024〕2号")
    rewrite(
        path,
        lambda rows: [row for row in rows if not any(cut in str(each) for each in row)],
    )
    with Ledger.open(path) as ledger:
        done = ledger.verify()
    assert not done.ok
    assert done.first_wrong == 6
    assert "200.00" in done.findings[0].message
    assert "财预〔2024〕2号" in done.findings[0].message
