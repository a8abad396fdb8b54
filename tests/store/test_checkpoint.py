"""Checkpoints as notes: what is written is read back, and nothing else is read."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput
from ledger.store.checkpoint import LogCheckpoint, Signature, key_id

# The example of the C2SP tlog-checkpoint specification.
ORIGIN = "example.com/behind-the-sofa"
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
SIGNED = (
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4UR"
    "YN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
TEXT = f'{ORIGIN}\n20852163\n{ROOT}\n{{"currency":"CNY"}}\n'
NOTE = f"{TEXT}\n{SIGNED}"

BYTES = SIGNED.rsplit(maxsplit=1)[-1]
CONTROLS = "".join(map(chr, range(32)))

surrogates = st.characters(categories=["Cs"])
controls = st.characters(max_codepoint=0x1F)
line = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS))
names = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)
names = names.filter(lambda name: "+" not in name)
signatures = st.builds(
    Signature,
    names,
    st.binary(min_size=4, max_size=4),
    st.binary(min_size=1, max_size=70),
)
checkpoints = st.builds(
    LogCheckpoint,
    origin=line.filter(bool),
    size=st.integers(0, 10**18 - 1),
    root=st.binary(min_size=32, max_size=32),
    conventions=line,
    signatures=st.lists(signatures, max_size=3).map(tuple),
)


def test_the_published_example_is_read():
    """The fourth line is an extension, which the specification allows."""
    one = LogCheckpoint.parse(NOTE)
    assert (one.origin, one.size) == (ORIGIN, 20_852_163)
    assert one.root == b64decode(ROOT)
    assert one.conventions == '{"currency":"CNY"}'
    [signature] = one.signatures
    assert signature.name == ORIGIN
    assert signature.key_id + signature.signature == b64decode(BYTES)
    assert (one.text, one.note) == (TEXT, NOTE)


def test_a_key_id_is_that_of_other_implementations():
    """Name, newline, 1 for Ed25519, and the key are hashed; four bytes remain."""
    public = b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert key_id("PeterNeumann", public).hex() == "c74f20a3"


@given(checkpoints)
def test_a_note_says_the_checkpoint(one):
    """What is written is read back the same, whoever signed it and however it is named."""
    assert LogCheckpoint.parse(one.note) == one
    assert one.note.startswith(one.text)


@given(checkpoints, st.data())
def test_a_note_has_one_spelling(one, data):
    """A note with a character more, less or other is another checkpoint, or none."""
    note = one.note
    at = data.draw(st.integers(0, len(note)))
    other = data.draw(st.one_of(st.just(""), st.characters(), controls, surrogates))
    length = data.draw(st.integers(0, 1))
    changed = note[:at] + other + note[at + length :]
    try:
        found = LogCheckpoint.parse(changed)
    except InvalidInput:
        return
    assert found.note == changed
    assert found.note.encode()
    assert (found == one) == (changed == note)


def test_an_unsigned_note_ends_with_a_blank_line():
    """Nobody vouches for it; it says as much."""
    one = LogCheckpoint.parse(f"{TEXT}\n")
    assert one.signatures == ()
    assert one.note == f"{TEXT}\n"


def without(number):
    """Return the note without one of its lines."""
    lines = NOTE.splitlines(keepends=True)
    return "".join(lines[:number] + lines[number + 1 :])


def sized(size):
    """Return the note with another size."""
    return NOTE.replace("20852163", size)


def rooted(root):
    """Return the note with another root, given in bytes."""
    return NOTE.replace(ROOT, b64encode(root).decode())


MALFORMED = {
    "nothing": "",
    "only newlines": "\n\n\n\n\n\n",
    "no blank line": without(4),
    "no origin": NOTE.replace(ORIGIN, "", 1),
    "a line too few": without(3),
    "a line too many": NOTE.replace("\n\n", "\nmore\n\n"),
    "two blank lines": NOTE.replace("\n\n", "\n\n\n"),
    "text before": f"\n{NOTE}",
    "text behind": f"{NOTE}more\n",
    "a blank line behind": f"{NOTE}\n",
    "no last newline": NOTE.removesuffix("\n"),
    "lines that end as on Windows": NOTE.replace("\n", "\r\n"),
    "a control character": NOTE.replace("CNY", "C\x00Y"),
    "a tab": NOTE.replace("CNY", "\t"),
    "half a surrogate pair": NOTE.replace("CNY", "\udcff"),
    "leading zeros": sized("020852163"),
    "a plus": sized("+20852163"),
    "a minus": sized("-1"),
    "a blank": sized(" 20852163"),
    "an underscore": sized("20_852_163"),
    "other digits": sized("٢٠٨"),
    "full-width digits": sized("２０８"),
    "superscript digits": sized("²"),
    "no size": sized(""),
    "a size of 19 digits": sized("1" * 19),
    "a size of many digits": sized("9" * 50_000),
    "a root of 31 bytes": rooted(bytes(31)),
    "a root of 33 bytes": rooted(bytes(33)),
    "a root with other bits at its end": NOTE.replace("q2I=", "q2J="),
    "a root in another alphabet": rooted(b"\xff" * 32).replace("/", "_"),
    "a root that is no base64": NOTE.replace(ROOT, "*" * 44),
    "a root that is not ASCII": NOTE.replace(ROOT, "é" * 44),
    "a root cut off": NOTE.replace(ROOT, ROOT[:-1]),
    "another dash": NOTE.replace("—", "-"),
    "no dash": NOTE.replace("— ", ""),
    "no name": f"{TEXT}\n— {BYTES}\n",
    "an empty name": f"{TEXT}\n—  {BYTES}\n",
    "a name with a blank": SIGNED.join([f"{TEXT}\n", ""]).replace("— ", "— two "),
    "a name with a plus": SIGNED.join([f"{TEXT}\n", ""]).replace("— ", "— two+"),
    "a name with a line separator": f"{TEXT}\n" + SIGNED.replace("— ", "— a\u2028b"),
    "a name too long": f"{TEXT}\n— {'n' * 101} AAAAAAAA\n",
    "a signature without bytes": f"{TEXT}\n— name AAAAAA==\n",
    "a signature that is no base64": f"{TEXT}\n— name *\n",
    "a signature that is not ASCII": f"{TEXT}\n— name éééééééé\n",
    "a signature with other bits at its end": f"{TEXT}\n— name AAAAAAB=\n",
    "an empty line among signatures": f"{NOTE}\n{SIGNED}",
    "a huge note": f"{TEXT}\n" + SIGNED * 2_000,
    "a huge line": NOTE.replace("CNY", "C" * 1_000_000),
}


@pytest.mark.parametrize("note", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_note_is_refused(note):
    """The file is named, and little of it shown."""
    assert note != NOTE
    with pytest.raises(InvalidInput, match=r"^kept\.checkpoint: found ") as caught:
        LogCheckpoint.parse(note, "kept.checkpoint")
    assert len(str(caught.value)) < 400
    assert str(caught.value).encode()
