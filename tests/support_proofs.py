"""How large the ledger of these tests is, and where a public key lies."""

SIZE = 42


def public(key):
    """Return the path of the public key."""
    return key.with_name(f"{key.name}.pub")
