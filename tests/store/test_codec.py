"""Canonical lines: one spelling, read back for ever, older schemas included."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput
from ledger.domain.characters import unfit
from ledger.domain.finding import finding
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.streams import stream_in
from ledger.errors import LogCorrupted
from ledger.events import Disbursed, ResultReported, SpendingException
from ledger.messages import message
from ledger.store.codec import EVENT_TYPES, Codec
from ledger.store.line import line
from ledger.store.payload_shapes import is_in_order
from ledger.store.stored_texts import are_plain_texts
from support import PROJECT, approval, disbursement
from support_events import ONE_OF_EACH

GOLDEN = Path(__file__).parents[1] / "golden" / "lines.jsonl"


def row(event, position=1, codec=None, **more):
    """Return the row that the log would store for *event*."""
    name, schema, payload = (codec or Codec()).encode(event)
    given = {
        "position": position,
        "stream": stream_in(event, 2023),
        "version": 1,
        "id": f"01890000-0000-7000-8000-{position:012}",
        "type": name,
        "schema": schema,
        "on": event.on.isoformat(),
        "recorded_at": "2023-07-10T04:00:00.000000Z",
        "actor": "finance",
        "key": None,
        "cause": None,
        "request": None,
        "payload": payload,
    }
    return tuple({**given, **more}.values())


def rfc8785(value):
    """Return canonical JSON; there are no floats and no keys beyond ASCII in a line."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def test_every_type_is_in_the_golden_file():
    """One line of each type and schema that ever shipped is kept for ever."""
    kept = {(json.loads(one)["type"], json.loads(one)["schema"]) for one in golden()}
    shipped = {(name, schema) for name, schema in Codec().schemas.items()}
    assert kept >= shipped
    assert {type(event).__name__ for event in ONE_OF_EACH} == set(EVENT_TYPES)


def golden():
    """Return the golden lines."""
    return GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("number", "event"), list(enumerate(ONE_OF_EACH, start=1)))
def test_lines_are_byte_for_byte_those_of_the_golden_file(number, event):
    """An event has one spelling, today as when it first shipped."""
    assert line(row(event, number)).decode() == golden()[number - 1]


@pytest.mark.parametrize("text", golden())
def test_golden_lines_are_canonical_json(text):
    """The bytes are what RFC 8785 gives."""
    assert rfc8785(json.loads(text)).decode() == text


@pytest.mark.parametrize("text", golden())
def test_golden_lines_decode_to_events_that_encode_to_them(text):
    """What was stored can be read, and means the same."""
    stored = json.loads(text)
    payload = rfc8785(stored["payload"])
    names = (
        "position stream version id type schema on recorded_at actor key cause request"
    )
    kept = tuple(stored[name] for name in names.split())
    recorded = Codec().recorded((*kept, payload))
    assert Codec().encode(recorded.event)[2] == payload
    assert line((*kept, payload)).decode() == text


@pytest.mark.parametrize("where", ["found", "values", "a list", "a text within"])
def test_a_finding_holds_no_text_that_no_fact_may_hold(where):
    """What a form quotes is shown at terminals for ever."""
    odd = "V\x1b[2J"
    own = {
        "found": {"found": odd},
        "values": {"indicator": odd},
        "a list": {"parts": [odd]},
        "a text within": {"other": message("place.form", code=odd)},
    }[where]
    event = approval(PROJECT, 100, findings=(finding("form.changed", **own),))
    with pytest.raises(InvalidInput, match="control"):
        Codec().encode(event)


@given(
    st.text(min_size=1),
    st.text().filter(lambda text: unfit(text, prose=True) is None),
    st.integers(1, 2**53 - 1),
    st.dates(),
    st.none() | st.text(min_size=1),
)
def test_line_round_trip(actor, text, amount, on, key):
    """Any text and amount comes back from its line, which is canonical JSON."""
    event = disbursement(amount, on=on, description=text)
    stored = row(event, actor=actor, key=key)
    parsed = json.loads(line(stored))

    assert line(stored) == rfc8785(parsed)
    assert (parsed["actor"], parsed["key"]) == (actor, key)
    assert Codec().recorded(stored).event == event


@attrs.frozen(kw_only=True)
class DisbursedNow:
    """The next schema of Disbursed: what was said is split in two."""

    project: str
    on: date
    voucher: str
    amount: int
    source: str
    payee: str | None
    purpose: str
    account: str | None


def upcast(payload):
    """Turn a payload of schema 1 into one of schema 2."""
    payload = dict(payload)
    payload["purpose"] = payload.pop("description") or "not said"
    payload["account"] = None
    return payload


def newer():
    """Return a codec that knows a second schema of Disbursed."""
    return Codec({**EVENT_TYPES, "Disbursed": DisbursedNow}, {("Disbursed", 1): upcast})


def test_a_line_of_the_first_schema_is_read_under_the_second():
    """An upcaster turns the old payload into the new event; the line stays."""
    old = row(disbursement(description="training"))
    event = newer().recorded(old).event

    assert isinstance(event, DisbursedNow)
    assert (event.purpose, event.amount, event.project) == ("training", 1000, PROJECT)
    assert json.loads(line(old))["schema"] == 1


def test_the_second_schema_is_written_with_its_number():
    """New events carry the new schema, and are read without an upcaster."""
    event = newer().recorded(row(disbursement())).event
    stored = row(event, codec=newer())

    assert json.loads(line(stored))["schema"] == 2
    assert newer().recorded(stored).event == event


def test_a_schema_from_the_future_is_refused():
    """An old library says that it does not know the schema."""
    stored = row(disbursement(), schema=2)
    with pytest.raises(LogCorrupted, match="Disbursed of schema 2"):
        Codec().recorded(stored)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"amount":1.5,"voucher":"1"}',
        b'{"amount":"1","voucher":"1"}',
        b'{"voucher":"1"}',
        b'{"amount":1,"voucher":"1"',
        b"{}",
        b"",
    ],
)
def test_a_payload_that_does_not_fit_is_corruption(payload):
    """Nothing is guessed: what cannot be read is named."""
    with pytest.raises(LogCorrupted, match="Disbursed"):
        Codec().recorded(row(disbursement(), payload=payload))


@pytest.mark.parametrize("stream", ["office:P-1", "P-1", ""])
def test_an_event_of_nobody_is_corruption(stream):
    """A stream that is neither a project's nor a unit's has no events."""
    foreign = row(ResultReported(unit="323", on=date(2023, 7, 1), indicator="A"))
    _, _, version, _, name, schema, on, *_, payload = foreign
    bare = (version, 1, name.encode(), schema, on.encode(), payload)
    with pytest.raises(LogCorrupted, match="the name of no stream"):
        Codec().recorded((1, stream, *foreign[2:]))
    with pytest.raises(LogCorrupted, match="the name of no stream"):
        Codec().bare(stream, [bare])


def test_decimals_are_stored_as_plain_text():
    """No float and no exponent ever stands in a line."""
    event = next(e for e in ONE_OF_EACH if type(e).__name__ == "ScoreReported")
    payload = msgspec.json.decode(Codec().encode(event)[2])
    assert payload["score"] == "9.5"
    assert isinstance(event.score, Decimal)


def test_attrs_fields_and_payload_agree():
    """A payload has every field but the subject and the date, which are columns."""
    names = {a.name for a in attrs.fields(Disbursed)} - {"project", "on"}
    absent = {a.name for a in attrs.fields(Disbursed) if a.metadata.get("sparse")}
    plain, full = disbursement(), ON_A_COMMITMENT
    assert set(msgspec.json.decode(Codec().encode(plain)[2])) == names - absent
    assert set(msgspec.json.decode(Codec().encode(full)[2])) == names


ON_A_COMMITMENT = attrs.evolve(
    disbursement(),
    commitment="C-1",
    final=True,
    released=(Funding(source="fiscal", amount=1),),
    stage="contracted",
    booked_again=True,
    resembles=("V-2",),
    exception=SpendingException(allowed_by="a", reason="b"),
)
"""A disbursement with every field."""


def test_a_label_is_as_quick_to_write_as_the_text_that_it_is():
    """It holds no keys to sort, so no event is written the slower way for it."""
    assert is_in_order(IndicatorLabel)
    assert is_in_order(IndicatorLabel | None)
    assert is_in_order(attrs.fields(ResultReported).indicator.type)


@given(st.lists(st.sampled_from(ONE_OF_EACH), min_size=1, max_size=5), st.data())
def test_payloads_are_seen_together_to_be_spelled_as_they_are_written(events, data):
    """A blank behind one, another start, or two that are swapped: none is missed."""
    codec = Codec()
    payloads = [codec.encode(event)[2] for event in events]
    assert codec.are_spelled(events, payloads)
    place = data.draw(st.integers(0, len(events) - 1))
    own, other = payloads[place], payloads[place - 1]
    for wrong in (own + b" ", b"[" + own[1:], own.replace(b":", b": ", 1), other):
        if wrong != own:
            edited = [*payloads[:place], wrong, *payloads[place + 1 :]]
            assert not codec.are_spelled(events, edited)


@given(st.lists(st.text(), max_size=4))
@example(["a\x7f"])
@example(["培训", "\x00"])
@example(["\u202e"])
def test_plain_texts_have_no_character_that_is_not_seen(texts):
    """Payloads that are looked at together are plain where each character is."""
    payloads = [rfc8785(each) for each in texts]
    seen = all(c.isprintable() and c != "\\" for p in payloads for c in p.decode())
    assert are_plain_texts(payloads) is seen
