"""Reasons and findings of reports are data: codes in JSON, and said in Chinese."""

import re

import pytest

from ledger.messages import Language, codes, message
from support import PROJECT, approval, day, indicator

_OWN = re.compile(r"[a-z]{2,}|[A-Z][a-z]")
"""A word of ours that is not Chinese; codes and units of the forms are capitals."""


@pytest.fixture
def year(ledger):
    """Approve a project of which nothing is known, and two groups are missing."""
    plain = indicator("次数", "≥10次")
    other = indicator("备注", "≥1个", "其他指标", "其他")
    third = indicator("人数", "≥5人")
    ledger.append(approval(PROJECT, indicators=(plain, other, third)))
    return ledger


def test_each_reason_has_its_own_chinese():
    """What an indicator lacks is one thing, and no two are called the same."""
    reasons = {code for code in codes(Language.CHINESE) if code.startswith("reason.")}
    said = {message(code).said(Language.CHINESE) for code in reasons}
    assert len(said) == len(reasons) > 10


def test_a_reason_is_a_code_in_json_and_chinese_in_a_chinese_table(year):
    """A program reads the one, and an officer the other."""
    report = year.monthly_report(2023, 12)
    line = report.projects[0].indicators[0]
    assert line.reason.said(Language.CHINESE) == "没有完成值"
    assert report.to_dict()["projects"][0]["indicators"][0]["reason"] == {
        "code": "reason.no_result",
        "values": {},
    }
    for language, reason in ((None, "reason.no_result"), ("zh", "没有完成值")):
        assert f'"{reason}"' in report.render(
            "csv", table="indicators", language=language
        )


def test_what_is_missing_in_a_form_is_said_in_chinese(year):
    """Each finding, where it stands and what would be right, has no word of English."""
    year.report_score(PROJECT, "9", on=day(12, 31), indicator="次数", reason=" ")
    found = year.self_evaluation(2023).findings
    assert {"score.no_group", "score.spread", "score.missing"} <= {
        f.code for f in found
    }
    for one in found:
        said = [one.content.said(Language.CHINESE), one.placed(Language.CHINESE)]
        said += [part.said(Language.CHINESE) for part in (one.expected,) if part]
        assert not _OWN.search(" ".join(said)), said
