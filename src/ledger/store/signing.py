"""Ed25519 keys that vouch for checkpoints; needs the extra ``sign``."""

import os
import re
from base64 import b64encode
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import field, frozen

from ledger import output
from ledger.domain.arguments import all_checked, checked
from ledger.domain.errors import InvalidInput
from ledger.messages import Message, found_by, message
from ledger.store.checkpoint import (
    KEY_NAME,
    LogCheckpoint,
    Signature,
    from_base64,
    key_id,
)

_PRIVATE: Final = "PRIVATE+KEY+"
_LONGEST: Final = 1_000


@all_checked
@frozen
class PublicKey:
    """
    Whose signatures are trusted.

    Attributes:
        public: The 32 bytes of the Ed25519 key.
    """

    name: str
    public: bytes

    def __str__(self) -> str:
        body = b64encode(b"\x01" + self.public).decode()
        return f"{self.name}+{key_id(self.name, self.public).hex()}+{body}"

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> "PublicKey":
        """
        Return the key in a file that :func:`keygen` wrote.

        Raises:
            InvalidInput: There is none.
        """
        name, body = _read(path, "", message("expected.public_key"))
        return cls(name, body)

    def signed(self, checkpoint: LogCheckpoint) -> bool:
        """Return whether this key has signed *checkpoint*."""
        return self.fault(checkpoint) is None

    def fault(self, checkpoint: LogCheckpoint) -> Message | None:
        """
        Say what is wrong with the signatures of *checkpoint*; ``None`` for nothing.

        One that bears this key's name and hash and does not verify is a forgery: the
        note is refused, whatever else it holds (C2SP signed-note). Signatures of other
        keys say nothing here.
        """
        ed25519, found = _library(), False
        from cryptography.exceptions import InvalidSignature

        for one in checkpoint.signatures:
            if not self.claims(one):
                continue
            key = ed25519.Ed25519PublicKey.from_public_bytes(self.public)
            try:
                key.verify(one.signature, checkpoint.text.encode())
            except InvalidSignature:
                return message("found.forged_signature", who=self.who)
            found = True
        return None if found else message("found.not_signed", who=self.who)

    def claims(self, signature: Signature) -> bool:
        """Return whether *signature* names this key as the one that made it."""
        return (signature.name, signature.key_id) == (self.name, self.hash)

    @property
    def hash(self) -> bytes:
        """The four bytes by which signatures name this key."""
        return key_id(self.name, self.public)

    @property
    def who(self) -> Message:
        """Its name and its hash, as a signature names them."""
        return message("found.key_of", name=self.name, hash=self.hash.hex())


@all_checked
@frozen
class PrivateKey:
    """
    A key that signs; it never enters a ledger.

    Attributes:
        seed: The 32 bytes that it is made from.
    """

    name: str
    seed: bytes = field(repr=False)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> "PrivateKey":
        """
        Return the key in a file that :func:`keygen` wrote.

        Raises:
            InvalidInput: There is none.
        """
        name, body = _read(path, _PRIVATE, message("expected.private_key"))
        return cls(name, body)

    def public(self) -> PublicKey:
        """Return the key that verifies what this one signs."""
        return PublicKey(self.name, self._key().public_key().public_bytes_raw())

    def sign(self, checkpoint: LogCheckpoint) -> LogCheckpoint:
        """Return *checkpoint* with one more signature."""
        public = self.public().public
        signature = Signature(
            self.name,
            key_id(self.name, public),
            self._key().sign(checkpoint.text.encode()),
        )
        return attrs.evolve(checkpoint, signatures=(*checkpoint.signatures, signature))

    def _key(self) -> Any:
        return _library().Ed25519PrivateKey.from_private_bytes(self.seed)


@checked
def keygen(name: str, path: str | os.PathLike[str]) -> PublicKey:
    """
    Make a key pair: the private key at *path*, the public one in the same folder.

    Only the owner can read the private key's file. The public one ends in ``.pub``.

    Args:
        name: Who signs; without blanks or ``+``.

    Raises:
        InvalidInput: The name cannot be one, or a file is there.
    """
    if not re.fullmatch(KEY_NAME, name):
        raise InvalidInput("name", name, message("expected.name_of_key"))
    output.check_no_document(path)
    private = PrivateKey(name, os.urandom(32))
    public = private.public()
    body = b64encode(b"\x01" + private.seed).decode()
    hashed = key_id(name, public.public).hex()
    secret = f"{_PRIVATE}{name}+{hashed}+{body}\n"
    output.write(f"{os.fspath(path)}.pub", [f"{public}\n"], new=True, mode=0o644)
    try:
        output.write(path, [secret], new=True, mode=0o600)
    except InvalidInput:
        Path(f"{os.fspath(path)}.pub").unlink()
        raise
    return public


def _read(
    path: str | os.PathLike[str], prefix: str, right: Message
) -> tuple[str, bytes]:
    """Return the name and the 32 bytes of the key in a file."""
    place = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            text = file.read(_LONGEST).decode().strip()
    except (OSError, UnicodeError) as problem:
        raise InvalidInput(place, found_by(problem), right) from problem
    name, _, rest = text.removeprefix(prefix).partition("+")
    hashed, _, body = rest.partition("+")
    raw = from_base64(body)
    kind = text.startswith(_PRIVATE) == bool(prefix)
    fits = re.fullmatch(KEY_NAME, name) and raw[:1] == b"\x01" and len(raw) == 33
    if not kind or not fits:
        # What was found is not shown: it may be a private key.
        raise InvalidInput(place, message("found.something_else"), right)
    key = raw[1:]
    public = PrivateKey(name, key).public().public if prefix else key
    if key_id(name, public).hex() != hashed:
        raise InvalidInput(place, message("found.key_of_other_hash"), right)
    return name, key


def _library() -> Any:
    """
    Return the module of Ed25519 keys.

    Raises:
        InvalidInput: The extra is not installed.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as problem:
        missing = message("found.no_library")
        needed = message("expected.package", package="cryptography")
        raise InvalidInput("signatures", missing, needed) from problem
    return ed25519
