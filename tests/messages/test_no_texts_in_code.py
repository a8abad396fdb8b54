"""
No text stands in code: what is said is a code of the tables.

Every literal of the sources is looked at. One with a Chinese character, with signs of
Chinese, or with English words one after another is a text, unless a rule says what else
it is.
"""

import ast
import re
from pathlib import Path

import pytest

import ledger

SOURCES = Path(ledger.__file__).parent
HAN = re.compile("[\u3400-\u9fff\u3001-\u301f\uff01-\uff5e“”]")
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z]{2,}")

READING = (
    "domain/chinese_numbers.py domain/target_blanks.py "
    "domain/printed_multiple.py domain/target.py domain/target_parser.py domain/target_kind.py domain/text_shapes.py domain/units.py "
    "domain/funding.py domain/identity.py domain/weight_groups.py domain/due_days.py domain/plan.py "
    "domain/indicator.py intake/checks.py intake/execution_weight.py intake/courses.py "
    "intake/form_money.py intake/indicator_checks.py intake/money_units.py "
    "intake/fields.py intake/readers/ intake/segmentation/ cli/meant.py"
).split()
"""
Where printed forms are read: their labels and the words of targets are Chinese, as
are words that may be typed for commands.

Nothing of it may be said: no literal of these is given to what says it.
"""

LAYOUTS = ("reports/values/printed_number.py",)
"""Numbers are read from the prescribed forms, and printed in them."""

LIBRARIES = ("messages/library_words.py",)
"""What libraries say in English, which is recognised and said in our own words."""

TYPES = ("domain/choice_words.py",)
"""The words for members once more, for type checkers; a test compares the two."""

# Until these take their words from the tables.
PENDING = (
    "intake/templates/",
    "reports/render/official_",
    "reports/values/monitoring.py",
)

OTHERWISE = (*READING, *LAYOUTS, *LIBRARIES, *TYPES)
"""Files whose texts are of other kinds than what is said to a reader."""

SAYS = frozenset(
    "finding message InvalidInput InvalidAmount LogCorrupted NotProven say Message "
    "print fault note secho echo put write_string merge".split()
)
"""What takes a text that a reader will see."""

SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|CREATE|WITH|PRAGMA|BEGIN|CAST|SET|BEFORE|WHERE|AND|FROM|ORDER|, leaf)\b"
    r"| FOR EACH | EXECUTE FUNCTION | RETURNS trigger | ON ledger| ORDER BY | FROM | AND | IN \(|stream = \?|position [=>]|typeof\(|\"key\""
    r"|version, position|\(projection|stream, (version|projection)"
)

TAG = re.compile(r"<\w+ style=\"|^import (gc, )?sys$", re.MULTILINE)
"""What a browser or Python reads."""


REASONS = {
    " has no attribute ": "what Python says of a wrong name, to a programmer",
    "; it is in ": "what Python says of a wrong name, to a programmer",
    "; the nearest is ": "what Python says of a wrong name, to a programmer",
    "in force": "how a figure comes about, a key of the registry",
    "Cannot operate on a closed": "what sqlite3 says, to recognise it",
    "Microsoft Office": "the name of a program",
    "Microsoft YaHei": "the name of a font",
    "/Applications/Microsoft Excel.app": "the path of a program",
    " bytes are no frontier of ": "a fault of ours, said to who finds it",
    "=+-@＝＋－＠": "what a spreadsheet takes as the beginning of a formula",
    "bold red": "how a terminal draws a word",
    "carried_over and lapsed": "two fields, whose words are in the tables",
    "不未无非": "what makes of a word its opposite, which is never suggested",
    "psycopg psycopg-binary": "the names of two packages",
    "numerator with denominator": "a member, whose words are in the tables",
    "预算执行率，": "characters that a terminal must have to be spoken to in Chinese",
    "“": "a sign that a terminal may lack, and what stands for it",
    "”": "a sign that a terminal may lack, and what stands for it",
}
"""Literals that no rule tells apart from texts, each with what it is."""


class Literals(ast.NodeVisitor):
    """Collects the literals of a file that are texts, by the rules."""

    def __init__(self, file):
        self.file = file
        self.found = []
        self.silent, self.said = set(), set()

    def visit(self, node):
        """Leave out what stands for no text, then look further."""
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            self._leave_out_docstrings(node.body)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_text = has_words if id(node) in self.said else self.is_text
            if id(node) not in self.silent and is_text(node.value):
                self.found.append((node.lineno, node.value))
        elif isinstance(node, ast.Call) and self.is_silent(node):
            self.silent |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Call) and called(node) in SAYS:
            self.said |= {id(part) for part in given(node)}
        elif is_of_python(node) or is_enumeration(node):
            self.silent |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.AnnAssign):
            self.silent |= {id(part) for part in ast.walk(node.annotation)}
        super().visit(node)

    def _leave_out_docstrings(self, body):
        for statement in body:
            if isinstance(statement, ast.Expr) and is_literal(statement.value):
                self.silent.add(id(statement.value))

    def is_silent(self, call):
        """Check whether a call makes a pattern or a list of words, which say nothing."""
        name = called(call)
        if name == "split" and not call.args:
            return True
        return name in {"compile", "fullmatch", "TypeAliasType"}

    def is_text(self, literal):
        """Check whether a literal is a text that somebody may read."""
        if literal in REASONS or self.file.startswith(OTHERWISE):
            return False
        if self.file.startswith(("store/sqlite/", "store/postgres/")) and SQL.search(
            literal
        ):
            return False
        return has_words(literal) and not TAG.search(literal)


def has_words(literal):
    """Check whether a literal has a sign of Chinese, or English words."""
    return bool(HAN.search(literal) or SENTENCE.search(literal)) and (
        literal not in REASONS
    )


def given(call):
    """Yield what a call is given, that of calls within it left out."""
    waiting = [*call.args, *(each.value for each in call.keywords)]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.Call):
            waiting += ast.iter_child_nodes(node)


def is_enumeration(node):
    """Check whether a class lists members, whose words are in the tables."""
    bases = node.bases if isinstance(node, ast.ClassDef) else ()
    names = {getattr(base, "id", "") for base in bases}
    return bool(names & {"Enum", "StrEnum", "KeyedEnum", "EnumOfRows"})


def is_literal(node):
    """Check whether an expression is a literal text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def called(call):
    """Return the name of what is called."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def is_of_python(node):
    """Check whether an error is one of Python, which a programmer reads, in English."""
    raised = node.exc if isinstance(node, ast.Raise) else None
    name = called(raised) if isinstance(raised, ast.Call) else ""
    return name in {"TypeError", "AttributeError", "AssertionError"}


def texts_of(file, source):
    """Return the texts that stand in the source of a file, with their lines."""
    literals = Literals(file)
    literals.visit(ast.parse(source))
    return literals.found


def sources():
    """Yield each file of the package with its text."""
    for path in sorted(SOURCES.rglob("*.py")):
        file = path.relative_to(SOURCES).as_posix()
        if not file.startswith(PENDING):
            yield file, path.read_text("utf-8")


def test_no_text_stands_in_code():
    """It would be English to a reader of Chinese, or the other way round."""
    found = [
        f"{file}:{line}: {text!r}"
        for file, source in sources()
        for line, text in texts_of(file, source)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("file", "source", "texts"),
    [
        ("cli/facts.py", 'say("no such project")', ["no such project"]),
        ("cli/facts.py", 'say(f"{name}：{found}")', ["："]),
        ("reports/values/a.py", 'UNIT = "万元"', ["万元"]),
        ("reports/values/a.py", '"""万元 is a unit"""', []),
        ("domain/units.py", 'UNITS = {"人 名": "a head"}', []),
        ("domain/units.py", 'finding("unit", found="人")', ["人"]),
        ("domain/units.py", 'finding("unit", expected=one_of("人"))', []),
        ("domain/a.py", 'FIELDS = "a few of them".split()', []),
        ("domain/a.py", 'class Kind(StrEnum):\n    ON = "on track"', []),
        ("domain/a.py", 'raise TypeError(f"{name} has no row")', []),
        ("domain/a.py", 'raise ValueError("that is no row")', ["that is no row"]),
        ("store/sqlite/a.py", 'query("SELECT size FROM head")', []),
        ("store/line.py", 'query("SELECT size FROM head")', ["SELECT size FROM head"]),
    ],
)
def test_a_text_in_code_is_found(file, source, texts):
    """Whatever takes it; what stands for none is told apart by where it stands."""
    assert [text for _, text in texts_of(file, source)] == texts


def test_each_reason_is_of_a_literal():
    """A reason that nothing needs would let a text through."""
    literals = {
        node.value
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if is_literal(node)
    }
    assert REASONS.keys() <= literals


@pytest.mark.parametrize("place", [*READING, *LAYOUTS])
def test_each_place_of_reading_has_labels_of_forms(place):
    """Else it would be left out for nothing."""
    path = SOURCES / place
    files = path.rglob("*.py") if path.is_dir() else [path]
    assert any(HAN.search(file.read_text("utf-8")) for file in files)
