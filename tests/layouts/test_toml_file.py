"""Files of layouts: what is taken, and what is refused with place, found and right."""

import os
from pathlib import Path

import pytest

from ledger import InvalidInput
from ledger.layouts.labels import LONGEST
from ledger.layouts.shipped import layouts
from ledger.messages import Language
from ledger.reports import LAYOUTS, layout_text

BASED = 'based_on = "national"\n'
NATIONAL = layout_text("national")


def taken(tmp_path, text, name="own.toml"):
    """Write a layout, and read it."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return layouts(path, Language.CHINESE)


def refused(tmp_path, text):
    """Return the refusal of a layout, by its parts."""
    with pytest.raises(InvalidInput) as refusal:
        taken(tmp_path, text)
    problem = refusal.value
    return problem.field, str(problem.found), str(problem.expected)


def test_a_file_says_only_what_differs(tmp_path):
    """All else is that of the layout it is based on, also in forms like another."""
    own = taken(
        tmp_path, BASED + '[self_evaluation]\ntitle = "甲县自评表"\nclosing = []\n'
    )
    national = LAYOUTS["national"]
    assert own.self_evaluation.title == "甲县自评表"
    assert own.unit_self_evaluation.closing == ()
    assert own.unit_self_evaluation.title == national.unit_self_evaluation.title
    assert own.self_evaluation.columns == national.self_evaluation.columns
    assert own.monitoring == national.monitoring


def test_a_whole_layout_may_be_based_on_none(tmp_path):
    """The national one, printed and read again, is the same."""
    assert taken(tmp_path, NATIONAL) == LAYOUTS["national"]


def test_a_label_changes_its_words_wherever_they_stand(tmp_path):
    """In heads, rows and other labels."""
    own = taken(
        tmp_path,
        BASED + '[labels]\nspender = "用款单位"\nunit_name = "{spender}（{year}）"\n',
    )
    assert "用款单位" in own.self_evaluation.identity[1]
    assert "用款单位（{year}）" in own.unit_self_evaluation.identity[0]


@pytest.mark.parametrize(
    ("text", "place", "found", "right"),
    [
        ('colour = "red"', "own.toml", "colour", "language or based_on"),
        ("[monitoring]\ntitel = 1", "own.toml: monitoring", "titel", "title"),
        ("[labels]\na = 1", "own.toml: labels.a", "1", "text"),
        ('[labels]\nname = "x"', "own.toml: labels.name", "name", "no field has"),
        ('[labels]\n"a b" = "x"', "own.toml: labels.a b", "a b", "letters"),
        ('[labels]\na = "{a}"', "own.toml: labels.a", "a → a", "itself"),
        (
            '[labels]\na = "{b}"\nb = "x{c}"\nc = "{a}"',
            "own.toml: labels.a",
            "a → b → c → a",
            "itself",
        ),
        ('labels = "x"', "own.toml: labels", "x", "table"),
        ('language = "fr"', "own.toml: language", "fr", "zh or en"),
        ('level2 = "数量"', "own.toml: level2", "数量", "list"),
        ("level2 = [1]", "own.toml: level2[1]", "1", "text"),
        ('[ratings]\ngood = "好"', "own.toml: ratings", "good", "attained"),
        ("[ratings]\npartly = 2", "own.toml: ratings.partly", "2", "text"),
        ('[sources]\na = ["fiscal"]', "own.toml: sources", "fiscal", "one row without"),
        (
            '[sources]\na = ["x"]\nb = ["x"]\nc = []',
            "own.toml: sources",
            "x",
            "none twice",
        ),
        (
            "[monitoring]\nlandscape = 1",
            "own.toml: monitoring.landscape",
            "1",
            "true or false",
        ),
        ("[monitoring]\ncolumns = []", "own.toml: monitoring.columns", "", "block"),
        (
            '[monitoring]\nlike = "monitoring"',
            "own.toml: monitoring.like",
            "monitoring",
            "self_evaluation",
        ),
        (
            '[self_evaluation]\nlike = "unit_self_evaluation"',
            "own.toml: unit_self_evaluation.like",
            "self_evaluation",
            "monitoring",
        ),
        (
            '[monitoring]\ntitle = "{name}"',
            "own.toml: monitoring.title",
            "{name}",
            "year",
        ),
        ('[monitoring]\nperiod = "{"', "own.toml: monitoring.period", "{", "year"),
        (
            '[monitoring]\nnotes = ["{year.__class__}"]',
            "own.toml: monitoring.notes[1]",
            "{year.__class__}",
            "year",
        ),
        (
            '[monitoring]\nidentity = ["block x", "none y"]',
            "own.toml: monitoring.identity[2]",
            "none",
            "block",
        ),
        (
            '[monitoring]\nidentity = ["level2 x | level1 y"]',
            "own.toml: monitoring.identity[1]",
            "level2 x | level1 y",
            "from left to right",
        ),
        (
            '[monitoring]\nidentity = ["block {nothing}"]',
            "own.toml: monitoring.identity[1]",
            "{nothing}",
            "name",
        ),
        (
            '[monitoring]\nidentity = ["block {total}"]',
            "own.toml: monitoring.identity[1]",
            "{total}",
            "money_why",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_its_place(tmp_path, text, place, found, right):
    """File, key, what stands there, and what would be right."""
    where, there, expected = refused(tmp_path, BASED + text)
    assert where == place
    assert found in there
    assert right in expected


@pytest.mark.parametrize(
    ("column", "place", "right"),
    [
        ('{ key = "level9", label = "x", width = 9 }', ".key", "score"),
        ('{ key = "block", label = "x", width = 9 }', ".key", "score"),
        ('{ key = "why", label = "x" }', ".width", "the key width"),
        ('{ key = "why", label = "x", width = 0 }', ".width", "from 1 to 100"),
        ('{ key = "why", label = "x", width = true }', ".width", "from 1 to 100"),
        ('{ key = "why", label = "x", width = nan }', ".width", "from 1 to 100"),
        ('{ key = "why", label = "{x}", width = 5 }', ".label", "year"),
        ('{ key = "why", label = "x", width = 5, part_of = "z" }', ".part_of", "why"),
        ('{ key = "why", label = "x", width = 5, colour = "z" }', "", "part_of"),
        ("3", "", "table"),
    ],
)
def test_a_wrong_column_is_refused_by_its_place(tmp_path, column, place, right):
    """Its number, counted from 1, is part of it."""
    first = '{ key = "block", label = "x", width = 5 }'
    text = f"[self_evaluation]\ncolumns = [{first}, {column}]"
    where, _, expected = refused(tmp_path, BASED + text)
    assert where == f"own.toml: self_evaluation.columns[2]{place}"
    assert right in expected


@pytest.mark.parametrize("key", ["level3", "result", "target", "level1"])
def test_a_missing_column_is_refused(tmp_path, key):
    """And named."""
    lines = NATIONAL.splitlines()
    less = [line for line in lines if not line.startswith(f'  {{ key = "{key}"')]
    assert len(less) < len(lines)
    where, there, expected = refused(tmp_path, "\n".join(less))
    assert where == "own.toml: self_evaluation.columns"
    assert "block" in there
    assert expected.endswith(f"also {key}")


@pytest.mark.parametrize("key", ["title", "money", "columns", "closing"])
def test_a_missing_key_is_refused(tmp_path, key):
    """Where the layout is based on none."""
    start = NATIONAL.index("[monitoring]")
    text = NATIONAL[:start] + NATIONAL[start:].replace(f"\n{key} = ", f"\n{key}2 = ", 1)
    where, _, expected = refused(tmp_path, text)
    assert where == "own.toml: monitoring"
    assert key in expected
    tree = NATIONAL[:start] + '[monitoring]\ntitle = "x"\n'
    where, there, _ = refused(tmp_path, tree)
    assert (where, there) == ("own.toml: monitoring.period", "not there")


def test_a_missing_form_is_refused(tmp_path):
    """It is in no other layout."""
    where, there, expected = refused(
        tmp_path, NATIONAL[: NATIONAL.index("[monitoring]")]
    )
    assert (where, there) == ("own.toml: monitoring", "not there")
    assert "based_on" in expected


@pytest.mark.parametrize("base", ['"none"', '"own"', '"../national"', "3", "[]"])
def test_a_layout_is_based_on_one_of_the_package(tmp_path, base):
    """Not on itself, nor on another file."""
    where, _, expected = refused(tmp_path, f"based_on = {base}\n")
    assert where == "own.toml: based_on"
    assert "national" in expected or "text" in expected


@pytest.mark.parametrize(
    "text",
    [
        "x = ",
        "[labels\n",
        b"\xff\xfe",
        "a = " + "[" * 20_000,
        "x = 1\nx = 2",
        "based_on",
    ],
    ids=["value", "table", "bytes", "deep", "twice", "word"],
)
def test_what_is_no_toml_is_refused(tmp_path, text):
    """Where it stops being one is said."""
    where, there, expected = refused(tmp_path, text)
    assert where == "own.toml"
    assert "no TOML" in there
    assert "TOML" in expected


def test_a_million_synonyms_are_refused(tmp_path):
    """A file has a most in bytes, a list in entries, a text in characters."""
    many = ",".join(['"别名"'] * 1_000_000)
    where, there, expected = refused(tmp_path, BASED + f"level2 = [{many}]")
    assert (where, there) == ("own.toml", "more than 65536 bytes")
    assert expected == "at most 65536 bytes"
    some = ",".join(['"a"'] * 1_000)
    where, there, expected = refused(tmp_path, BASED + f"level2 = [{some}]")
    assert (where, there) == ("own.toml: level2", "1000 lines")
    assert expected == "at most 60 lines"


def test_labels_cannot_grow_without_end(tmp_path):
    """Each is twice the one before: it would be a thousand million characters."""
    rows = ['a0 = "一二三四五六七八"']
    rows += [f'a{n} = "{{a{n - 1}}}{{a{n - 1}}}"' for n in range(1, 28)]
    where, _, expected = refused(tmp_path, BASED + "[labels]\n" + "\n".join(rows))
    assert where == "own.toml: labels.a8"
    assert str(LONGEST) in expected


@pytest.mark.parametrize("name", ["none.toml", "folder.toml", "pipe.toml"])
def test_a_file_that_is_none_is_refused(tmp_path, name):
    """One that is not there, a folder, and what may never end."""
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(InvalidInput, match="can be read"):
        layouts(tmp_path / name, Language.CHINESE)


def test_a_name_that_there_is_not_is_refused():
    """The names that there are are said, and that a file may be given."""
    with pytest.raises(InvalidInput, match=r"national.*\.toml"):
        layouts("nation", Language.CHINESE)
    with pytest.raises(InvalidInput, match="national"):
        layout_text("../national")


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_of_the_package_is_whole(name, tmp_path):
    """Each is read, by itself and as the base of another."""
    shipped = LAYOUTS[name]
    assert taken(tmp_path, f'based_on = "{name}"\n') == shipped
    assert shipped.self_evaluation.title
    assert next(iter(LAYOUTS)) == "national"
    assert len(LAYOUTS) == len([*LAYOUTS])
    with pytest.raises(KeyError):
        LAYOUTS["x"]


def test_the_usual_forms_are_those_of_the_language():
    """National ones, and their edition in English."""
    assert layouts(None, Language.CHINESE) == LAYOUTS["national"]
    assert layouts(None, Language.ENGLISH) == LAYOUTS["english"]
    assert layouts(LAYOUTS["split"], Language.ENGLISH) == LAYOUTS["split"]


def test_a_path_may_be_a_text(tmp_path):
    """As it is at the command line."""
    path = tmp_path / "own.toml"
    path.write_text(BASED, "utf-8")
    assert layouts(str(path), Language.CHINESE) == LAYOUTS["national"]
    assert isinstance(path, Path)


def test_labels_that_stand_in_one_another_too_deep_are_refused(tmp_path):
    """A chain of them would end the program."""
    chain = "".join(f'a{n} = "{{a{n + 1}}}"\n' for n in range(1500))
    text = f'{BASED}[labels]\n{chain}a1500 = "x"\nproject_name = "{{a0}}"\n'
    place, found, expected = refused(tmp_path, text)
    assert place.startswith("own.toml: labels.a")
    assert found.startswith("project_name → a0 → … → a")
    assert "20 deep at most" in expected


@pytest.mark.parametrize("part", ["a", '"a"', "'a'"])
def test_a_key_of_many_parts_is_refused_before_it_is_read(tmp_path, part):
    """Of twenty thousand, reading one takes seconds and a gigabyte."""
    for text in (" . ".join([part] * 10_000) + " = 1", f"[{'.'.join([part] * 21)}]"):
        where, there, _ = refused(tmp_path, BASED + text)
        assert (where, there) == ("own.toml", "no TOML")


def test_rows_of_sources_have_a_most(tmp_path):
    """The refusal of a field names all there are, which come of each row."""
    rows = "".join(f'a{n} = ["p{n}"]\n' for n in range(20))
    where, there, _ = refused(tmp_path, BASED + f"[sources]\nother = []\n{rows}")
    assert (where, there) == ("own.toml: sources", "21 lines")


def test_how_a_unit_is_written_has_a_most(tmp_path):
    """It stands in each form, with the code and the name filled in."""
    where, there, _ = refused(tmp_path, BASED + f'coded = "{"{code}" * 400}"')
    assert (where, there) == ("own.toml: coded", "2400 characters")


def test_goals_of_a_monitoring_are_no_goals_achieved():
    """The monitoring of a transfer has no cell for what was achieved."""
    for form in (LAYOUTS["transfer"].monitoring, LAYOUTS["transfer"].unit_monitoring):
        assert form.goals_label == "年度总体目标"
