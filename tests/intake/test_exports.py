"""Tables that a bank or a treasury exports, read by a mapping that is kept in a file."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner

from ledger import Funding, InvalidInput, Ledger, Settings
from ledger.cli import main
from ledger.errors import InvalidBatch
from support import Clock, approval
from support_template import saved

MAPPING = """
[columns]
on = "交易日期"
amount = "借方发生额"
voucher = ["凭证号", "流水号"]
payee = "对方户名"
project = "用途"
[values]
source = "财政资金"
[words.project]
"办公设备" = "P"
[left_out]
"摘要" = ["手续费"]
"""
HEADS = "交易日期,凭证号,流水号,摘要,用途,对方户名,借方发生额（元）,贷方发生额".split(
    ","
)
ROWS = [
    ["2023/2/28", "0012", "88", "购电脑", "办公设备", "某公司", "1,200.00", ""],
    ["2023.3.1", "0013", "89", "手续费", "办公设备", "某银行", "10.00", ""],
    ["2023-03-02", "0014", "90", "收款", "办公设备", "某人", "", "500.00"],
    ["2023年3月3日", "0015", "91", "购桌", "办公设备", "某厂", "￥300", ""],
    ["合计", "", "", "", "", "", "1510", "500"],
]


@pytest.fixture
def ledger(tmp_path):
    """Open a ledger with a project of 10 000 yuan."""
    settings = Settings(language="en")
    clock = Clock(datetime(2023, 6, 1, tzinfo=UTC))
    path = tmp_path / "a.ledger"
    with Ledger.open(path, actor="t", settings=settings, clock=clock) as made:
        part = Funding(source="fiscal", amount=1_000_000)
        made.append(approval("P", amounts=(part,)))
        yield made


def csv(folder, rows, heads=HEADS, encoding="gb18030", above=("某银行对账单",)):
    """Write a table as Excel in China does, with lines above its heads."""
    lines = [[*above], heads, *rows]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in lines)
    path = folder / "bank.csv"
    path.write_text(text, encoding)
    return path


def mapping(folder, text=MAPPING):
    """Write a mapping."""
    path = folder / "bank.toml"
    path.write_text(text, "utf-8")
    return path


def paid(ledger):
    """Return the payments that are recorded: day, voucher, payee, amount."""
    events = (each.event for each in ledger.events(types=["Disbursed"]))
    return [(each.on, each.voucher, each.payee, each.amount) for each in events]


RIGHT = [
    (date(2023, 2, 28), "0012-88", "某公司", 120_000),
    (date(2023, 3, 3), "0015-91", "某厂", 30_000),
]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_payments_are_taken_and_what_is_no_payment_is_counted(
    ledger, tmp_path, encoding
):
    """A fee, a receipt and a sum are left out; twice is once."""
    source = csv(tmp_path, ROWS, encoding=encoding)
    first = ledger.record(source, mapping=mapping(tmp_path))
    assert paid(ledger) == RIGHT
    assert (first.new, first.already, first.left_out) == (2, 0, 3)
    again = ledger.record(source, mapping=mapping(tmp_path))
    assert (again.new, again.already, again.left_out) == (0, 2, 3)
    assert again.to_dict()["left_out"] == 3


def test_a_payment_that_was_recorded_by_hand_is_there_already(ledger, tmp_path):
    """By its voucher, day, amount and source; one of another amount is refused."""
    ledger.disburse("P", 300, voucher="0015-91", on=RIGHT[1][0], source="fiscal")
    done = ledger.record(csv(tmp_path, ROWS), mapping=mapping(tmp_path))
    assert (done.new, done.already) == (1, 1)
    other = [*ROWS[:3], [*ROWS[3][:6], "301", ""]]
    with pytest.raises(InvalidBatch, match="0015-91"):
        ledger.record(csv(tmp_path, other), mapping=mapping(tmp_path))


def test_a_payment_is_asked_for_again_where_that_is_said(ledger, tmp_path):
    """Its number is used by then, which is said; without it the row is left alone."""
    source = csv(tmp_path, [ROWS[0]])
    ledger.record(source, mapping=mapping(tmp_path))
    with pytest.raises(InvalidBatch, match="0012-88"):
        ledger.record(source, mapping=mapping(tmp_path), again=True)
    assert ledger.record(source, mapping=mapping(tmp_path)).already == 1


@pytest.mark.parametrize(
    ("text", "taken"),
    [("合计", 0), ("合 计：", 0), ("本页小计", 0), ("Grand total", 0), ("合计划", 1)],
)
def test_only_what_is_called_a_sum_is_one(ledger, tmp_path, text, taken):
    """A payee or a purpose that begins like one is a payment."""
    heads = ["备注", *HEADS]
    source = csv(tmp_path, [[text, *ROWS[0]]], heads)
    done = ledger.record(source, mapping=mapping(tmp_path))
    assert (done.new, done.left_out) == (taken, 1 - taken)


def test_a_workbook_is_read_from_the_sheet_that_has_the_heads(ledger, tmp_path):
    """Numbers and days are cells of their kinds; other sheets are left alone."""
    row = [date(2023, 2, 28), "0012", "88", "", "办公设备", "某公司", 1200.0, None]
    book = saved(tmp_path / "bank.xlsx", {"说明": [["…"]], "明细": [HEADS, row]})
    done = ledger.record(book, mapping=mapping(tmp_path))
    assert (done.new, paid(ledger)) == (1, RIGHT[:1])


def test_several_sheets_with_the_heads_are_asked_for_by_name(ledger, tmp_path):
    """None is chosen; with the name of one, that one is."""
    sheets = {"一月": [HEADS, ROWS[0]], "二月": [HEADS, ROWS[3]]}
    book = saved(tmp_path / "bank.xlsx", sheets)
    with pytest.raises(InvalidInput, match=r"一月.*二月.*sheet = "):
        ledger.record(book, mapping=mapping(tmp_path))
    named = mapping(tmp_path, f'sheet = "二月"\n{MAPPING}')
    assert ledger.record(book, mapping=named).new == 1
    assert paid(ledger) == RIGHT[1:]


@pytest.mark.parametrize(
    ("unit", "head", "minor"),
    [
        (None, "借方发生额（万元）", 100 * 10_000),
        ("万元", "借方发生额", 100 * 10_000),
        (None, "借方发生额", 100),
        ("元", "借方发生额（元）", 100),
    ],
)
def test_amounts_are_in_the_unit_that_the_mapping_or_the_head_says(
    ledger, tmp_path, unit, head, minor
):
    """0.1 of it is exact; nothing is multiplied where nobody says so."""
    heads = [*HEADS[:6], head, HEADS[7]]
    source = csv(tmp_path, [[*ROWS[0][:6], "0.1", ""]], heads)
    text = f'unit = "{unit}"\n{MAPPING}' if unit else MAPPING
    ledger.record(source, mapping=mapping(tmp_path, text))
    assert [Decimal(each[3]) for each in paid(ledger)] == [Decimal(minor) / 10]


def test_two_units_are_refused(ledger, tmp_path):
    """The mapping says one, the head another."""
    text = mapping(tmp_path, f'unit = "万元"\n{MAPPING}')
    with pytest.raises(InvalidInput, match=r"借方发生额（元）.*万元"):
        ledger.record(csv(tmp_path, ROWS), mapping=text)


def test_every_bad_row_is_listed_by_the_heads_of_the_table(ledger, tmp_path):
    """An unknown text, a day that is none, a number that is none: nothing is kept."""
    bad = [
        ROWS[0],
        ["2023-13-01", "1", "", "", "办公设备", "x", "5", ""],
        ["2023-03-01", "2", "", "", "桌椅", "x", "5", ""],
        ["2023-03-01", "3", "", "", "办公设备", "x", "五元", ""],
    ]
    with pytest.raises(InvalidBatch) as caught:
        ledger.record(csv(tmp_path, bad), mapping=mapping(tmp_path))
    said = str(caught.value)
    assert all(each in said for each in ("交易日期", "2023-13-01", "桌椅", "五元"))
    assert paid(ledger) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colums = 1\n" + MAPPING, "colums.*columns"),
        ("[columns]\n", "bank.toml: columns"),
        ("", "bank.toml: columns"),
        ('[columns]\namout = "a"\n', "amout.*amount"),
        ("[columns]\namount = 3\n", "columns.amount.*3"),
        ('type = "Payment"\n' + MAPPING, "Payment.*Disbursed"),
        ('unit = "英镑"\n' + MAPPING, "英镑"),
        ('values = 1\n[columns]\namount = "a"\n', "bank.toml: values"),
        ("[columns\n", "bank.toml.*line 1"),
        ("x = [" + "[" * 5000, "bank.toml"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_said_with_its_key(ledger, tmp_path, text, said):
    """The file, the key, what stands there, what would be right."""
    with pytest.raises(InvalidInput, match=f"(?s){said}"):
        ledger.record(csv(tmp_path, ROWS), mapping=mapping(tmp_path, text))
    assert paid(ledger) == []


def test_a_table_without_the_heads_is_refused_with_those_it_has(ledger, tmp_path):
    """What is not found, and the row that comes nearest."""
    source = csv(tmp_path, ROWS, [*HEADS[:6], "金额", "余额"])
    with pytest.raises(InvalidInput, match=r"(?s)金额.*借方发生额"):
        ledger.record(source, mapping=mapping(tmp_path))


def test_the_command_says_what_it_left_out(ledger, tmp_path):
    """And ends with 2 where the mapping is not there."""
    ledger.close()
    asked = ["record", str(tmp_path / "a.ledger"), str(csv(tmp_path, ROWS))]
    told = CliRunner().invoke(main, [*asked, "--mapping", str(mapping(tmp_path))])
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == "2 events recorded, 3 rows left out; position 3\n"
    absent = CliRunner().invoke(main, [*asked, "--mapping", str(tmp_path / "no.toml")])
    assert absent.exit_code == 2
    assert "no.toml" in absent.stderr
