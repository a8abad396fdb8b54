"""Keys: their files, what they sign, and what never gets out."""

import errno
import os
import stat
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput
from ledger.store.checkpoint import LogCheckpoint, Signature, from_base64, key_id
from ledger.store.signing import PrivateKey, PublicKey, keygen

pytest.importorskip("cryptography")

# The key pair and the note that implementations of signed notes test with.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = (
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
)
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = from_base64(
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6"
    "RyyBwJnAM="
)
SECRET = PRIVATE.split("+", 4)[-1]

ONE = LogCheckpoint(origin="o", size=3, root=bytes(32), conventions="{}")


@pytest.fixture
def key():
    """Return a key that is the same on every run."""
    return PrivateKey("clerk", bytes(range(32)))


@pytest.fixture
def file(tmp_path):
    """Write a text to a file, and return its path."""

    def write(text):
        path = tmp_path / "given.key"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_published_keys_are_read(file):
    """A public key reads and prints as elsewhere, and belongs to the private one."""
    public = PublicKey.read(file(f"{PUBLIC}\n"))
    assert str(public) == PUBLIC
    assert PrivateKey.read(file(f"{PRIVATE}\n")).public() == public


def test_the_published_signature_comes_out(file):
    """Ed25519 gives one signature: that of the published note."""
    private = PrivateKey.read(file(PRIVATE))
    assert private._key().sign(TEXT.encode()) == SIGNATURE[4:]


def test_the_published_note_is_verified(file):
    """Its text is no checkpoint of ours; its signature is checked all the same."""
    public = PublicKey.read(file(PUBLIC))
    signature = Signature("PeterNeumann", SIGNATURE[:4], SIGNATURE[4:])
    assert public.signed(SimpleNamespace(text=TEXT, signatures=(signature,)))
    other = TEXT.replace("answer", "Answer")
    assert not public.signed(SimpleNamespace(text=other, signatures=(signature,)))


def test_a_pair_is_made_that_only_its_owner_reads(tmp_path, monkeypatch):
    """The private key's file is closed to others from the start, whatever the umask."""
    opened = []
    real = os.open

    def spying(path, flags, mode=0o777):
        opened.append((Path(path).name, mode))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", spying)
    before = os.umask(0)
    try:
        public = keygen("julu-finance", tmp_path / "key")
    finally:
        os.umask(before)
    assert 0o600 in [mode for name, mode in opened if name.endswith(".draft")]
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "key.pub").stat().st_mode) == 0o644
    assert (tmp_path / "key.pub").read_text() == f"{public}\n"
    assert PublicKey.read(tmp_path / "key.pub") == public
    assert PrivateKey.read(tmp_path / "key").public() == public


def test_no_two_pairs_are_the_same(tmp_path):
    """Each pair is new."""
    assert keygen("a", tmp_path / "1") != keygen("a", tmp_path / "2")


@pytest.mark.parametrize("taken", ["key", "key.pub"])
def test_a_file_that_is_there_is_never_overwritten(tmp_path, taken):
    """Whichever of the two is there, it stays, and the other does not come."""
    (tmp_path / taken).write_text("mine")
    with pytest.raises(InvalidInput, match=f"{taken}: .* expected a new path"):
        keygen("a", tmp_path / "key")
    assert [each.name for each in tmp_path.iterdir()] == [taken]
    assert (tmp_path / taken).read_text() == "mine"


@pytest.mark.parametrize("failing", [1, 2])
def test_half_a_pair_is_not_left(tmp_path, monkeypatch, failing):
    """Where the disk is full for one of the two, neither stays."""
    count = 0
    real = os.fdopen

    def full(file, *words, **more):
        nonlocal count
        count += 1
        out = real(file, *words, **more)
        if count == failing:
            out.write(b"half")
            out.close()
            raise OSError(errno.ENOSPC, "No space left on device")
        return out

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(InvalidInput, match="a full disk"):
        keygen("a", tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """Nothing is made up to put the keys in."""
    with pytest.raises(InvalidInput, match="no such folder"):
        keygen("a", tmp_path / "nowhere" / "key")


BAD_NAMES = ["", "a b", "a+b", "a\nb", "a\u3000b", "a\x00b", "a\x1bb", "a\udcffb"]


@pytest.mark.parametrize("name", [*BAD_NAMES, "n" * 101])
def test_a_name_that_no_key_can_have_is_refused(tmp_path, name):
    """Blanks and plus signs would end the name; the rest could not be printed."""
    with pytest.raises(InvalidInput, match=r"^name: found "):
        keygen(name, tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


def test_the_private_key_does_not_show(tmp_path, key):
    """Neither the key nor its printed form says what is secret."""
    keygen("a", tmp_path / "key")
    made = PrivateKey.read(tmp_path / "key")
    for shown in (repr(key), str(key), repr(made)):
        assert "seed" not in shown
    assert repr(key) == "PrivateKey(name='clerk')"


WRONG = {
    "empty": "",
    "a name": "PeterNeumann",
    "without what it is": PRIVATE.removeprefix("PRIVATE+KEY+"),
    "no key": "PeterNeumann+c74f20a3+",
    "cut off": PRIVATE[:-1],
    "cut off by a byte": PRIVATE[:-4],
    "with a byte more": f"{PRIVATE}AAAA",
    "another hash": PRIVATE.replace("c74f20a3", "c74f20a4"),
    "a hash in capitals": PRIVATE.replace("c74f20a3", "C74F20A3"),
    "another name": PRIVATE.replace("Peter", "Paul"),
    "no name": PRIVATE.replace("PeterNeumann", ""),
    "a name with a blank": PRIVATE.replace("PeterN", "Peter N"),
    "another algorithm": PRIVATE.replace("+AYEK", "+AoEK"),
    "another key": PRIVATE.replace("KDFz", "KDFy"),
    "twice": f"{PRIVATE}\n{PRIVATE}\n",
    "with other text": f"{PRIVATE}\nkeep it secret\n",
    "after other text": f"key: {PRIVATE}\n",
    "not ASCII": f"{PRIVATE[:-1]}é",
    "no UTF-8": PRIVATE.encode() + b"\xff",
    "bytes": bytes(range(256)),
    "huge": PRIVATE * 100_000,
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("kind", [PrivateKey, PublicKey])
def test_a_wrong_file_is_refused_and_its_text_not_shown(file, kind, text):
    """It may hold a private key: what was found is not said."""
    path = file(text)
    with pytest.raises(InvalidInput) as caught:
        kind.read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    for part in (SECRET[i : i + 6] for i in range(len(SECRET) - 6)):
        assert part not in message


@pytest.mark.parametrize("text", [WRONG["another hash"], PRIVATE, WRONG["twice"]])
def test_a_private_key_given_as_a_public_one_is_refused(file, text):
    """The error says what was wanted, and not what stands in the file."""
    with pytest.raises(InvalidInput, match="expected a public key") as caught:
        PublicKey.read(file(text))
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value)


@pytest.mark.parametrize("name", ["", "Peter Neumann", "a\nb"])
def test_a_public_key_under_a_name_that_none_can_have_is_refused(file, name):
    """A hash that fits makes the name no better: it would not fit on a line."""
    raw = b64decode(PUBLIC.split("+", 2)[-1])
    text = f"{name}+{key_id(name, raw[1:]).hex()}+{b64encode(raw).decode()}"
    with pytest.raises(InvalidInput, match="expected a public key"):
        PublicKey.read(file(text))


def test_a_public_key_given_as_a_private_one_is_refused(file):
    """Nothing can be signed with it."""
    with pytest.raises(InvalidInput, match="expected a private key"):
        PrivateKey.read(file(PUBLIC))


@pytest.mark.parametrize("kind", [PrivateKey, PublicKey])
def test_a_file_that_is_not_there_is_named(tmp_path, kind):
    """So is a folder in its place."""
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(InvalidInput, match="expected a p"):
            kind.read(path)


def test_what_is_signed_is_verified(key):
    """The note keeps it, and a second signature leaves the first as it was."""
    other = PrivateKey("auditor", bytes(32))
    signed = other.sign(key.sign(ONE))
    again = LogCheckpoint.parse(signed.note)
    assert key.public().signed(again)
    assert other.public().signed(again)
    assert [each.name for each in again.signatures] == ["clerk", "auditor"]
    assert again.text == ONE.text


def test_who_has_not_signed_is_not_believed(key):
    """Another key, the same key by another name, and nobody's signature do not count."""
    public = key.public()
    assert not public.signed(ONE)
    signed = key.sign(ONE)
    assert not PrivateKey("clerk", bytes(32)).public().signed(signed)
    assert not PublicKey("Clerk", public.public).signed(signed)
    [one] = signed.signatures
    renamed = Signature("Clerk", one.key_id, one.signature)
    given = LogCheckpoint.parse(signed.note.replace("— clerk", "— Clerk"))
    assert given.signatures == (renamed,)
    assert not public.signed(given)


@given(st.integers(0, 511), st.data())
def test_a_changed_signature_or_text_is_not_believed(bit, data):
    """One bit of the signature or one line of the text is enough."""
    key = PrivateKey("clerk", bytes(range(32)))
    signed = key.sign(ONE)
    [one] = signed.signatures
    raw = bytearray(one.signature)
    raw[bit // 8] ^= 1 << bit % 8
    broken = data.draw(st.sampled_from([bytes(raw), one.signature[:-1], b"\x00"]))
    changed = {
        "signatures": (one._replace(signature=broken),),
        "origin": "p",
        "size": 4,
        "root": bytes(31) + b"\x01",
        "conventions": "{ }",
    }
    name = data.draw(st.sampled_from(sorted(changed)))
    given = {"signatures": signed.signatures, name: changed[name]}
    fields = {"origin": "o", "size": 3, "root": bytes(32), "conventions": "{}"}
    assert not key.public().signed(LogCheckpoint(**{**fields, **given}))


@pytest.mark.parametrize("first", [True, False])
def test_a_bad_signature_beside_a_good_one_is_refused(key, first):
    """A forged line under a trusted key makes the whole note worthless (signed-note)."""
    [one] = key.sign(ONE).signatures
    bad = one._replace(signature=bytes(64))
    both = (bad, one) if first else (one, bad)
    public = key.public()
    assert "forged" in str(public.fault(attrs.evolve(ONE, signatures=both)))
    assert not public.signed(attrs.evolve(ONE, signatures=both))
    assert public.signed(attrs.evolve(ONE, signatures=(one, one)))


def test_a_bad_signature_of_another_key_says_nothing(key):
    """Only those that are trusted are asked; others may be of any kind."""
    other = PrivateKey("auditor", bytes(32)).sign(ONE).signatures[0]
    broken = other._replace(signature=bytes(64))
    signed = attrs.evolve(key.sign(ONE), signatures=(broken, *key.sign(ONE).signatures))
    assert key.public().fault(signed) is None


def test_without_the_extra_it_is_named(tmp_path, monkeypatch, key):
    """Whoever has not installed the library is told what to install."""
    public, signed = key.public(), key.sign(ONE)
    for name in [each for each in sys.modules if each.startswith("cryptography")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    uses = [
        lambda: keygen("a", tmp_path / "key"),
        lambda: key.sign(ONE),
        lambda: public.signed(signed),
    ]
    for use in uses:
        with pytest.raises(InvalidInput, match="pip install cryptography"):
            use()
    assert list(tmp_path.iterdir()) == []
