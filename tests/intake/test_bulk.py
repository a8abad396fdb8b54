"""Bulk files of events: JSON Lines and CSV, one atomic append, all bad lines listed."""

import json

import pytest

from ledger import InvalidInput, Ledger
from ledger.domain.progress import TOGETHER
from ledger.errors import InvalidBatch
from support import approval, day
from support_bulk import ADJUST, PAY


def test_every_type_can_be_recorded_from_json_lines(approved, write):
    """Each type of the table is taken, in the order of the lines."""
    result = {
        "type": "ResultReported",
        "project": "P-1",
        "on": "2023-03-31",
        "indicator": "开展就业培训数",
    }
    file = write(
        PAY,
        {
            **PAY,
            "type": "DisbursementReversed",
            "voucher": "R",
            "of": "1",
            "amount": "1",
        },
        {
            "type": "BudgetAdjusted",
            "project": "P-1",
            "on": "2023-04-01",
            "kind": "supplement",
            "amount": "5",
        },
        {**result, "value": "3", "key": "r1", "evidence": "档案/1.pdf"},
        {**result, "type": "ResultRetracted", "of": "r1", "reason": "twice"},
        {**result, "type": "TargetRevised", "target": "≥12次"},
        {**result, "type": "VarianceExplained", "category": "other", "text": "why"},
        {**result, "type": "ScoreReported", "score": "9.5"},
    )
    done = approved.record(file)

    assert (done.new, done.already, done.position) == (8, 0, 9)
    assert [e.type for e in approved.events(after=1)] == [
        json.loads(line)["type"] for line in file.read_text("utf-8").splitlines()
    ]


def test_csv_has_the_same_columns(approved, write):
    """A sheet saved as CSV, with a BOM and empty cells, is the same file."""
    raw = (
        "\ufefftype,project,on,voucher,amount,indicator,value,actor\r\n"
        "Disbursed,P-1,2023-03-20,1,48.60,,,王会计\r\n"
        "\r\n"
        'ResultReported,P-1,2023-03-31,,,"开展就业培训数",3,\r\n'
    ).encode()
    done = approved.record(write(raw=raw, name="events.csv"))

    assert done.new == 2
    assert [e.actor for e in approved.events(after=1)] == ["王会计", "tester"]


def test_a_file_with_keys_twice_records_once(approved, write):
    """A retried file changes nothing and says so."""
    file = write({**PAY, "key": "a"}, {**PAY, "voucher": "2", "key": "b"})
    approved.record(file)
    done = approved.record(file)
    assert (done.new, done.already, done.position) == (0, 2, 3)


def test_all_bad_lines_are_listed_and_nothing_is_recorded(approved, write):
    """Lines that cannot be read and lines that the rules refuse, each by number."""
    file = write(
        PAY,
        {**PAY, "voucher": "2", "amount": "1,234.5"},
        {**PAY, "voucher": "3", "amount": 48.6},
        {**PAY, "voucher": "4", "on": "2023-02-30"},
        {**PAY, "voucher": "1"},
        {**PAY, "voucher": "6", "amount": "5000"},
        {**PAY, "voucher": "7", "project": "P-9"},
        {**PAY, "voucher": "8", "colour": "red"},
        {**PAY, "type": "Paid"},
    )
    with pytest.raises(InvalidBatch) as caught:
        approved.record(file)

    problems = [str(problem) for problem in caught.value.problems]
    assert [problem.split(":")[0] for problem in problems] == [
        f"line {n}" for n in range(2, 10)
    ]
    for problem, words in zip(
        problems,
        [
            "1,234.5",
            "float",
            "YYYY-MM-DD",
            "used already",
            "available",
            "P-9",
            "colour",
            "Paid",
        ],
        strict=True,
    ):
        assert words in problem
    assert approved.position == 1


def test_both_legs_of_a_virement_can_stand_in_a_file(approved, write):
    """Legs that do not sum to zero are refused with their lines."""
    approved.append(approval("P-2"))
    leg = {
        "type": "BudgetAdjusted",
        "project": "P-1",
        "on": "2023-05-01",
        "kind": "virement_out",
        "amount": "10",
    }
    other = {**leg, "project": "P-2", "kind": "virement_in"}
    with pytest.raises(InvalidBatch, match="line 1, line 2: the legs"):
        approved.record(write(leg, {**other, "amount": "9"}))
    assert approved.record(write(leg, other)).new == 2


def test_batches_keep_what_was_recorded_before_a_bad_one(approved, write):
    """With --batch, the file is no longer all or nothing, as asked."""
    file = write(
        *[{**PAY, "voucher": v, "amount": "1"} for v in "abc"], {**PAY, "on": "x"}
    )
    with pytest.raises(InvalidBatch, match="line 4") as refused:
        approved.record(file, batch=2)
    assert approved.position == 3
    head, _ = refused.value.text("en").splitlines()
    assert head.endswith("recorded of this batch; of those before it 2 events were")
    head, _ = refused.value.text("zh").splitlines()
    assert head.endswith("什么都没有登记（只指这一批；前面各批的 2 个事项已登记）")


BAD_FILES = {
    "empty": (b"", "at least one event"),
    "blank lines": (b"\n\n", "at least one event"),
    "a broken last line": (json.dumps(PAY).encode() + b'\n{"type":"Disb', "line 2"),
    "not an object": (json.dumps(PAY).encode() + b"\n[1]\n", "line 2"),
    "GBK": (
        json.dumps({**PAY, "payee": "中医院"}, ensure_ascii=False).encode("gbk"),
        "GBK",
    ),
    "UTF-16": (json.dumps(PAY).encode("utf-16"), "UTF-16"),
    "binary": (b'{"a":"\xff\xff\xff\x00"}', "not text"),
    "a letter": ("尊敬的领导：\n".encode(), "column `type`"),
    "a ragged row": (b"type,project\nDisbursed,P-1,more\n", "3 cells"),
    "an open quote": (b'type,project\nDisbursed,"P-1\n', "line 2"),
    "deep nesting": (b'{"a":' * 5000, "line 1"),
}


@pytest.mark.parametrize(
    ("raw", "words"), list(BAD_FILES.values()), ids=list(BAD_FILES)
)
def test_a_file_that_cannot_be_read_says_where_and_why(approved, write, raw, words):
    """Nothing is recorded from a broken file."""
    with pytest.raises(InvalidInput, match=words):
        approved.record(write(raw=raw))
    assert approved.position == 1


def test_who_watches_may_break_off_and_record_again_at_once(approved, write):
    """What was taken so far is undone there and then, not when nobody looks any more."""
    pays = [{**PAY, "voucher": f"V{n}", "amount": "0.01"} for n in range(TOGETHER + 1)]

    def broken_off(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as kept:
        approved.record(write(*pays), progress=broken_off)
    assert approved.position == 1
    assert approved.record(write(PAY)).new == 1, kept


def test_a_bom_before_json_is_skipped(approved, write):
    """Some editors write one; it is no part of the first event."""
    assert (
        approved.record(write(raw=b"\xef\xbb\xbf" + json.dumps(PAY).encode())).new == 1
    )


def test_an_endless_line_ends_in_an_error(approved, write):
    """A line of five million bytes is not read into memory as an event."""
    with pytest.raises(InvalidInput, match="line 1"):
        approved.record(write(raw=b'{"type":"' + b"x" * 5_000_000))


def test_a_missing_file_is_named(approved, tmp_path):
    """The path and what is wrong with it."""
    with pytest.raises(InvalidInput, match=r"none\.jsonl"):
        approved.record(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"value": "3", "unit": "323"}, "project"),
        ({}, "found nothing"),
        ({"value": "3", "rating": "attained"}, "value with rating"),
        ({"text": "三次"}, "compared with value"),
        ({"rating": "well"}, "one of attained"),
        ({"numerator": "1", "denominator": "0"}, "above 0"),
        ({"numerator": "1"}, "numerator with denominator"),
        ({"date": "2023-03-01"}, "found date"),
        ({"value": "-3"}, "0 or more"),
        ({"value": "1e400"}, "ASCII digits"),
        ({"value": "9" * 40}, "10\\^18"),
    ],
)
def test_a_result_of_the_wrong_shape_says_what_would_be_right(
    approved, write, shape, words
):
    """One figure, of a kind that the target can be compared with."""
    line = {
        "type": "ResultReported",
        "project": "P-1",
        "on": day(3).isoformat(),
        "indicator": "开展就业培训数",
        **shape,
    }
    with pytest.raises(InvalidBatch, match=words):
        approved.record(write(line))


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_lines_does_not_matter(approved, write, reverse):
    """A payment above the supplement that pays it, a reversal above its payment."""
    lines = [
        {**PAY, "on": "2023-03-01", "amount": "1200.00"},
        ADJUST,
        {**PAY, "type": "DisbursementReversed", "voucher": "R", "of": "1"},
        {**PAY, "voucher": "2", "amount": "48.60"},
    ]
    lines[2]["on"] = "2023-03-20"
    done = approved.record(write(*(lines[::-1] if reverse else lines)))
    assert done.new == 4
    assert approved.view(through=day(12)).project("P-1").disbursed == 1200
    assert approved.verify().ok


def test_what_a_day_does_not_have_at_its_end_is_refused_in_any_order(approved, write):
    """Money that comes on a later day does not pay for an earlier one."""
    late = {**ADJUST, "on": "2023-03-02"}
    with pytest.raises(
        InvalidBatch, match=r"line 1: .*available on 2023-03-01: 1,000.00 CNY"
    ):
        approved.record(write({**PAY, "on": "2023-03-01", "amount": "1200"}, late))
    assert approved.position == 1


FORMS = {"document": {"fiscal_year": 2023}, "projects": []}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (json.dumps(FORMS).encode(), "a file of forms"),
        (json.dumps(FORMS, indent=1).encode(), "a file of forms"),
        (b"\xef\xbb\xbf" + json.dumps(FORMS, indent=1).encode(), "a file of forms"),
        (json.dumps(PAY, indent=1).encode(), "JSON over several lines"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office file"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"SQLite format 3\x00", "a ledger or another database"),
        (b"\x89PNG\r\n", "an image"),
    ],
)
def test_a_file_of_another_kind_is_one_error_that_names_the_kind(
    approved, write, raw, found
):
    """Not one for each of its lines, and no advice to save a workbook as UTF-8."""
    with pytest.raises(InvalidInput, match=found) as refused:
        approved.record(write(raw=raw, name="events"))
    assert "\n" not in str(refused.value)
    assert approved.position == 1


def test_a_percent_under_a_count_says_what_is_right(approved, write):
    """98.5 % of what is counted in persons is no number of them."""
    row = {"type": "ResultReported", "project": "P-1", "on": "2023-03-31"}
    file = write({**row, "indicator": "开展就业培训数", "value": "98.5%"})
    with pytest.raises(InvalidBatch, match=r"'98\.5%'; expected a number in"):
        approved.record(file)


ALL_WRONG = {
    "Disbursed": (
        {"project": "P 1", "on": "2023-13-01", "voucher": " ", "amount": "x"},
        ["project:", "on:", "voucher:", "amount:", "fields:"],
    ),
    "ScoreReported": (
        {"project": "P-1", "on": "2023", "score": "a"},
        ["on:", "score:", "fields:"],
    ),
    "BudgetAdjusted": (
        {"project": "P-1", "on": "x", "kind": "y", "amount": "1.001", "source": " "},
        ["on:", "kind:", "amount:", "source:", "fields:"],
    ),
    "ResultReported": (
        {"on": "x", "indicator": "", "value": "1e9999999", "date": 7, "rating": "?"},
        ["project:", "on:", "indicator:", "value:", "date:", "rating:", "fields:"],
    ),
}


@pytest.mark.parametrize("kind", ALL_WRONG)
def test_all_bad_fields_of_a_line_are_said_in_one_round(ledger, tmp_path, kind):
    """Not the first alone: who mends a file mends a line once."""
    row, names = ALL_WRONG[kind]
    file = tmp_path / "bad.jsonl"
    file.write_text(json.dumps({"type": kind, **row, "odd": 1}), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        ledger.record(file)
    (problem,) = map(str, caught.value.problems)
    for name in names:
        assert f"{name} found" in problem, (name, problem)


def test_an_empty_amount_of_a_table_asks_for_an_amount(ledger, tmp_path):
    """A table knows no texts: what is wanted is an amount, not its form in JSON."""
    file = tmp_path / "facts.csv"
    file.write_text("type,project,on,voucher,amount\nDisbursed,P-1,2023-02-01,8,\n")
    with pytest.raises(InvalidBatch, match=r"an amount, such as 1234\.50$"):
        ledger.record(file)


def test_a_first_line_of_empty_cells_is_said_to_have_nothing(tmp_path):
    """Not as many empty quotes as it has commas."""
    file = tmp_path / "nohead.csv"
    file.write_text(",,,,\na,b,c,d,e\n", "utf-8")
    with Ledger.open(":memory:", actor="finance") as ledger:
        with pytest.raises(InvalidInput) as caught:
            ledger.record(file)
        assert "第 1 行：没有填写；" in caught.value.text("zh")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_table_is_taken_as_excel_saves_it(approved, write, encoding, between):
    """In Chinese Windows and elsewhere; that it is not UTF-8 is said once."""
    heads = "type", "project", "on", "voucher", "amount", "payee"
    rows = [
        ("Disbursed", "P-1", "2023/3/20", voucher, "1", "县中医院")
        for voucher in ("支-1", "支-2")
    ]
    lines = [between.join(row) for row in (heads, *rows)]
    file = write(raw="\r\n".join(lines).encode(encoding))
    review = approved.review_record(file)
    assert [event.voucher for event in review.events] == ["支-1", "支-2"]
    assert {event.payee for event in review.events} == {"县中医院"}
    odd = [] if encoding == "utf-8-sig" else ["text.encoding"]
    assert [told.code for told in review.findings] == odd


def test_a_damaged_byte_makes_no_other_text_of_a_file(approved, write):
    """Bytes of UTF-8 can be read as GB18030: as words that nobody wrote."""
    head = "type,project,on,voucher,amount,payee\n"
    raw = f"{head}Disbursed,P-1,2023-03-20,V,1,县中医院门诊".encode()[:-2]
    with pytest.raises(InvalidInput, match="line 2"):
        approved.record(write(raw=raw))


def test_the_lock_file_of_excel_is_named(approved, tmp_path):
    """It stands beside a workbook that is open, and looks like it in a list."""
    path = tmp_path / "~$month.xlsx"
    path.write_bytes(b"\x04user" + bytes(160))
    for take in (approved.record, approved.import_forms, approved.review_record):
        with pytest.raises(InvalidInput, match=r"itself, month\.xlsx, saved"):
            take(path)
