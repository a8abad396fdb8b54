"""The snapshots of a range of streams, as they are asked for in order."""

from hypothesis import example, given
from hypothesis import strategies as st

from ledger.audit.snapshot_checks import KeptSnapshots
from ledger.store.records import StoredSnapshot

STATE = StoredSnapshot(1, 1, 1, b"state")
NAMES = st.sets(
    st.text(st.sampled_from("ab预\udcff\U0001f600"), min_size=1), max_size=6
)


class Rows:
    """Stored snapshots, two of each stream, in the order of the bytes of its name."""

    def __init__(self, streams):
        self.streams = sorted(streams, key=raw)

    def snapshots(self, after, until):
        """Yield those of all streams."""
        assert (after, until) == ("a", None)
        for stream in self.streams:
            yield stream, "attainment", 1, STATE
            yield stream, "execution", 2, STATE


def raw(stream):
    """Return the bytes of a name, as SQLite orders them."""
    return stream.encode("utf-8", "surrogateescape")


@given(NAMES, NAMES)
@example({"\udcff"}, {"\udcff", "\U0001f600"})
@example({"a", "b"}, {"b"})
def test_each_stream_has_its_own_whatever_others_have(kept, asked):
    """Streams without snapshots have none; snapshots without events are passed over."""
    snapshots = KeptSnapshots(Rows(kept), "a")
    both = {("attainment", 1): STATE, ("execution", 2): STATE}
    for stream in sorted(asked, key=raw):
        assert snapshots.of(stream) == (both if stream in kept else {})
