"""What is wrong with a table is told in the words of its own heads."""

import pytest

from ledger import InvalidInput, Ledger, Settings
from ledger.errors import InvalidBatch
from support import approval, indicator


def refusal(tmp_path, language, *lines):
    """Return why a file of these lines is refused."""
    file = tmp_path / "facts.csv"
    file.write_text("\n".join(lines), "utf-8")
    settings = Settings(language=language)
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        by = indicator("按时开班", "6月底前", level2="时效指标")
        ledger.append(approval("P-1", indicators=(by,)))
        with pytest.raises((InvalidBatch, InvalidInput)) as refused:
            ledger.record(file)
        return refused.value.text(language)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            (
                "事项类型,项目编码,日期,凭证号,金额（元）,指标",
                "支出,P-1,2023-02-01,1,5,n",
            ),
            "“指标”；应为：只填支出所有的项",
        ),
        (("项目编码,日期", "P-1,2023-02-01"), "“项目编码”、“日期”"),
        (("事项类型,项目编码,项目编码", "支出,P-1,P-1"), "“项目编码”"),
        (
            ("事项类型,项目编码,日期,指标,完成日期", "完成值,P-1,2023-02-01,n,x"),
            "完成日期：",
        ),
    ],
)
def test_chinese_heads(tmp_path, lines, told):
    """No key of a column and no key of a type of event stands in the refusal."""
    refused = refusal(tmp_path, "zh", *lines)
    assert told in refused
    assert not {"indicator", "project", "Disbursed"} & {*refused.split("“")}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Type,Project code", "x,P-1"), "disbursement, "),
        (
            (
                "Type,Project code,Day,Indicator,Reached on",
                "result,P-1,2023-02-01,n,x",
            ),
            "Reached on: found",
        ),
        (("type,project", "x,P-1"), "Disbursed, "),
        (
            (
                "Type,Project code,Day,Stage,Commitment,Amount,Due on",
                "commitment,P-1,2023-02-01,contracted,C,5,2023-01-01",
            ),
            "Due on: found 2023-01-01",
        ),
        (
            (
                "Type,Project code,Day,Indicator,Reached on",
                "result,P-1,2023-02-01,按时开班,2023-03-01",
            ),
            "Reached on: found 2023-03-01",
        ),
    ],
)
def test_english_heads(tmp_path, lines, told):
    """Words answer words, keys answer keys; in what rules refuse as well."""
    assert told in refusal(tmp_path, "en", *lines)
