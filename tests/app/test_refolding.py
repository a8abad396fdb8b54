"""A report checked by two processes is the report checked by one."""

import json
from datetime import date

import msgspec
import pytest

from ledger import Ledger
from ledger.app import refolding
from ledger.domain.subject import SubjectKind
from support import approval
from support_faults import filled
from support_helper_process import meeting, said, spied

JUNE = date(2023, 6, 30)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger of several projects, and a report of it that was restated."""
    path = filled(tmp_path_factory.mktemp("refolding") / "sound.ledger")
    with Ledger.open(path, actor="a") as ledger:
        issued = ledger.monthly_report(2023, 6).to_dict()
        ledger.append(approval("P-new"))
        ledger.adjust_budget("P-0", "supplement", 5, on=date(2023, 6, 1))
    return path, issued


@pytest.fixture
def started(monkeypatch):
    """Have even a small ledger folded by two processes; return those started."""
    monkeypatch.setattr(refolding, "PAYS", 1)
    return spied(monkeypatch)


@pytest.fixture
def folded_here(monkeypatch):
    """Note the streams that are folded in this process."""
    seen = []
    real = refolding.Refolding._folded

    def noting(self, stream, parts):
        seen.append(stream)
        return real(self, stream, parts)

    monkeypatch.setattr(refolding.Refolding, "_folded", noting)
    return seen


def checked(sound):
    """Return what a check of the report says."""
    path, issued = sound
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        return ledger.verify_report(json.loads(json.dumps(issued)))


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_two_processes_find_what_one_finds(
    sound, share, started, folded_here, monkeypatch
):
    """The same is found, in the same order; and each does its own part."""
    with Ledger.open(sound[0], read_only=True, actor="a") as ledger:
        streams = ledger._parts.log.streams(SubjectKind.PROJECT)
    meeting(monkeypatch, share)
    two = checked(sound)
    assert len(started) == 1
    assert folded_here == streams[: len(streams) - int(len(streams) * share)]
    monkeypatch.setattr(refolding, "PAYS", 10**9)
    assert two == checked(sound)
    assert two.ok
    assert len(two.restated) > 1
    assert len(started) == 1


def test_a_message_of_another_stream_is_not_taken(
    sound, started, folded_here, monkeypatch
):
    """What the second process says of it is folded here instead."""

    def changed(raw):
        found = refolding._unpack(raw)
        return refolding._pack(
            msgspec.structs.replace(found, stream="project:2023:P-9")
        )

    said(monkeypatch, changed)
    two = checked(sound)
    assert len(started) == 1
    assert len(folded_here) > 1
    monkeypatch.setattr(refolding, "PAYS", 10**9)
    assert two == checked(sound)
