"""What is wrong with a table is told in the words of its own heads."""

import json
import re

import pytest

from ledger import InvalidInput, Language, Ledger, Settings
from ledger.domain.catalogue import CATALOGUE
from ledger.domain.event_type import ColumnKind
from ledger.errors import InvalidBatch
from ledger.messages import section
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


MONEY = [
    (row.name, column)
    for row in CATALOGUE
    if row.bulk
    for column in row.columns
    if column.kind in {ColumnKind.MONEY, ColumnKind.AMOUNTS}
]
WRONG = ["abc", "1.234", "-1", "财政资金=abc", "fiscal=1.234", "fiscal=-1", "fiscal="]


def test_amounts_stand_in_columns_of_several_names():
    """Those of closings, above all."""
    assert {column.name for _, column in MONEY} >= {"amount", "carried_over", "lapsed"}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("language", [*Language])
@pytest.mark.parametrize(("kind", "column"), MONEY)
def test_an_amount_is_refused_by_the_head_of_its_column(
    tmp_path, kind, column, language, wrong
):
    """One amount, or one of several by source: the head, without the unit in it."""
    head = section("head", language)[f"event.{column.name}"].partition("[")[0]
    heads = [section("head", language)[f"event.{name}"] for name in ("type", "project")]
    line = [section("event", language)[kind], "P-1", wrong]
    refused = refusal(tmp_path, language, ",".join([*heads, head]), ",".join(line))
    assert re.search(rf"\b{head}(：|: found )", refused), refused


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(("kind", "column"), MONEY)
def test_an_amount_of_json_lines_is_refused_by_its_field(tmp_path, kind, column, wrong):
    """Also where it is an object of amounts by source."""
    source, equals, amount = wrong.partition("=")
    given = {source: amount} if equals else wrong
    line = json.dumps({"type": kind, "project": "P-1", column.name: given})
    name = section("field", Language.ENGLISH)[column.name]
    refused = refusal(tmp_path, Language.ENGLISH, line)
    assert re.search(rf"\b{name}: found ", refused), refused
