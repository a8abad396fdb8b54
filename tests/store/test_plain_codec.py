"""The fast codec and the plain one: the same bytes and the same events."""

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import NewType, Union, get_args, get_origin
from unicodedata import category

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import support_plain_codec as plain
from ledger.domain.characters import unfit
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.events import Disbursed, DisbursementReversed, ScoreReported
from ledger.domain.finding import Finding
from ledger.domain.funding import Funding
from ledger.domain.policy import CeilingFormula, Policy
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.streams import stream_in
from ledger.domain.subject import LEDGER
from ledger.messages import Message
from ledger.store.codec import EVENT_TYPES, Codec
from support_events import ONE_OF_EACH

GOLDEN = Path(__file__).parents[1] / "golden" / "lines.jsonl"
CODEC = Codec()
CODES = st.text(
    st.characters(categories=["L", "N"]) | st.sampled_from("-:"), min_size=1
)
CODES_OF = {"project", "unit"}
EXCLUDED = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING = "".join(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F))))
TURNING += "".join(map(chr, range(0x2066, 0x206A)))
TEXTS = st.text(
    st.characters(exclude_categories=[*EXCLUDED], exclude_characters=TURNING)
)
"""Texts that a fact may hold, built: filters would discard too many large events."""
WHOLE = {
    str: TEXTS,
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    bool: st.booleans(),
    Decimal: st.decimals(-(10**12), 10**12, places=3) | st.integers().map(Decimal),
    date: st.dates(),
}

MESSAGES = st.deferred(lambda: st.builds(Message, TEXTS, VALUES))
PARTS = TEXTS | WHOLE[int] | MESSAGES
VALUES = st.dictionaries(
    TEXTS, st.none() | PARTS | st.lists(PARTS, max_size=2), max_size=2
)
FINDINGS = st.builds(
    Finding,
    TEXTS,
    VALUES,
    place=st.lists(TEXTS | MESSAGES, max_size=2),
    found=st.none() | TEXTS | MESSAGES,
    understood=st.none() | TEXTS | MESSAGES,
    expected=st.none() | TEXTS | MESSAGES,
)


ABOUT = st.none() | st.sampled_from(["2023", "2023-06", "1999-12"])
"""What statements are about."""


def values(kind):
    """Return a strategy of the values that a field of this type may have."""
    if isinstance(kind, NewType):
        return values(kind.__supertype__)
    if kind in WHOLE:
        return WHOLE[kind]
    if kind is Finding:
        return FINDINGS
    if kind is Policy:
        shares = st.sampled_from([Decimal("0.8"), Decimal("0.95"), Decimal(1)])
        return st.builds(Policy, at_risk_below=shares, ceiling=values(CeilingFormula))
    if kind is ScoringRule:
        return st.builds(ScoringRule, weight_unit=st.sampled_from([1, Decimal("0.5")]))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*map(values, get_args(kind)))
    if kind is type(None):
        return st.none()
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    names = {field.name: values(field.type) for field in attrs.fields(kind)}
    if "about" in names:
        names["about"] = ABOUT
    codes = dict.fromkeys(CODES_OF & set(names), CODES)
    if set(names) & plain.columns(kind) >= CODES_OF:
        either = [{**codes, absent: st.none()} for absent in sorted(CODES_OF)]
        return st.one_of(*(st.builds(kind, **{**names, **one}) for one in either))
    return st.builds(kind, **{**names, **codes})


def columns(event):
    """Return the fields of *event* that are its day and its stream, as texts."""
    stream = stream_in(event, 2023)
    if stream == LEDGER:
        return {"on": event.on.isoformat()}
    kind, _, subject = stream.split(":", 2)
    return {"on": event.on.isoformat(), kind: subject}


def row(event, payload):
    """Return the row that the store would have for *event*."""
    name, stream, on = (
        type(event).__name__,
        stream_in(event, 2023),
        event.on.isoformat(),
    )
    return (1, stream, 1, "id", name, 1, on, "", "", None, None, None, payload)


def test_texts_are_of_every_character_that_a_fact_may_hold():
    """What is left out is what the library refuses, and nothing else."""
    for sign in map(chr, range(0x10000)):
        excluded = sign in TURNING or category(sign) in EXCLUDED
        assert excluded == (unfit(sign) is not None), hex(ord(sign))


def test_both_know_every_type():
    """A type that one of them lacks would not be compared."""
    assert dict(EVENT_TYPES) == plain.EVENT_TYPES


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=list(EVENT_TYPES))
@settings(max_examples=settings.default.max_examples // 4)
@given(data=st.data())
def test_any_event_has_the_same_bytes_and_is_read_as_the_same(kind, data):
    """Both write one payload for an event of any values, and read that event from it."""
    event = data.draw(values(kind))
    name, payload = plain.encode(event)

    assert CODEC.encode(event) == (name, 1, payload)
    assert CODEC.spelled(event) == payload
    assert CODEC.recorded(row(event, payload)).event == event
    assert plain.decode(name, columns(event), payload) == event


@pytest.mark.parametrize("text", GOLDEN.read_text(encoding="utf-8").splitlines())
def test_golden_lines_are_read_as_the_same_and_written_again(text):
    """The plain codec reads every line that ever shipped as the fast one does."""
    stored = json.loads(text)
    payload = plain.canonical(stored["payload"])
    kind, _, subject = stored["stream"].replace(":2023:", ":").partition(":")
    of = {kind: subject} if subject else {}
    event = plain.decode(stored["type"], {"on": stored["on"], **of}, payload)

    assert plain.canonical(stored).decode() == text
    assert plain.encode(event) == (stored["type"], payload)
    assert CODEC.recorded(row(event, payload)).event == event


def test_the_events_of_the_golden_lines_are_one_of_each_type():
    """No type is left out where its bytes are written down."""
    assert [plain.encode(event)[1] for event in ONE_OF_EACH] == [
        CODEC.encode(event)[2] for event in ONE_OF_EACH
    ]


def test_events_encoded_together_are_as_each_by_itself():
    """What is given ahead is the same; what needs a closer look is left to that."""
    codec = Codec()
    alone = [codec.encode(event) for event in ONE_OF_EACH]

    together = codec.all_encoded(ONE_OF_EACH)
    of = dict(zip(map(id, ONE_OF_EACH), alone, strict=True))
    assert together.items() <= of.items()
    types = {type(event) for event in ONE_OF_EACH if id(event) in together}
    assert types >= {DisbursementReversed, ScoreReported}

    paid = next(event for event in ONE_OF_EACH if type(event) is Disbursed)
    assert len(codec.all_encoded([paid, attrs.evolve(paid, voucher="V 2")])) == 2
    for odd in (
        attrs.evolve(paid, voucher="V\x1b[2J"),
        attrs.evolve(paid, amount="5"),
        "V",
    ):
        assert id(odd) not in codec.all_encoded([paid, odd])


def test_amounts_by_source_are_looked_at_one_by_one():
    """Many are encoded together only if each is a printable name and an integer."""
    codec = Codec()
    entered = next(e for e in ONE_OF_EACH if type(e) is CommitmentEntered)
    entered = attrs.evolve(entered, continues=None)
    assert entered.amounts
    alone = codec.encode(entered)
    assert codec.all_encoded([entered]) == {id(entered): alone}
    amounts = (
        (Funding(source="fiscal\x1b", amount=5),),
        (Funding(source="fiscal", amount=True),),
        (Funding(source="fiscal", amount="5"),),
        (Funding(source=5, amount=5),),
        (Funding(source="fiscal", amount=5), "fiscal"),
    )
    for parts in amounts:
        odd = attrs.evolve(entered, amounts=parts)
        assert codec.all_encoded([entered, odd]) == {}
