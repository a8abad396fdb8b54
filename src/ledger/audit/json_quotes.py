"""Finds a name that stands twice in an object of JSON, without reading it again."""


def quotes(raw: bytes) -> int:
    r"""
    Return how many quotes stand around texts in JSON: as many in each spelling of it.

    An object that has a key twice has more of them than what was read of it.

    >>> quotes(rb'{"a": "b\\", "c\"": 1}')
    6
    >>> quotes(b'{"a": "b"}')
    4
    """
    if b"\\" not in raw:  # As in most reports: no text has a quote or a backslash.
        return raw.count(b'"')
    plain = raw.replace(rb"\\", b"")
    return plain.count(b'"') - plain.count(rb"\"")
