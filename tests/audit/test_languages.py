"""Explanations, verifications and differences in Chinese: nothing is left in English."""

import json
import re
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from attrs import asdict

from ledger import InvalidInput, Ledger, Measure, Rating, Settings
from ledger.audit.figure_paths import figure_at
from ledger.audit.figure_words import value_in_words
from ledger.audit.proof import read_proof
from ledger.audit.protocol import Check, Protocol
from ledger.audit.verification import Verification
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Scope
from ledger.messages import Language, message, said
from ledger.reports.render.json import text_as_data
from support import PROJECT, approval, day, indicator

JUNE = date(2023, 6, 30)
CHINESE = Language.CHINESE
INDICATORS = (
    indicator("培训", "≥10次"),
    indicator("合格率", "≥90%", measure=Measure.RATIO),
    indicator("时长", "≤90天", level2="时效指标"),
    indicator("效果", "效果显著", level1="效益指标"),
    indicator("范围", "5-9次"),
    indicator("增长", "≥20", baseline=Decimal(8), measure=Measure.LEVEL),
)


@pytest.fixture
def ledger():
    """Return a ledger with a fact of each kind that explanations speak of."""
    with Ledger.open(":memory:", actor="1") as made:
        made.append(approval(budget=2_000_000, indicators=INDICATORS, name="路"))
        made.disburse(PROJECT, "500.00", voucher="1", on=day(3, 1))
        made.disburse(PROJECT, "70.00", voucher="2", on=day(7, 1))
        made.reverse_disbursement(PROJECT, "20.00", of="1", voucher="3", on=JUNE)
        wrong = made.report_result(PROJECT, "培训", 4, on=day(4, 1))
        made.retract_result(PROJECT, "培训", wrong.id, on=day(5, 1), reason="填错")
        made.report_result(PROJECT, "培训", 5, on=day(5, 2))
        for place, on in enumerate((day(5, 2), day(6, 2))):
            made.report_result(PROJECT, "时长", 99 + place, on=on)
        made.report_result(PROJECT, "效果", Rating.PARTLY, share="0.7", on=day(6, 2))
        made.report_result(PROJECT, "增长", 9, on=day(6, 2))
        made.revise_target(PROJECT, "范围", "6-9次", on=day(5, 1), reason="调整")
        made.report_result(PROJECT, "范围", 3, on=day(6, 2))
        made.close_project(PROJECT, on=day(12, 20))
        yield made


def in_words(explained):
    """Yield every text of an explanation and of its terms that is no name."""
    yield explained["formula"]
    yield from explained["notes"]
    yield from (each["left_out"] or "" for each in explained["events"])
    yield from (each["says"] for each in explained["events"])
    for term in explained["terms"]:
        yield from in_words(term)


def figures(report):
    """Yield each figure of a project's entry that can be explained."""
    (entry,) = report["projects"]
    money = "planned original_planned disbursed available execution_rate variance "
    money += "original_budget current_budget time_progress money_status status "
    yield from f"{money}closed_on by_source.fiscal.available".split()
    for key in "disbursed planned cumulative_planned cumulative_disbursed".split():
        yield from (f"months.2023-{month}.{key}" for month in ("01", "06", "09"))
    for one in entry["indicators"]:
        for key in "target result expected attainment status weight score".split():
            yield f"indicators.{one['indicator']}.{key}"


def test_an_explanation_is_said_in_chinese_throughout(ledger):
    """Formulas name figures by the words of reports; keys are for who asks."""
    report = ledger.monthly_report(2023, 6).to_dict()
    for figure in figures(report):
        why = ledger.explain(PROJECT, figure, through=JUNE)
        for text in in_words(why.to_dict(CHINESE)):
            assert not re.search("[A-Za-z]", text), (figure, text)
    rate = ledger.explain(PROJECT, "execution_rate", through=JUNE)
    assert (
        rate.to_dict(CHINESE)["formula"]
        == "已支出 ÷ 全年预算数 = 0.048 万元 ÷ 2.00 万元"
    )
    assert rate.to_dict("en")["formula"] == str(rate.formula)


@pytest.mark.parametrize("subject", [PROJECT, "totals"])
def test_every_amount_of_an_explanation_has_its_unit(ledger, subject):
    """That of the figure, those of its terms, and what each event adds."""
    scope = Scope.PROJECT if subject == PROJECT else Scope.TOTAL
    kinds = {row.key: row.kind for row in registry.MONEY}
    for row in (each for each in registry.money(scope) if each.is_explained):
        waiting = [ledger.explain(subject, row.key, through=JUNE)]
        for why in waiting:
            waiting += why.terms
            kind = kinds.get(why.figure.rpartition(".")[2])
            if kind is FigureKind.MONEY:
                assert said(why.read, CHINESE).endswith(" 万元"), why.figure
            for text in (why.formula, *(each.says for each in why.events)):
                bare = re.search(r"\d\.\d\d(?!\d)(?! 万元)", said(text, CHINESE))
                assert bare is None, (why.figure, text)


def test_totals_are_explained_in_chinese(ledger):
    """A sum over projects and a quotient of sums."""
    for figure, formula in (
        ("by_source.fiscal.disbursed", "1 个项目财政资金的已支出之和"),
        ("execution_rate", "已支出 ÷ 全年预算数（按合计数） = 0.048 万元 ÷ 2.00 万元"),
        ("time_progress", "年度已过的比例；1 个项目相同"),
    ):
        why = ledger.explain("totals", figure, through=JUNE)
        assert why.to_dict(CHINESE)["formula"] == formula


def test_the_tree_of_an_explanation_is_in_the_language_asked_for(ledger):
    """Figures by their words and names; who recorded is as it is."""
    why = ledger.explain(PROJECT, "disbursed", through=JUNE)
    said = why.render("text", language=CHINESE)
    assert "[2] 2023-03-01 支出 1 +0.05 万元（1，" in said
    assert "退回 3 -0.002 万元" in said
    assert "+0.007 万元：未计入，2023-06-30 之后才生效" in said
    status = ledger.explain(PROJECT, "money_status", through=JUNE)
    assert "资金状态 = 滞后" in status.render("text", language=CHINESE)


def test_what_changed_a_figure_is_said_in_chinese(ledger):
    """With the kind of event, whether it came late, and its reason."""
    found = ledger.differences(2, through=JUNE)
    changed = {each.path: each for each in found}
    one = changed[f"projects.{PROJECT}.disbursed"]
    text = found.render("text", language=CHINESE)
    assert "依据序号 4：2023-06-30 3 支出退回，补登" in text
    assert one.to_dict(CHINESE)["causes"][0]["why"] == "支出退回，补登"
    assert one.to_dict()["causes"][0]["why"] == "reversal, late"
    assert set(one.to_dict()) == {*asdict(one)}


def test_a_verification_is_said_in_chinese(ledger):
    """Each check, and where a fault stands."""
    done = ledger.verify().to_dict(CHINESE)
    for each in done["checks"]:
        assert not re.search("[A-Za-z]", each["check"]), each
    protocol = Protocol()
    fault = message("fault.log_shorter", size=3)
    protocol.fault(Check.SEALED, fault, position=4, place="unit:\udcff")
    (found,) = Verification.of(protocol, 4, b"").to_dict(CHINESE)["findings"]
    assert found["message"] == "记录只有 3 条"
    assert found["place"] == "序号 4，unit:\\udcff"


def test_a_fault_is_the_same_when_another_process_wrote_it_down():
    """It is handed over as data, its nested texts as well."""
    protocol = Protocol()
    nested = message("error.invalid_input", field="x", found=3, expected="\udcff")
    fault = message("fault.text", problem=nested)
    protocol.fault(Check.EVENTS, fault, position=4, until=9, place="project:2023:P")
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(protocol), type=Protocol)
    assert again.found == protocol.found
    assert str(again.found[0][1]) == (
        "error log.events: positions 4 to 9, project:2023:P: has a text that no append "
        "takes: x: found 3; expected \\udcff"
    )


def test_where_a_line_or_a_checkpoint_is_bad_is_said_in_chinese(ledger, tmp_path):
    """A place is a text like any other."""
    lines, kept = tmp_path / "l.jsonl", tmp_path / "new.ledger"
    sealed = ledger.seal()
    lines.write_bytes(b"{")
    with pytest.raises(InvalidInput) as caught:
        Ledger.restore(kept, lines, sealed)
    assert f"{lines}，第 1 行：" in caught.value.text(CHINESE)
    proof = ledger.prove_consistency(sealed)
    lines.write_text(proof.render("json").replace(f"{sealed.origin}\\n", "x\\n\\n", 1))
    with pytest.raises(InvalidInput) as caught:
        read_proof(lines)
    assert f"{lines}，较早的存证：" in caught.value.text(CHINESE)


def test_changed_figures_are_said_in_the_words_of_each_language(ledger):
    """Statuses, ratings, measures, reasons and absence; JSON has values as they are."""
    before = ledger.position
    ledger.report_result(PROJECT, "培训", 5, on=day(6, 20))
    ledger.report_result(PROJECT, "效果", Rating.ATTAINED, on=day(6, 20))
    ledger.report_result(
        PROJECT, "合格率", numerator=95, denominator=100, on=day(6, 20)
    )
    ledger.explain_variance(PROJECT, "funding", "x", on=JUNE, indicator="时长")
    found = ledger.differences(before, through=JUNE)
    chinese = found.render("text", language=CHINESE)
    english = found.render("text", language=Language.ENGLISH)
    for path, zh, en in (
        ("培训.status", "正常 → 已完成", "on track → attained"),
        ("效果.result", "部分完成 → 已完成", "partly → attained"),
        ("合格率.result", "无 → 95", "none → 95"),
        ("时长.explanation.category", "无 → 经费保障", "none → funding"),
        ("合格率.reason", "没有完成值 → 无", "no result → none"),
    ):
        assert f"{figure_at(f'indicators.{path}').said(CHINESE)}：{zh}，" in chinese
        assert f"{path}: {en}, " in english
    (status,) = (one for one in found if one.path.endswith("培训.status"))
    assert (status.to_dict(CHINESE)["issued"], status.issued) == ("on track",) * 2


def test_an_issued_report_that_differs_is_said_in_the_words_of_each_language(ledger):
    """What was altered and what was restated; what is not a choice stays as it is."""
    report = json.loads(ledger.monthly_report(2023, 6).render("json"))
    (project,) = report["projects"]
    effect = next(one for one in project["indicators"] if one["indicator"] == "效果")
    effect |= {"result": "attained", "measure": "sum", "due": not effect["due"]}
    ledger.report_result(PROJECT, "合格率", numerator=95, denominator=100, on=JUNE)
    check = ledger.verify_report(report)
    chinese = check.render("text", language=CHINESE)
    english = check.render("text", language=Language.ENGLISH)
    for key, zh, en in (
        ("measure", "写的是 累计，当时应为 最新", "is sum; it was latest"),
        ("result", "写的是 已完成，当时应为 部分完成", "is attained; it was partly"),
        ("due", "写的是 是，当时应为 否", "is yes; it was no"),
    ):
        assert f" {figure_at(f'indicators.效果.{key}').said(CHINESE)}{zh}\n" in chinese
        assert f"效果.{key} {en}\n" in english
    assert "指标“合格率”的完成率原为 无，现为 1.055556，" in chinese
    assert "合格率.attainment was none; now 1.055556, " in english


REASON = "projects.P.indicators.培训.reason"


def test_a_reason_is_data_in_json_and_a_text_to_people():
    """Also one that holds another, and one with a list of names."""
    units = message("reason.not_added", units=["人", "次"])
    for reason in (
        units,
        message("reason.not_computed", why=units),
        message("reason.no_such_indicator", project="P", indicator="培训"),
        message("reason.parts_reported", reported=1, count=3),
    ):
        data = json.loads(json.dumps(text_as_data(reason)))
        for language in Language:
            found = said(value_in_words(REASON, data, Settings()), language)
            assert found == reason.said(language)


@pytest.mark.parametrize(
    "planted",
    ["our own words", {"code": "line.report_holds", "values": {}}, {"code": 3}, [1], 5],
)
def test_what_is_no_reason_is_shown_as_it_is(planted):
    """A report that was altered may have anything there, and says nothing through it."""
    found = said(value_in_words(REASON, planted, Settings()), CHINESE)
    assert found in (planted, json.dumps(planted, separators=(",", ":")))


def test_reasons_are_compared_by_code_and_values(ledger):
    """One place is named, whatever the altered reason is made of."""
    report = json.loads(ledger.monthly_report(2023, 6).render("json"))
    (project,) = report["projects"]
    one = next(one for one in project["indicators"] if one["indicator"] == "合格率")
    assert one["reason"] == {"code": "reason.no_result", "values": {}}
    one["reason"] = {
        "code": "reason.parts_reported",
        "values": {"reported": 1, "count": 2},
    }
    (altered,) = ledger.verify_report(report).altered
    assert altered.path.endswith("合格率.reason")
    assert altered.issued == one["reason"]
    text = ledger.verify_report(report).render("text", language=CHINESE)
    assert (
        "指标“合格率”的无数值的原因写的是 2 项中有 1 项已填报，当时应为 没有完成值\n"
        in text
    )


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("0.01", "0.000001 万元", "0.01 CNY"),
        ("-1234567.89", "-123.456789 万元", "-1,234,567.89 CNY"),
        ("2000000.00", "200.00 万元", "2,000,000.00 CNY"),
        ("2000000.0", "2000000.0", "2000000.0"),
        ("2000000.001", "2000000.001", "2000000.001"),
        ("9" * 5000, "9" * 5000, "9" * 5000),
        ("none", "none", "none"),
    ],
)
def test_an_amount_is_exact_with_its_unit(value, chinese, english):
    """What is no amount, or is spelled in another way, is shown as it stands."""
    for path in ("totals.disbursed", "projects.P.months.2023-06.planned"):
        found = value_in_words(path, value, Settings())
        assert (said(found, CHINESE), said(found, Language.ENGLISH)) == (
            chinese,
            english,
        )
    assert value_in_words("projects.P.execution_rate", value, Settings()) == value


def test_every_amount_of_a_report_is_shown_with_its_unit():
    """Whatever has it: a source, a sum, a project or a month."""
    for row in (*registry.MONEY, *registry.MONTHS):
        found = said(
            value_in_words(f"projects.P.{row.key}", "1.00", Settings()), CHINESE
        )
        assert (found == "0.0001 万元") == (row.kind is FigureKind.MONEY), row.key


def test_differences_and_checks_of_reports_have_amounts_with_their_unit(ledger):
    """JSON has them as reports do."""
    before = ledger.position
    report = json.loads(ledger.monthly_report(2023, 6).render("json"))
    ledger.append(approval("P-2", budget=12_345_678, name="桥"))
    report["totals"]["disbursed"] = "480.01"
    found, check = (
        ledger.differences(before, through=JUNE),
        ledger.verify_report(report),
    )
    changed = "年初预算数{}2.00 万元，现为 14.345678 万元，"
    assert changed.format("原为 ") in check.render("text", language=CHINESE)
    assert "2.00 万元 → 14.345678 万元，" in found.render("text", language=CHINESE)
    assert "合计的已支出写的是 0.048001 万元，当时应为 0.048 万元\n" in check.render(
        "text"
    )
    assert "disbursed is 480.01 CNY; it was 480.00 CNY\n" in check.render(
        "text", language="en"
    )
    (total,) = (one for one in found if one.path == "totals.original_budget")
    assert total.to_dict()["computed"] == "143456.78"
