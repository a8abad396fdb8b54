"""Export, restore and backup: the same record comes back, or none at all."""

import attrs
import pytest

from ledger import Checkpoint, InvalidInput, Ledger, Settings, SpendingPlan
from ledger.audit import restore as restoring
from ledger.domain.money import Currency
from ledger.errors import NotProven
from ledger.store.signing import PrivateKey
from support import Clock, approval, cut, day, disbursement
from support_faults import facts, verified
from support_restore import EXPORTED


def test_what_is_restored_is_what_was_exported(source, exported, restored, path):
    """Root, lines, settings, origin and reports are the same, and it can be gone on with."""
    lines, kept = exported
    done = restored(lines, kept)
    assert done.ok
    assert (done.events, done.root) == (EXPORTED, kept.root.hex())
    assert facts(path) == facts(source)
    assert verified(path, kept).ok
    with Ledger.open(path, actor="a", create=False) as ledger:
        assert ledger.checkpoint().origin == kept.origin
        assert ledger.checkpoint().note == kept.note
        ledger.append(disbursement(1, "next", project="P-0"))
        assert ledger.verify(kept).ok


def test_nothing_but_the_ledger_is_left_beside_it(exported, restored, path):
    """One file came, whole."""
    restored(*exported)
    assert sorted(each.name for each in path.parent.iterdir()) == ["lines", path.name]


def test_an_export_is_the_lines_and_a_checkpoint(source, tmp_path):
    """The files are what the leaves are made of, and the note of what they come to."""
    out, note = tmp_path / "out.jsonl", tmp_path / "note"
    with Ledger.open(source, read_only=True, actor="a") as ledger:
        kept = ledger.export(out, checkpoint=note)
        assert out.read_bytes() == b"".join(each + b"\n" for each in ledger.lines())
        assert kept == ledger.checkpoint()
    assert note.read_bytes().decode() == kept.note
    assert sorted(each.name for each in tmp_path.iterdir()) == ["note", "out.jsonl"]


@pytest.mark.parametrize("until", [0, 6, 7, EXPORTED - 1])
def test_an_export_through_a_position_is_restored(source, restored, path, until):
    """What comes is the ledger as it was then."""
    out = path.with_suffix(".jsonl")
    with Ledger.open(source, read_only=True, actor="a") as ledger:
        kept = ledger.export(out, until=until)
        root = ledger._parts.log.root_at(until).hex()
    done = restored(out.read_bytes(), kept)
    assert (done.events, done.root) == (until, root)
    assert verified(path, kept).ok


def test_an_export_ends_at_a_sealed_checkpoint_with_its_signatures(ledger, tmp_path):
    """Who sealed it vouches for the copy."""
    pytest.importorskip("cryptography")
    key = PrivateKey("clerk", bytes(32))
    ledger.append(approval())
    sealed = ledger.seal(key)
    ledger.append(disbursement())
    out = tmp_path / "out.jsonl"
    assert ledger.export(out, until=1) == sealed
    target = tmp_path / "restored.ledger"
    assert Ledger.restore(target, out, sealed, key=key.public()).ok
    assert verified(target, sealed).ok
    with Ledger.open(target, read_only=True, actor="a") as copy:
        assert copy.checkpoint() == sealed


def test_a_checkpoint_that_the_key_did_not_sign_is_refused(exported, restored, path):
    """The whole is not what it claims to be, and does not come."""
    pytest.importorskip("cryptography")
    key = PrivateKey("clerk", bytes(32)).public()
    with pytest.raises(NotProven, match="not signed by clerk"):
        restored(*exported, key=key)
    assert not path.exists()


def test_every_setting_comes_back(path, tmp_path):
    """Currency, first month, convention and title are those of the export."""
    settings = Settings(
        currency=Currency("KRW"), first_month=4, convention="step", title="标题"
    )
    origin = tmp_path / "origin.ledger"
    with Ledger.open(origin, actor="a", settings=settings, clock=Clock()) as ledger:
        plan = SpendingPlan(checkpoints=(Checkpoint(day(3, 31), 100_000),))
        ledger.append(approval(fiscal_year=2022, plan=plan))
        kept = ledger.export(tmp_path / "out.jsonl")
        lines = list(ledger.lines())
    Ledger.restore(path, tmp_path / "out.jsonl", kept)
    with Ledger.open(path, actor="a") as ledger:
        assert ledger.settings == settings
        assert list(ledger.lines()) == lines


def test_progress_is_three_times_the_events(exported, restored):
    """Each line is read, checked, and its leaf read again."""
    steps = []
    restored(*exported, progress=steps.append)
    assert sum(steps) == 3 * EXPORTED


def other(lines, number, old, new):
    """Return lines of which one is changed."""
    assert old in lines[number - 1]
    changed = lines[number - 1].replace(old, new)
    return [*lines[: number - 1], changed, *lines[number:]]


# What is done to the lines, and the number of the line that is refused.
BAD = {
    "two in another order": (
        9,
        lambda lines: [*lines[:8], lines[9], lines[8], *lines[10:]],
    ),
    "one missing": (9, lambda lines: lines[:8] + lines[9:]),
    "the first missing": (1, lambda lines: lines[1:]),
    "one twice": (10, lambda lines: [*lines[:9], *lines[8:]]),
    "an extra line": (EXPORTED + 1, lambda lines: [*lines, lines[-1]]),
    "an empty line": (5, lambda lines: [*lines[:4], b"\n", *lines[4:]]),
    "an empty line at the end": (EXPORTED + 1, lambda lines: [*lines, b"\n"]),
    "lines that end as on Windows": (
        1,
        lambda lines: [each[:-1] + b"\r\n" for each in lines],
    ),
    "a blank": (9, lambda lines: other(lines, 9, b'"actor":"', b'"actor": "')),
    "another order of keys": (
        9,
        lambda lines: other(
            lines,
            9,
            b'{"actor":"tester","cause":null',
            b'{"cause":null,"actor":"tester"',
        ),
    ),
    "an escape": (9, lambda lines: other(lines, 9, b'"tester"', b'"t\\u0065ster"')),
    "a number in another spelling": (
        9,
        lambda lines: other(lines, 9, b'"position":9,', b'"position":9.0,'),
    ),
    "a key twice": (
        9,
        lambda lines: other(lines, 9, b'{"actor"', b'{"actor":"x","actor"'),
    ),
    "a key too many": (
        9,
        lambda lines: other(lines, 9, b'{"actor"', b'{"a":1,"actor"'),
    ),
    "another format": (9, lambda lines: other(lines, 9, b"ledger/3", b"ledger/4")),
    "an unknown type": (9, lambda lines: other(lines, 9, b"Disbursed", b"Dispersed")),
    "a later schema": (9, lambda lines: other(lines, 9, b'"schema":1', b'"schema":2')),
    "another position": (
        9,
        lambda lines: other(lines, 9, b'"position":9', b'"position":8'),
    ),
    "another version": (
        9,
        lambda lines: other(lines, 9, b'"version":', b'"version":1'),
    ),
    "another stream": (
        9,
        lambda lines: other(lines, 9, b'"project:', b'"project:2023:X'),
    ),
    "no UTF-8": (9, lambda lines: other(lines, 9, b"tester", b"\xff")),
    "no UTF-8 in the payload": (
        9,
        lambda lines: other(lines, 9, b'"payload":{', b'"payload":{"x":"\xff",'),
    ),
    "no JSON": (9, lambda lines: [*lines[:8], b"what\n", *lines[9:]]),
    "deep nesting": (9, lambda lines: [*lines[:8], b"[" * 100_000 + b"\n", *lines[9:]]),
    "cut off": (EXPORTED, lambda lines: [*lines[:-1], lines[-1][:-1]]),
    "cut off within": (EXPORTED, lambda lines: [*lines[:-1], lines[-1][:50]]),
    "cut off before the line end": (9, lambda lines: [*lines[:8], lines[8][:-1]]),
    "a text before": (1, lambda lines: [b"\xef\xbb\xbf", *lines]),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_refused_with_its_number(exported, restored, path, name):
    """The first one is named, and nothing is left behind."""
    lines, kept = exported
    number, change = BAD[name]
    with pytest.raises(
        (NotProven, InvalidInput), match=rf"given\.jsonl, line {number}: "
    ):
        restored(change(lines), kept)
    assert [each.name for each in path.parent.iterdir()] == ["lines"]


WHOLE = {
    "an amount": lambda lines: other(lines, 9, b'"amount":', b'"amount":1'),
    "an actor": lambda lines: other(lines, 9, b"tester", b"Tester"),
    "an instant": lambda lines: other(
        lines, 9, b'"recorded_at":"2024', b'"recorded_at":"2022'
    ),
    "the end cut off": lambda lines: lines[:-1],
    "nothing at all": lambda _: [],
}


@pytest.mark.parametrize("name", WHOLE)
def test_lines_that_are_not_those_of_the_checkpoint_are_refused(
    exported, restored, path, name
):
    """A line that could be one is still not the one that was sealed."""
    lines, kept = exported
    with pytest.raises(NotProven, match=r"given\.jsonl: "):
        restored(WHOLE[name](lines), kept)
    assert [each.name for each in path.parent.iterdir()] == ["lines"]


def test_lines_are_as_many_as_the_checkpoint_says(exported, restored, source):
    """Neither is there one more, nor one less."""
    lines, kept = exported
    with Ledger.open(source, read_only=True, actor="a") as ledger:
        early = ledger.checkpoint(cut(ledger, 30))
    with pytest.raises(NotProven, match=rf"its checkpoint is of {early.size} lines"):
        restored(lines, early)
    with pytest.raises(NotProven, match=r": has 41 lines; its checkpoint says 42"):
        restored(lines[:-1], kept)


def test_another_format_is_named(exported, restored):
    """What a later version writes is told from what was damaged."""
    lines, kept = exported
    with pytest.raises(NotProven, match=r"line 9: has the format 'ledger/4'"):
        restored(other(lines, 9, b"ledger/3", b"ledger/4"), kept)


OTHER_CHECKPOINTS = {
    "another root": ({"root": bytes(32)}, NotProven),
    "a larger size": ({"size": EXPORTED + 1}, NotProven),
    "a smaller size": ({"size": EXPORTED - 1}, NotProven),
    "another origin": ({"origin": "ledger/other"}, NotProven),
    "no settings": ({"conventions": "{}"}, InvalidInput),
    "settings that are no JSON": ({"conventions": "{"}, InvalidInput),
    "settings that are a list": ({"conventions": "[]"}, InvalidInput),
    "settings of numbers": ({"conventions": '{"title":1}'}, InvalidInput),
}


@pytest.mark.parametrize("name", OTHER_CHECKPOINTS)
def test_under_a_wrong_checkpoint_nothing_is_restored(exported, restored, path, name):
    """Its name, size, root and settings all have to fit."""
    lines, kept = exported
    fields, kind = OTHER_CHECKPOINTS[name]
    with pytest.raises(kind):
        restored(lines, attrs.evolve(kept, **fields))
    assert [each.name for each in path.parent.iterdir()] == ["lines"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"CNY"', '"USD"'),
        ('"CNY"', '"XXXX"'),
        ('"1"', '"13"'),
        ('"1"', '"x"'),
        ('"title":""', '"more":""'),
    ],
)
def test_other_settings_than_those_sealed_do_not_come(
    exported, restored, path, old, new
):
    """Settings that cannot be, and settings of which the lines are not, are refused."""
    lines, kept = exported
    conventions = kept.conventions.replace(old, new)
    assert conventions != kept.conventions
    forged = attrs.evolve(kept, conventions=conventions)
    try:
        restored(lines, forged)
    except (NotProven, InvalidInput):
        assert not path.exists()
    else:
        # Nobody vouches for a checkpoint without a signature: it is taken at its word.
        assert verified(path, forged).ok
        assert not verified(path, kept).ok


def test_a_line_too_long_is_not_read(exported, restored, path, monkeypatch):
    """It is refused by its number before all of it is in memory."""
    lines, kept = exported
    monkeypatch.setattr(restoring, "LONGEST_LINE", max(map(len, lines)))
    assert restored(lines, kept).ok
    path.unlink()
    long = other(lines, 9, b"tester", b"t" * max(map(len, lines)))
    with pytest.raises(InvalidInput, match="line 9: found a line too long"):
        restored(long, kept)
    assert not path.exists()
