"""Law: a table of a terminal splits no date, number, code or word, at any width."""

import re
import unicodedata
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ledger.reports.render.terminal import rendered, table

WORDS = ["2024-04-08", "13052923P00584010946H", "HT-2024-006", "(illustrative)"]
NUMBERS = ["0.00", "1,842.10", "-2,345,678.90", "100.7%", "–"]
CHINESE = ["办公楼更换空气源热泵", "冀财社2022年", "人社局，", "“就业”"]
CHINESE_HEADS = {
    "结账后登记事项": "结账后 登记 事项",
    "已承诺未支付": "已承诺 未支付",
    "已转下年（未结项）": "已转 下年 （未结项）",
    "全年预算数": "全年 预算数",
    "收款人": "收款人",
}
"""Heads, and the words that each is made of."""
HEADS = ["carried over to the next year", "on", "disbursed", *CHINESE_HEADS]
WHOLE = re.compile(r"[!-~–]+")

texts = st.lists(st.sampled_from([*WORDS, *CHINESE]), min_size=1, max_size=4)
heads = st.lists(st.sampled_from(HEADS), min_size=1, max_size=4)


@st.composite
def drawn_tables(draw):
    """Draw the heads of texts, those of figures, and rows of cells below them."""
    named, counted = draw(heads), draw(heads)
    row = st.tuples(
        *[texts.map(" ".join) for _ in named],
        *[st.sampled_from(NUMBERS) for _ in counted],
    )
    return named, counted, draw(st.lists(row, min_size=1, max_size=5))


def width(line):
    """Return how many columns *line* takes."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


def made(named, counted, rows):
    """Return a table."""
    shown = table(named, figures=counted)
    for row in rows:
        shown.add_row(*row)
    return shown


@given(drawn_tables(), st.integers(40, 160))
def test_what_is_whole_is_in_one_line(drawn, columns):
    """Every run of Latin letters and digits, as often as it was put in."""
    named, counted, rows = drawn
    text = rendered(made(*drawn), columns)
    assert max(map(width, text.splitlines())) <= columns
    asked = Counter(
        part for row in rows for cell in row for part in WHOLE.findall(cell)
    )
    shown = Counter(WHOLE.findall(text))
    assert all(shown[part] >= count for part, count in asked.items())
    assert (
        not shown.keys()
        - asked.keys()
        - {part for head in [*named, *counted] for part in WHOLE.findall(head)}
    )


@given(drawn_tables(), st.integers(40, 160))
def test_nothing_is_lost(drawn, columns):
    """Every sign of every cell is there, in a table or in lines below the first."""
    _, _, rows = drawn
    shown = Counter(rendered(made(*drawn), columns))
    asked = Counter("".join(cell for row in rows for cell in row).replace(" ", ""))
    assert all(shown[sign] >= count for sign, count in asked.items())


@given(
    st.lists(st.sampled_from([*CHINESE_HEADS]), min_size=1, max_size=6),
    st.integers(20, 160),
)
def test_no_word_of_a_chinese_head_is_split(drawn, columns):
    """Each line of a head holds whole words, in a table or in lines below the first."""
    shown = table(["on"], figures=drawn)
    shown.add_row("1", *["2.00"] * len(drawn))
    lines = rendered(shown, columns).split("─")[0].splitlines()
    words = {word for head in drawn for word in CHINESE_HEADS[head].split()}
    left = {part for line in lines for part in re.findall("[^!-~ ─]+", line)} - words
    for part in left:
        rest = part
        for word in sorted(words, key=len, reverse=True):
            rest = rest.replace(word, "")
        assert not rest, part


@given(drawn_tables())
def test_a_wide_terminal_has_a_line_for_each_row(drawn):
    """With figures that end in one column, below the end of their head."""
    _, counted, rows = drawn
    lines = rendered(made(*drawn), 1_000).splitlines()
    assert len(lines) == len(rows) + 2
    ends = {width(line.rstrip()) for line in lines}
    assert len(ends) == 1, ends
    assert all(len(line.split()) >= len(counted) for line in lines[2:])


def test_a_name_takes_the_room_of_empty_cells_behind_it():
    """The name of a unit over sums stands in one line, and figures below the others."""
    shown = table(["code", "stage", "name"], figures=["amount"])
    shown.add_row("HT-1", "contract", "a name", "1.00")
    shown.add_row("323001 人力资源局", "", "", "1.00")
    first, second = rendered(shown, 40).splitlines()[-2:]
    assert second.startswith(" 323001 人力资源局")
    assert width(first) == width(second)


def test_a_table_without_room_is_written_row_by_row():
    """Each figure after its head, below the first text."""
    shown = table(["code", "name"], figures=["amount of the year", "disbursed"])
    shown.add_row("13052923P00584010946H", "就业培训", "1,842.10", "3.00")
    assert rendered(shown, 40).splitlines() == [
        "13052923P00584010946H",
        "  name 就业培训",
        "  amount of the year 1,842.10",
        "  disbursed 3.00",
    ]
