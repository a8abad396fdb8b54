"""How figures are judged is a fact of the ledger, of a day and of what was known."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Language, Ledger, Policy, ScoringRule
from ledger.cli import main
from ledger.errors import InClosedPeriod
from support import PROJECT, Clock, approval, indicator

LAX = Policy(money_behind_below="0.1", money_at_risk_below="0.2")
STRICT = Policy(money_behind_below="0.9", money_at_risk_below="0.95")
MARCH, JUNE = "2023-03-31", "2023-06-30"
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path):
    """Return a ledger in which a third of what time asks for is disbursed."""
    with Ledger(tmp_path / "a.ledger", actor="t", clock=Clock(AT)) as own:
        own.append(approval())
        own.disburse(PROJECT, "150", voucher="V-1", on="2023-03-01")
        yield own


def status(ledger, through, known_at=None):
    """Return the status of the money on a day."""
    view = ledger.view(through=through, known_at=known_at)
    return str(view.project(PROJECT).status)


def test_the_policy_of_a_day_judges_it(ledger):
    """A day before it keeps the usual one; a later one takes its place."""
    before = status(ledger, MARCH), status(ledger, JUNE)
    ledger.set_policy(LAX, on="2023-04-01")
    assert (status(ledger, MARCH), status(ledger, JUNE)) == (before[0], "on track")
    ledger.set_policy(STRICT, on="2023-05-01")
    assert status(ledger, "2023-04-30") == "on track"
    assert status(ledger, JUNE) == "behind"


def test_what_was_known_then_judges_what_was_known_then(ledger):
    """A policy that is set later does not change an earlier reading."""
    known, before = ledger.position, status(ledger, JUNE)
    ledger.set_policy(LAX, on="2023-01-01")
    assert status(ledger, JUNE, known_at=known) == before
    assert status(ledger, JUNE) == "on track" != before


def test_it_states_the_whole(ledger):
    """What one does not say is as usual, whatever was set before."""
    ledger.set_policy(LAX, on="2023-01-01", scoring=ScoringRule(weight_unit=1))
    ledger.set_policy(Policy(ceiling="ratio"), on="2023-02-01")
    assert ledger.policy == Policy(ceiling="ratio")
    assert ledger.scoring == ScoringRule()


@pytest.mark.parametrize(
    "terms",
    [
        {"behind_below": "0.9", "at_risk_below": "0.8"},
        {"behind_below": "-0.1"},
        {"at_risk_below": "1.01"},
        {"exceeded_from": "0.99"},
    ],
)
def test_thresholds_that_make_no_sense_are_refused(ledger, terms, tmp_path):
    """Through each door."""
    with pytest.raises(InvalidInput):
        ledger.set_policy(Policy(**terms), on="2023-01-01")
    words = [f"{name}={value}" for name, value in terms.items()]
    asked = ["set-policy", str(tmp_path / "a.ledger"), *words, "--on", "2023-01-01"]
    assert CliRunner().invoke(main, asked).exit_code == 1
    assert ledger.position == 2


def test_a_policy_of_the_future_is_refused(ledger):
    """It would judge days that nobody knows."""
    with pytest.raises(InvalidInput, match="2023-09-01"):
        ledger.set_policy(LAX, on="2023-09-02")


def test_a_closed_day_is_judged_as_it_was(ledger):
    """A closing of one unit binds a policy as well; the day after is free."""
    ledger.close_period(MARCH, unit="U-1")
    with pytest.raises(InClosedPeriod):
        ledger.set_policy(LAX, on=MARCH)
    ledger.set_policy(LAX, on="2023-04-01")
    assert ledger.verify().ok


def test_a_report_says_whose_policy_it_is(ledger):
    """Nobody's, the ledger's with the event, or a caller's that differs from it."""
    assert judged_by(ledger) == ("usual", None)
    set_by = ledger.set_policy(LAX, on="2023-01-01").position
    assert judged_by(ledger) == ("ledger", set_by)
    ledger.policy = LAX
    assert judged_by(ledger) == ("ledger", set_by)
    ledger.policy = STRICT
    assert judged_by(ledger) == ("caller", set_by)
    for form in ("text", "html"):
        said = ledger.monthly_report(2023, 6).render(form, language="en")
        assert "not the ledger's" in said.replace("&#39;", "'").replace("’", "'")


def judged_by(ledger):
    """Return whose policy a report is judged by, and what set the ledger's."""
    said = ledger.monthly_report(2023, 6).to_dict()["judged_by"]
    return said["by"], said["position"]


def test_a_receipt_says_which_terms_are_not_the_ledgers(ledger):
    """They are no fault; a figure that they do not give is."""
    ledger.policy = STRICT
    issued = ledger.monthly_report(2023, 6).to_dict()
    check = ledger.verify_report(issued)
    assert check.ok
    assert check.others == ("money_behind_below", "money_at_risk_below")
    assert "支出滞后界限" in check.render("text", language=Language.CHINESE)
    issued["judged_by"]["by"] = "ledger"
    assert not ledger.verify_report(issued).ok


def test_a_later_policy_restates_what_went_by_the_ledgers(ledger):
    """The event is named, also where nothing came to the project since."""
    issued, first = ledger.monthly_report(2023, 6).to_dict(), ledger.position
    set_by = ledger.set_policy(LAX, on="2023-01-01").position
    restated = {each.path: each for each in ledger.verify_report(issued).restated}
    status = restated[f"projects.{PROJECT}.money_status"]
    assert (status.computed, status.positions) == ("on track", (set_by,))
    changed = ledger.differences(first, through=JUNE)
    assert {each.path for each in changed} == restated.keys()


def test_a_status_is_explained_by_the_event_that_set_its_thresholds(ledger):
    """But not by one whose place a caller's took."""
    ledger.set_policy(LAX, on="2023-01-01")
    why = ledger.explain(PROJECT, "money_status", through=JUNE)
    assert [each.type for each in why.events] == ["PolicySet"]
    ledger.policy = STRICT
    why = ledger.explain(PROJECT, "money_status", through=JUNE)
    assert why.events == ()
    assert "not the ledger's" in why.render("text", language="en")


def test_a_score_lies_within_the_weight_of_its_day(ledger):
    """Steps of 10 points share otherwise than those of 0.01."""
    fine = ScoringRule(weight_unit=Decimal("0.01"))
    ledger.set_policy(on="2023-01-01", scoring=fine)
    ledger.set_policy(on="2023-07-01")
    (line, *_) = ledger.view(through=JUNE).attainment(PROJECT)
    assert ledger.view(through=JUNE).scoring == fine
    ledger.report_score(PROJECT, line.weight, on=JUNE, indicator=line.indicator)


def test_a_command_and_a_table_state_it_by_name(ledger, tmp_path):
    """A name that is none is refused, with the nearest."""
    ledger.close()
    path = str(tmp_path / "a.ledger")
    told = CliRunner().invoke(
        main, ["--lang", "en", "set-policy", path, "behind_bellow=1", "--on", MARCH]
    )
    assert (told.exit_code, "behind_below" in told.output) == (1, True)
    Path(tmp_path / "a.csv").write_text(
        f"type,on,policy,scoring\nPolicySet,{MARCH},ceiling=ratio,grades=好:80;差:0\n",
        "utf-8",
    )
    with Ledger(path) as again, pytest.raises(InvalidInput):
        again.record(tmp_path / "a.csv")


def test_parts_of_no_whole_are_refused_where_the_policy_says_so(tmp_path):
    """From its day on, at every door; before, and by default, they are a finding."""
    path = tmp_path / "parts.ledger"
    own = indicator("people", "≥100人", measure="sum")
    with Ledger(path, actor="t", clock=Clock(AT)) as ledger:
        ledger.append(approval(indicators=(own,)))
        ledger.set_policy(Policy(unequal_parts="refused"), on="2023-05-01")
        kept = {"f": 30, "m": 10}
        ledger.report_result(PROJECT, "people", 50, on="2023-04-01", parts=kept)
        ledger.report_result(PROJECT, "people", 40, on="2023-05-01", parts=kept)
        with pytest.raises(InvalidInput, match=r"40.*50"):
            ledger.report_result(PROJECT, "people", 50, on="2023-05-02", parts=kept)
        split = {"sex": {"f": 50}, "age": {"old": 49}}
        with pytest.raises(InvalidInput, match="age"):
            ledger.report_result(PROJECT, "people", 50, on="2023-05-02", parts=split)
        assert ledger.verify().ok


@pytest.mark.parametrize(
    ("given", "level1", "days"),
    [
        ({}, "产出指标", [3, 6, 9, 12]),
        ({}, "效益指标", [12]),
        ({"outputs_due": "month"}, "产出指标", [*range(2, 13)]),
        ({"outputs_due": "年末"}, "产出指标", [12]),
        ({"outcomes_due": "quarter"}, "产出指标", [3, 6, 9, 12]),
        ({"outcomes_due": "quarter"}, "效益指标", [3, 6, 9, 12]),
        ({"outcomes_due": "month"}, "效益指标", [*range(2, 13)]),
    ],
)
def test_a_policy_says_when_results_are_asked_for(given, level1, days):
    """Of outputs and of outcomes; never within 30 days of the approval."""
    own = indicator("rate", "≥95%", level1=level1)
    with Ledger(":memory:", actor="t", clock=Clock(AT)) as ledger:
        ledger.append(approval(indicators=(own,)))
        ledger.set_policy(Policy(**given), on="2023-01-01")
        due = {
            line.due_on.month
            for month in range(1, 13)
            if (line := ledger.monthly_report(2023, month).indicators[0]).due_on
        }
        assert due == set(days)
        last = ledger.completeness(through="2023-12-31").totals
        assert last["results_due"] == len(days)
        status = ledger.explain(PROJECT, "indicators.rate.status", through="2023-12-31")
        assert status.value == "overdue"
        assert ledger.verify_report(ledger.monthly_report(2023, 6).to_dict()).ok


def test_a_difference_of_due_days_names_the_policy():
    """What asks for results each month is why one is due sooner."""
    own = indicator("rate", "≥95%", level1="效益指标")
    with Ledger(":memory:", actor="t", clock=Clock(AT)) as ledger:
        ledger.append(approval(indicators=(own,)))
        before = ledger.position
        ledger.set_policy(Policy(outcomes_due="month"), on="2023-01-01")
        found = ledger.differences(before, through="2023-06-30").to_dict("en")
        due = [
            [cause["position"] for cause in each["causes"]]
            for each in found["figures"]
            if each["path"].endswith((".due", ".due_on"))
        ]
        assert due == [[ledger.position]] * 2
