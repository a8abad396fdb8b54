"""Rows and lines that could be read in two ways, or that no append makes."""

import shutil

import pytest

from ledger import Ledger
from ledger.audit.proof import Proof
from ledger.errors import NotProven
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.line import line, parsed
from ledger.store.merkle import Frontier, inclusion_proof, leaf_hash
from support_faults import filled, verified, works
from support_tampering import reseal, rewrite

LAST = 312
"""The position of the last event: a payment."""

PAYLOAD = -2
REQUEST = 11
"""Its place in a stored row; the leaf follows."""

COLUMNS = {
    "stream": 1,
    "id": 3,
    "on": 6,
    "recorded_at": 7,
    "actor": 8,
    "key": 9,
    "cause": 10,
    "request": 11,
}
INSTANT = "2026-11-29T08:00:00.000001Z"
CHANGED = {
    "a stream with JSON in it": ("stream", 'project:2023:P-0","unit":"U'),
    "a stream of nothing": ("stream", "project:"),
    "a stream of another kind": ("stream", "projects:P-0"),
    "a stream with a blank": ("stream", "project:2023:P 0"),
    "a date with JSON in it": ("on", '2023-05-01","voucher":"X'),
    "a date with a blank": ("on", "2023-05-01 "),
    "a date without dashes": ("on", "20230501"),
    "a date that is an instant": ("on", "2023-05-01T00:00:00"),
    "a day that there is not": ("recorded_at", "2126-99-99T08:00:00.000000Z"),
    "an hour that there is not": ("recorded_at", "2126-11-29T24:00:00.000000Z"),
    "an instant of another zone": ("recorded_at", "2126-11-29T08:00:00.000000+00:00"),
    "an instant in short": ("recorded_at", "2126-11-29T08:00:00Z"),
    "an instant with a blank": ("recorded_at", "2126-11-29 08:00:00.000000Z"),
    "an instant in other digits": ("recorded_at", "2126-11-29T08:00:00.00000１Z"),
    "an id in capitals": ("id", "FFFFFFFF-FFFF-7FFF-BFFF-0FFFFFFFFFFF"),
    "an id that is no UUID": ("id", "zz"),
    "no id": ("id", ""),
    "an id of version 4": ("id", "019f0000-0000-4000-8000-000000000000"),
    "an id of another variant": ("id", "019f0000-0000-7000-c000-000000000000"),
    "an id without dashes": ("id", "019f000000007000800000000000000000ff"),
    "an id with blanks": ("id", "019f0000-0000-7000-8000-00000000 00 "),
    "an id that leaves no room": ("id", "019f0000-0000-7000-8000-ffffffffffff"),
    "an id of the future": ("id", "ffffffff-ffff-7000-8000-000000000000"),
    "no actor": ("actor", ""),
    "a blank actor": ("actor", " "),
    "an actor with a line end": ("actor", "a\nb"),
    "an actor that turns text around": ("actor", "a\u202eb"),
    "an actor with an escape": ("actor", "a\x1b[2Jb"),
    "a long actor": ("actor", "a" * 201),
    "an empty key": ("key", ""),
    "a key with a control": ("key", "a\0b"),
    "a long key": ("key", "a" * 201),
    "an empty cause": ("cause", ""),
    "a cause with a control": ("cause", "\x7f"),
    "a key without a request": ("key", "k"),
    "a request that is no digest": ("request", "A" * 64),
}
PAYLOADS = {
    "a blank": ('"amount":', '"amount": '),
    "an escape": ('"amount":', '"am\\u006funt":'),
    "an escape in a value": ('"voucher":"W', '"voucher":"\\u0057'),
    "a key twice": ('"amount":', '"amount":1,"amount":'),
    "a key that is not known": ('"amount":', '"a":1,"amount":'),
    "a key of the line": ('"amount":', '"on":"2023-05-02","amount":'),
    "a stream of its own": ('"amount":', '"project":"P-1","amount":'),
    "a number with a point": ('"amount":5', '"amount":5.0'),
    "a number with an exponent": ('"amount":5', '"amount":5e0'),
    "a negative nought": ('"amount":5', '"amount":-0'),
    "a blank at the end": ("}", "} "),
    "an escape of terminals": ('"voucher":"W', '"voucher":"\\u001bW'),
    "a NUL": ('"voucher":"W', '"voucher":"\\u0000W'),
    "a line end in a name": ('"voucher":"W', '"voucher":"\\nW'),
    "another direction": ('"voucher":"W', '"voucher":"\u202eW'),
    "a control of eight bits": ('"voucher":"W', '"voucher":"\x9bW'),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is rewritten in copies."""
    return filled(tmp_path_factory.mktemp("readings") / "sound.ledger")


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture(scope="module")
def last(sound):
    """Return the last row."""
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        row = parsed(list(ledger.lines())[-1])
    assert row[0] == LAST
    return row


def proved(raw, position=LAST):
    """Return the proof of a line under the checkpoint of a log that ends with it."""
    leaves = [*[bytes(32)] * (position - 1), leaf_hash(raw)]

    def root(start, stop):
        frontier = Frontier()
        frontier.extend(leaves[start:stop])
        return frontier.root()

    one = LogCheckpoint(
        origin="o", size=position, root=root(0, position), conventions="{}"
    )
    path = tuple(inclusion_proof(position - 1, position, root))
    return Proof(line=raw, path=path, checkpoint=one)


def test_an_unchanged_line_is_proved(last):
    """The proofs made here are refused for nothing but their lines."""
    assert proved(line(last)).check().position == LAST


@pytest.mark.parametrize("what", CHANGED)
def test_an_envelope_that_no_append_makes_is_found_by_both(copy, last, what):
    """By verify, where all else agrees, and by check, that has nothing but the line."""
    name, value = CHANGED[what]

    def change(rows):
        rows[-1][COLUMNS[name]] = value
        return rows

    rewrite(copy, change, snapshots=False)
    reseal(copy)
    done = verified(copy)
    assert {f.code for f in done.findings} & {"log.events", "log.order", "log.rules"}
    row = list(last)
    row[COLUMNS[name]] = value
    with pytest.raises(NotProven):
        proved(line(tuple(row))).check()


@pytest.mark.parametrize("what", PAYLOADS)
def test_a_payload_of_two_readings_is_found_by_both(copy, last, what):
    """There is one spelling of each fact."""
    old, new = PAYLOADS[what]

    def change(rows):
        assert rows[-1][PAYLOAD].count(old) == 1
        rows[-1][PAYLOAD] = rows[-1][PAYLOAD].replace(old, new)
        return rows

    rewrite(copy, change, snapshots=False)
    reseal(copy)
    assert {f.code for f in verified(copy).findings} & {"log.events", "log.rules"}
    payload = last[-1].replace(old.encode(), new.encode())
    with pytest.raises(NotProven):
        proved(line((*last[:-1], payload))).check()


LINES = {
    "a key twice": ('"actor":', '"actor":"x","actor":'),
    "a key that is not known": ('"actor":', '"a":1,"actor":'),
    "a blank": ('"actor":', '"actor": '),
    "an escape in a key": ('"actor":', '"\\u0061ctor":'),
    "an escape in a value": ('"ledger/', '"\\u006cedger/'),
    "another order": ('"version":', '"version":1,"version":'),
    "a blank at the end": ("}}", "}} "),
    "another line": ("}", "}\n{}"),
}


@pytest.mark.parametrize("what", LINES)
def test_a_line_of_two_readings_is_not_proved(last, what):
    """Whoever signs such a line signs two facts."""
    old, new = LINES[what]
    raw = line(last).decode()
    assert old in raw or what == "a blank at the end"
    changed = raw.replace(old, new, 1) if old in raw else raw + " "
    with pytest.raises(NotProven):
        proved(changed.encode()).check()


HIGHEST = {
    "a high id": ("id", "{start}-7fff-bfff-efffffffffff"),
    "a long actor": ("actor", "财" * 200),
    "a request without a key": ("request", "0" * 64),
    "a cause of any words": ("cause", "来文 〔2023〕7号"),
}


@pytest.mark.parametrize("what", HIGHEST)
def test_what_is_called_sound_can_be_appended_to(copy, last, what):
    """Whatever verify lets stand at the end, the next event follows it."""
    name, value = HIGHEST[what]

    def change(rows):
        rows[-1][COLUMNS[name]] = value.format(start=last[3][:13])
        if name == "key":
            rows[-1][REQUEST] = "0" * 64
        return rows

    rewrite(copy, change, snapshots=False)
    reseal(copy)
    assert verified(copy).ok, verified(copy).findings
    works(copy)
    assert verified(copy).ok
