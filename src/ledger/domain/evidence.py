"""The proof of a result."""

from attrs import frozen

from ledger.domain.arguments import all_checked


@all_checked
@frozen(kw_only=True)
class Evidence:
    """Where the proof of a result lies, and the SHA-256 of its bytes in hex."""

    sha256: str | None = None
    uri: str
