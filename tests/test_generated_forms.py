from collections import Counter
from decimal import Decimal

import pytest

from generated_forms import generate
from generated_printing import FIELDS, LEVELS, TABLE_HEADER, wrap
from ledger.domain.codes import corrected_code

SEEDS = range(200)
PLAIN = ("title", "unit_code", "unit_name", "project_code", "project_name", "purpose")
MONEY = ("budget", "fiscal_funds", "other_funds")


@pytest.fixture(scope="module")
def documents():
    """Return a document for each seed, of one to three forms."""
    return [generate(seed, forms=1 + seed % 3) for seed in SEEDS]


def printed(project):
    """Return every text that a form shows; a level once for all its rows."""
    texts = [project[field] or "" for field in (*PLAIN, *MONEY)]
    texts += [*project["plan_columns"], *project["plan_row"], *project["goals"]]
    above = {}
    for row in project["indicators"]:
        new = [level for level in LEVELS if row[level] != above.get(level)]
        shown = LEVELS[LEVELS.index(new[0]) :] if new else ()
        texts += [row[field] or "" for field in (*shown, *FIELDS[len(LEVELS) :])]
        above = row
    return "".join(texts).replace(" ", "")


def test_the_same_seed_gives_the_same_document():
    """Nothing but the seed and the number of forms decides."""
    assert generate(7, forms=2) == generate(7, forms=2)
    assert generate(7).text != generate(8).text


def test_what_was_drawn_is_within_bounds(documents):
    """Three to fourteen indicators with different names, and one to five goals."""
    for document in documents:
        for project in document.content["projects"]:
            names = [row["level3"] for row in project["indicators"]]
            assert 3 <= len(names) <= 14
            assert len(set(names)) == len(names)
            assert 1 <= len(project["goals"]) <= 5


def test_forms_are_numbered_on(documents):
    """As many as were asked for, from the first number upwards."""
    for seed, document in zip(SEEDS, documents, strict=True):
        numbers = [project["seq"] for project in document.content["projects"]]
        first = numbers[0]
        assert numbers == list(range(first, first + 1 + seed % 3))


def test_codes_have_the_right_check_character(documents):
    """Every project code is of 21 characters and correct."""
    for document in documents:
        for project in document.content["projects"]:
            assert len(project["project_code"]) == 21
            assert corrected_code(project["project_code"]) is None


def test_money_adds_up(documents):
    """The sources sum to the budget; the plan reaches it, or sums to it."""
    for document in documents:
        for project in document.content["projects"]:
            budget, fiscal, other = (Decimal(project[f] or 0) for f in MONEY)
            plan = [Decimal(amount) for amount in project["plan_row"]]
            assert fiscal + other == budget
            assert budget in {plan[-1], sum(plan)}
            assert len(plan) <= len(project["plan_columns"])


def test_every_character_of_every_cell_is_in_the_text(documents):
    """Nothing a form says is lost in printing it."""
    for document in documents:
        said = Counter("".join(map(printed, document.content["projects"])))
        assert said <= Counter(document.text)


@pytest.mark.parametrize(
    "what",
    [
        "wrapped cell",
        "missing cell",
        "stray line break",
        "row over two pages",
        "table over two pages",
        "table on a new page",
        "goals over two pages",
    ],
)
def test_what_makes_reading_hard_occurs(documents, what):
    """Each in some documents, and none in all but the wraps."""
    having = sum(document.occurs[what] > 0 for document in documents)
    assert having >= 3
    assert having < len(documents) or what == "wrapped cell"


def test_a_divided_row_goes_on_below_the_repeated_header(documents):
    """The header stands once more for each further page of a table."""
    for document in documents:
        tables = len(document.content["projects"])
        more = document.occurs["table over two pages"]
        assert document.text.count(TABLE_HEADER) == tables + more
        assert document.occurs["row over two pages"] <= more


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("空气源热泵数量", 5.2, ["空气源热泵", "数量"]),
        ("优化环境，提升工作环境", 5.2, ["优化环境，", "提升工作环", "境"]),
        ("冀财规【2018】21号", 5.03, ["冀财规", "【2018】", "21号"]),
        ("巨政【2012】6号文件要求", 5.03, ["巨政", "【2012】6", "号文件要求"]),
        ("冀政办发[2016]4 号", 5.2, ["冀政办发", "[2016]4 号"]),
        ("业务处理及时性（%）", 5.2, ["业务处理及", "时性（%）"]),
        ("社会保险报销及时率（%）", 5.2, ["社会保险报", "销及时率", "（%）"]),
        ("≤0.1 万元\\件", 5.2, ["≤0.1 万元\\", "件"]),
        ("全县共有 255人", 5, ["全县共有", "255人"]),
        ("13052923P00584010949C", 10.7, ["13052923P00584010949", "C"]),
    ],
)
def test_lines_break_as_in_a_word_processor(text, width, lines):
    """Where a published document of 2023 breaks them; a blank at the end is gone."""
    assert wrap(text, width) == lines
