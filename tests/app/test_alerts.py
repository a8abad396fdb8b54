"""The list of alerts: what is wrong, since when, and what turned it red."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Ledger, Policy
from ledger.cli import main
from support import PROJECT, Clock, approval, indicator

STRICT = Policy(money_behind_below="0.9", money_at_risk_below="0.95")


class Days(Clock):
    """A clock that is set to the days on which things are recorded."""

    def on(self, month, day, year=2023):
        """Set it to the morning of a day."""
        self.now = datetime(year, month, day, 9, tzinfo=UTC)


@pytest.fixture
def clock():
    """Return a clock at the first days of the year."""
    return Days(datetime(2023, 1, 3, 9, tzinfo=UTC))


@pytest.fixture
def ledger(tmp_path, clock):
    """Return a ledger with a project of 1,000.00, a quarter of it due each quarter."""
    with Ledger(tmp_path / "a.ledger", actor="t", clock=clock) as own:
        own.append(approval())
        yield own


def found(ledger, month, year=2023, **asked):
    """Return the alerts of a month by their codes."""
    listed = ledger.alerts(year, month, **asked)
    return {each.code.value: each for each in listed.alerts}


def test_money_behind_its_plan_says_since_which_month(ledger):
    """Nothing of the quarter's 250.00 came: red since March, three months in a row."""
    alert = found(ledger, 5)["money.behind_plan"]
    assert (alert.since, alert.streak) == ("2023-03", 3)
    assert alert.severity.value == "red"
    assert (alert.due, alert.figure) == (date(2023, 3, 31), 0)
    assert alert.events == (1,)
    assert alert.subject.project == PROJECT
    assert "money.behind_plan" not in found(ledger, 2)


def test_a_month_of_a_streak_is_judged_by_the_policy_of_its_own_end(ledger, clock):
    """March was well by the thresholds of March, though by those of June it is not."""
    clock.on(3, 20)
    ledger.disburse(PROJECT, "220", voucher="V-1", on="2023-03-20")
    clock.on(5, 2)
    ledger.set_policy(STRICT, on="2023-05-01")
    alert = found(ledger, 5)["money.behind_plan"]
    assert (alert.since, alert.streak) == ("2023-05", 1)


def test_an_explanation_closes_an_alert_of_its_month_alone(ledger, clock):
    """In May it is asked again, as out of date, and is as old as before."""
    clock.on(4, 3)
    ledger.explain_variance(
        PROJECT, category="other", text="late tender", on="2023-04-30", about="2023-04"
    )
    assert "money.behind_plan" not in found(ledger, 4)
    alert = found(ledger, 5)["explanation.stale"]
    assert (alert.since, alert.streak) == ("2023-03", 3)
    assert alert.severity.value == "red"


def test_an_explanation_makes_nothing_new(ledger, clock):
    """What was red and explained then, and is red now, is not new."""
    clock.on(4, 3)
    ledger.explain_variance(PROJECT, category="other", text="tender", on="2023-03-31")
    clock.on(6, 1)
    alert = found(ledger, 5, since="2023-05-03")["explanation.stale"]
    assert not alert.is_new
    assert alert.turn is None


def test_a_better_status_than_the_explained_one_asks_no_more(ledger, clock):
    """Behind in March and explained; at risk in April it is still explained."""
    clock.on(4, 3)
    ledger.explain_variance(PROJECT, category="other", text="tender", on="2023-03-31")
    ledger.disburse(PROJECT, "180", voucher="V-1", on="2023-04-03")
    assert not {"money.behind_plan", "explanation.stale"} & set(found(ledger, 4))


def test_the_day_alone_turns_it_red_and_is_named(ledger, clock):
    """Nothing was recorded since; the checkpoint of 31 March passed."""
    clock.on(4, 2)
    alert = found(ledger, 3, since="2023-02-28")["money.behind_plan"]
    assert alert.is_new
    assert str(alert.turn.by) == "by the day alone"
    assert (alert.turn.on, alert.turn.events) == (date(2023, 3, 31), ())


def test_a_new_policy_that_turns_it_red_is_named(ledger, clock):
    """220.00 of 250.00 is well by the usual thresholds, not by those set in May."""
    clock.on(3, 20)
    ledger.disburse(PROJECT, "220", voucher="V-1", on="2023-03-20")
    clock.on(5, 2)
    fact = ledger.set_policy(STRICT, on="2023-05-01")
    alert = found(ledger, 5, since="2023-05-01")["money.behind_plan"]
    assert str(alert.turn.by) == "by a new policy"
    assert alert.turn.events == (fact.position,)


def test_a_fact_that_turns_it_red_is_named(ledger, clock):
    """A reversal takes back what was paid in time."""
    clock.on(3, 20)
    ledger.disburse(PROJECT, "250", voucher="V-1", on="2023-03-20")
    clock.on(5, 2)
    fact = ledger.reverse_disbursement(
        PROJECT, "200", voucher="R-1", of="V-1", on="2023-05-02"
    )
    alert = found(ledger, 5, since="2023-05-01")["money.behind_plan"]
    assert str(alert.turn.by) == "by facts"
    assert alert.turn.events == (fact.position,)


def test_what_was_wrong_then_is_not_new(ledger, clock):
    """Behind in March and in May: known in April, nothing new in May."""
    clock.on(6, 2)
    listed = ledger.alerts(2023, 5, since="2023-04-30")
    assert {each.code.value: each.is_new for each in listed.alerts} == {
        "money.behind_plan": False,
        "money.stalled": False,
        "result.overdue": False,
    }
    assert listed.since.through == date(2023, 4, 30)


def test_a_revision_that_lowers_what_is_due_is_an_alert_until_it_is_explained(
    ledger, clock
):
    """The first quarter has 100.00 due in place of 250.00, which is on its way."""
    clock.on(3, 10)
    ledger.revise_plan(
        PROJECT, {"2023-03-31": "100", "2023-12-31": "1000"}, on="2023-03-10"
    )
    alert = found(ledger, 4)["plan.relaxed"]
    assert alert.condition.since == date(2023, 3, 10)
    assert (alert.since, alert.streak, alert.events) == ("2023-03", 2, (2,))
    assert "plan.relaxed" not in found(ledger, 2)
    ledger.explain_variance(
        PROJECT, category="other", text="it failed", on="2023-03-12"
    )
    assert "plan.relaxed" not in found(ledger, 6)


def test_a_revision_of_what_is_far_ahead_is_none(ledger, clock):
    """June is more than thirty days off in March, and what was due in March stays."""
    clock.on(3, 10)
    ledger.revise_plan(
        PROJECT, {"2023-03-31": "250", "2023-12-31": "1000"}, on="2023-03-10"
    )
    assert "plan.relaxed" not in found(ledger, 6)


def test_a_lowered_target_is_an_alert_until_it_is_explained(ledger, clock):
    """≥10 became ≥4 in May."""
    clock.on(5, 5)
    name = indicator().name
    fact = ledger.revise_target(PROJECT, name, "≥4次", on="2023-05-05")
    alert = found(ledger, 6)["target.lowered"]
    assert (alert.condition.indicator, alert.since) == (name, "2023-05")
    assert alert.events == (fact.position,)
    ledger.explain_variance(
        PROJECT, indicator=name, category="other", text="fewer", on="2023-05-31"
    )
    assert "target.lowered" not in found(ledger, 6)


def test_a_raised_target_is_none(ledger, clock):
    """More was asked."""
    clock.on(5, 5)
    ledger.revise_target(PROJECT, indicator().name, "≥40次", on="2023-05-05")
    assert "target.lowered" not in found(ledger, 6)


@pytest.mark.parametrize(
    ("paid", "on", "stalled"),
    [("200", "2023-03-30", True), ("200", "2023-04-01", False), ("500", None, False)],
)
def test_nothing_for_92_days_while_more_came_due_is_a_standstill(
    ledger, clock, paid, on, stalled
):
    """30 March is 92 days before 30 June; what is paid ahead owes nothing."""
    clock.on(4, 2)
    ledger.disburse(PROJECT, paid, voucher="V-1", on=on or "2023-03-01")
    assert ("money.stalled" in found(ledger, 6)) is stalled


def test_what_falls_due_at_the_last_checkpoint_is_no_rush(ledger, clock):
    """A quarter of the budget is due on 31 December; a yuan more is a rush."""
    clock.on(12, 28)
    ledger.disburse(PROJECT, "250", voucher="V-1", on="2023-12-28")
    assert "money.year_end_spike" not in found(ledger, 12)
    ledger.disburse(PROJECT, "1", voucher="V-2", on="2023-12-28")
    assert "money.year_end_spike" in found(ledger, 12)


def test_a_rush_at_the_end_of_the_year(ledger, clock):
    """A quarter of the budget, and more than came due in the month by the plan."""
    clock.on(11, 1)
    ledger.disburse(PROJECT, "500", voucher="V-1", on="2023-09-01")
    clock.on(12, 28)
    ledger.disburse(PROJECT, "480", voucher="V-2", on="2023-12-28")
    assert "money.year_end_spike" in found(ledger, 12)
    assert "money.year_end_spike" not in found(ledger, 11)


def test_an_overdue_commitment(ledger, clock):
    """It was due in April; the alert says since when, and how much is open."""
    clock.on(3, 1)
    ledger.commit(
        PROJECT, "HT-1", "100", due_on="2023-04-10", payee="A", on="2023-03-01"
    )
    alert = found(ledger, 5)["commitment.overdue"]
    assert (alert.due, alert.figure, alert.since) == (date(2023, 4, 10), 100, "2023-04")


def test_a_payment_recorded_twice(ledger, clock):
    """The alert names both vouchers by their positions."""
    clock.on(3, 20)
    for voucher in ("V-1", "V-2"):
        ledger.disburse(PROJECT, "10", voucher=voucher, payee="A", on="2023-03-20")
    assert found(ledger, 3)["record.likely_twice"].events == (2, 3)


def test_facts_of_months_that_were_reported(ledger, clock):
    """A payment of February, recorded after March was reported."""
    clock.on(4, 20)
    fact = ledger.disburse(PROJECT, "10", voucher="V-1", on="2023-02-20")
    alert = found(ledger, 4, since="2023-04-05")["facts.late"]
    assert (alert.since, alert.events) == ("2023-02", (fact.position,))
    assert "facts.late" not in found(ledger, 4, since="2023-04-21")


def test_an_explanation_given_late_is_no_late_fact(ledger, clock):
    """It changes no figure."""
    clock.on(4, 20)
    ledger.explain_variance(PROJECT, category="other", text="tender", on="2023-03-31")
    assert "facts.late" not in found(ledger, 4, since="2023-04-05")


def test_a_moment_is_a_day_or_an_instant_with_its_zone(ledger):
    """An instant without one could be any of two days."""
    at = datetime(2023, 5, 3, tzinfo=UTC)
    for wrong in ("soon", "2023-05-03T10:00:00", at.replace(tzinfo=None)):
        with pytest.raises(InvalidInput, match="since"):
            ledger.alerts(2023, 5, since=wrong)
    assert ledger.alerts(2023, 5, since=at).since.through == date(2023, 4, 30)


def test_json_has_positions_as_numbers_and_what_it_is_compared_with(ledger):
    """Programs read them."""
    shown = ledger.alerts(2023, 3, since="2023-02-28").to_dict()
    assert shown["compared_with"] == {"through": "2023-02-28", "position": 1}
    first = shown["alerts"][0]
    assert (first["code"], first["events"]) == ("money.behind_plan", [1])
    assert (first["turned_by"], first["turned_on"]) == ("by_day", "2023-03-31")
    assert ledger.alerts(2023, 3).to_dict()["compared_with"] is None


def test_a_calendar_has_an_entry_on_the_day_that_each_was_due(ledger):
    """Lines are at most 75 octets long, and end as the format has it."""
    text = ledger.alerts(2023, 5).render("ics", language="zh")
    assert text.count("BEGIN:VEVENT") == len(ledger.alerts(2023, 5).alerts)
    assert "DTSTART;VALUE=DATE:20230331\r\nDTEND;VALUE=DATE:20230401\r\n" in text
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert "SUMMARY:支出落后于计划" in text


def test_an_entry_keeps_its_name_from_month_to_month(ledger):
    """A calendar that reads both shows one entry, not two."""
    names = [
        {
            line
            for line in ledger.alerts(2023, month).render("ics").split()
            if "UID" in line
        }
        for month in (4, 5)
    ]
    assert names[0] & names[1]


@pytest.mark.usefixtures("ledger")
def test_the_command_ends_with_1_where_something_is_new(clock, tmp_path):
    """Nothing new since April; everything where nothing is compared with."""
    clock.on(6, 1)
    path = str(tmp_path / "a.ledger")
    asked = ["alerts", path, "--month", "2023-05", "--format", "json"]
    every = CliRunner().invoke(main, asked)
    assert every.exit_code == 1
    assert json.loads(every.stdout)["alerts"]
    none = CliRunner().invoke(main, [*asked, "--since", "2023-04-30"])
    assert none.exit_code == 0
    out = tmp_path / "alerts.ics"
    CliRunner().invoke(main, [*asked[:4], "--out", str(out)])
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_page_says_since_when_and_who_owes_what(ledger, clock):
    """What is explained for the month is owed by nobody."""
    report = ledger.monthly_report(2023, 5)
    text = report.render("html", language="en")
    row = text[text.index('<table class="attention">') :].partition("</tbody>")[0]
    assert '<td class="a">2023-03</td><td>an explanation</td>' in row
    clock.on(6, 1)
    ledger.explain_variance(PROJECT, category="other", text="tender", on="2023-05-31")
    explained = ledger.monthly_report(2023, 5).render("html", language="en")
    assert '<td class="a">2023-03</td><td>explained</td>' in explained


def test_a_report_out_of_a_closed_ledger_in_memory_leaves_it_out():
    """Nothing of the record can be read any more."""
    with Ledger(":memory:", actor="t") as own:
        own.append(approval(indicators=(indicator(),)))
        own.report_result(PROJECT, indicator().name, 1, on="2023-05-01")
        report = own.monthly_report(2023, 11)
    assert "–" in report.render("text")


def test_one_voucher_in_two_projects_is_said_of_the_unit(ledger, clock):
    """In words, with the positions of both payments, in every format."""
    ledger.append(approval("P-2"))
    clock.on(3, 20)
    for project in (PROJECT, "P-2"):
        ledger.disburse(project, "10", voucher="V-1", on="2023-03-20")
    listed = ledger.alerts(2023, 3, since="2023-02-28")
    (alert,) = [each for each in listed.alerts if each.code.value.startswith("record")]
    assert (alert.events, alert.subject.project) == ((3, 4), "")
    assert alert.is_new
    for format in ("text", "html", "csv"):
        text = " ".join(listed.render(format, language="en").split())
        assert "P-1, P-2 have voucher " in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_wrong_is_said_in_words(ledger, clock, language):
    """No text of an alert is left as a code with its values."""
    clock.on(3, 1)
    ledger.commit(PROJECT, "C-1", "10", due_on="2023-04-10", on="2023-03-01")
    ledger.revise_plan(PROJECT, {"2023-12-31": "1000"}, on="2023-03-10")
    ledger.revise_target(PROJECT, indicator().name, "≥4次", on="2023-03-10")
    for month in (3, 6, 9, 12):
        text = ledger.alerts(2023, month, since="2023-03-05").render(
            "csv", language=language
        )
        assert "alert." not in text
        assert "Message(" not in text


def test_a_result_that_is_due_and_missing_cannot_be_explained_away(ledger, clock):
    """Somebody owes it until it comes."""
    name = indicator().name
    alert = found(ledger, 12)["result.overdue"]
    assert alert.condition.indicator == name
    clock.on(12, 30)
    ledger.explain_variance(
        PROJECT, indicator=name, category="other", text="late", on="2023-12-30"
    )
    assert "result.overdue" in found(ledger, 12)
    ledger.report_result(PROJECT, name, 10, on="2023-12-30")
    assert "result.overdue" not in found(ledger, 12)
