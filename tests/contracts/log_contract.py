"""What every store of the log must keep; a second store runs through the same tests."""

from datetime import UTC, datetime

import msgspec
import pytest

from ledger.domain.settings import Settings
from ledger.domain.streams import stream_of
from ledger.domain.subject import SubjectKind
from ledger.errors import LogCorrupted, ReadOnlyLedger
from ledger.store.merkle import Frontier, leaf_hash
from ledger.store.records import Snapshot
from support import PROJECT, Clock, Entropy, approval, day, disbursement


class LogContract:
    """
    Tests of a log.

    A subclass has a fixture ``open_log``: a function of a clock and entropy that opens
    the same empty log each time it is called within one test.
    """

    @pytest.fixture
    def log(self, open_log):
        """Open an empty log."""
        return open_log(clock=Clock(), entropy=Entropy())

    @staticmethod
    def add(log, *events, key=None):
        """Append events in one transaction."""
        with log.writing() as writer:
            return [
                writer.append(
                    stream_of(event, Settings()), event, actor="tester", key=key
                )
                for event in events
            ]

    def test_an_empty_log_has_size_0_and_the_root_of_an_empty_tree(self, log):
        """SHA-256 of nothing is the root of no leaves (RFC 6962)."""
        assert log.head().size == 0
        assert log.head().root.hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")

    def test_positions_and_versions_run_from_1_without_gaps(self, log):
        """Each event gets the next position and the next version of its stream."""
        self.add(log, approval("A"), approval("B"), disbursement(project="A"))

        found = [(e.position, e.stream, e.version) for e in log.read()]

        assert found == [
            (1, "project:2023:A", 1),
            (2, "project:2023:B", 1),
            (3, "project:2023:A", 2),
        ]

    def test_what_is_read_is_what_was_appended(self, log):
        """Events come back equal, with their envelope."""
        appended = self.add(log, approval(), disbursement(payee="县中医院"))

        assert list(log.read()) == appended

    def test_who_appends_again_sees_what_others_appended(self, open_log):
        """Two who hold the log open take turns; the tree is that of all lines."""
        one = open_log(clock=Clock(), entropy=Entropy())
        other = open_log(clock=Clock(), entropy=None)

        self.add(one, approval("A"))
        self.add(other, approval("B"))
        self.add(one, disbursement(project="A"))
        self.add(other, disbursement(project="B"))

        tree = Frontier()
        tree.extend(map(leaf_hash, one.lines()))
        assert [e.position for e in one.read()] == [1, 2, 3, 4]
        assert one.head() == other.head()
        assert one.head().root == tree.root()
        assert one.head().counts == {"BudgetApproved": 2, "Disbursed": 2}

    def test_after_a_failed_batch_appending_goes_on_from_what_is_kept(self, log):
        """What was undone is neither in the tree nor counted."""
        self.add(log, approval())

        def fail():
            with log.writing() as writer:
                writer.append(f"project:2023:{PROJECT}", disbursement(), actor="tester")
                writer.flush()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        self.add(log, disbursement(voucher="2"))

        tree = Frontier()
        tree.extend(map(leaf_hash, log.lines()))
        assert log.head().root == tree.root()
        assert log.head().counts == {"BudgetApproved": 1, "Disbursed": 1}

    def test_only_recorded_events_hold_the_time(self, open_log):
        """A clock set back counts again where nothing was recorded meanwhile."""
        instants = [datetime(2023, 3, day, tzinfo=UTC) for day in (3, 1, 2)]
        log = open_log(clock=lambda: instants.pop(0), entropy=Entropy())

        self.add(log)
        (first,) = self.add(log, approval("A"))
        (second,) = self.add(log, approval("B"))

        assert first.recorded_at.startswith("2023-03-01")
        assert second.recorded_at.startswith("2023-03-02")

    def test_a_failed_batch_leaves_nothing(self, log):
        """An exception within the transaction undoes all of it."""
        self.add(log, approval())
        before = log.head()

        def fail():
            with log.writing() as writer:
                writer.append(f"project:2023:{PROJECT}", disbursement(), actor="tester")
                writer.save(
                    [
                        (
                            "execution",
                            1,
                            Snapshot(f"project:2023:{PROJECT}", 2, 2, b"{}"),
                        )
                    ]
                )
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()

        assert log.head() == before
        assert len(list(log.read())) == 1
        assert log.snapshots.of("execution", 1, "project:2023:P-1") is None

    def test_reading_can_start_behind_a_position_and_choose_types(self, log):
        """A reader that stopped at a position goes on from there."""
        self.add(log, approval("A"), disbursement(project="A"), approval("B"))

        assert [e.position for e in log.read(after=1)] == [2, 3]
        assert [e.position for e in log.read(types=["BudgetApproved"])] == [1, 3]
        assert [e.position for e in log.read(until=2)] == [1, 2]

    def test_streams_are_listed_by_kind_in_order(self, log):
        """The streams of a kind come once each, by name."""
        self.add(log, approval("B"), approval("A"), disbursement(project="B"))

        assert log.streams(SubjectKind.PROJECT) == ["project:2023:A", "project:2023:B"]
        assert log.streams(SubjectKind.PROJECT, 2023) == log.streams()
        assert log.streams(SubjectKind.PROJECT, 2022) == []
        assert log.streams(SubjectKind.UNIT) == []

    def test_by_stream_each_stream_is_whole_and_in_order(self, log):
        """Reading stream after stream gives every event once, versions rising."""
        self.add(log, approval("B"), approval("A"), disbursement(project="B"))

        found = [
            (stream, e.stream, e.version)
            for stream, events in log.read_by_stream()
            for e in events
        ]

        first, second = "project:2023:A", "project:2023:B"
        assert found == [(first, first, 1), (second, second, 1), (second, second, 2)]

    def test_by_stream_a_long_one_comes_in_parts(self, log):
        """Each part continues the one before; what comes meanwhile is left out."""
        paid = [disbursement(1, f"V-{n}", project="A") for n in range(300)]
        self.add(log, approval("A"), *paid)

        versions = []
        for stream, events in log.read_by_stream():
            assert stream == "project:2023:A"
            if not versions:
                self.add(log, disbursement(1, "V-new", project="A"), approval("B"))
            versions += [event.version for event in events]

        assert versions == list(range(1, 302))

    def test_without_the_envelope_the_rest_is_the_same(self, log):
        """Only who recorded it, when, and under which id and key is empty."""
        self.add(log, approval("A"), disbursement(project="A"), key="k")

        (whole,) = [events for _, events in log.read_by_stream()]
        (bare,) = [events for _, events in log.read_by_stream(envelope=False)]

        empty = {"id": "", "recorded_at": "", "actor": "", "key": None, "cause": None}
        assert bare == [msgspec.structs.replace(event, **empty) for event in whole]

    def test_a_key_finds_all_events_of_its_request(self, log):
        """In order, whatever their streams and types; no others."""
        self.add(log, approval("A"), disbursement(project="A"), key="k")
        self.add(log, approval("B"), key="other")

        found = [event.position for event, _ in log.find_request("k")]
        assert found == [1, 2]
        assert log.find_request("K") == []

    def test_types_are_counted(self, log):
        """How many events of each type there are is known without reading them."""
        self.add(log, approval("A"), disbursement(project="A"))
        self.add(log, approval("B"))

        assert log.head().counts == {"BudgetApproved": 2, "Disbursed": 1}

    def test_the_root_is_that_of_the_lines(self, log):
        """The head's root follows from the exported lines alone."""
        self.add(log, approval("A"), approval("B"))
        self.add(log, disbursement(project="A"))
        tree = Frontier()
        tree.extend(leaf_hash(line) for line in log.lines())

        assert log.head().root == tree.root()
        assert log.root_at(3) == tree.root()

    def test_an_earlier_root_can_be_had_again(self, log):
        """The root as of a position does not change when more is appended."""
        self.add(log, approval("A"))
        before = log.head().root
        self.add(log, approval("B"))

        assert log.root_at(1) == before != log.head().root

    def test_recorded_instants_never_run_backwards(self, open_log):
        """A clock that is set back does not make the record run backwards."""
        first = open_log(
            clock=Clock(datetime(2023, 6, 1, tzinfo=UTC)), entropy=Entropy()
        )
        self.add(first, approval("A"))
        second = open_log(clock=Clock(datetime(2023, 1, 1, tzinfo=UTC)), entropy=None)
        self.add(second, approval("B"))

        instants = [e.recorded_at for e in second.read()]

        assert instants == sorted(instants)

    def test_an_instant_stands_for_the_last_position_recorded_by_then(self, log):
        """Known-at cuts the log at a position."""
        self.add(log, approval("A"))
        self.add(log, approval("B"))
        instants = [datetime.fromisoformat(e.recorded_at) for e in log.read()]

        assert log.position_at(datetime(2020, 1, 1, tzinfo=UTC)) == 0
        assert log.position_at(instants[0]) == 1
        assert log.position_at(instants[1]) == 2

    def test_a_snapshot_is_replaced_by_a_later_one(self, log):
        """There is one state for each projection and stream."""
        for version in (1, 2):
            with log.writing() as writer:
                state = Snapshot("project:2023:A", version, 1, b"%d" % version)
                writer.save([("p", 1, state)])

        assert list(log.snapshots.of_projects(2023, [("p", 1)])) == [
            ("p", "project:2023:A", b"2")
        ]
        assert list(log.snapshots.of_projects(2023, [("p", 2), ("q", 1)])) == []
        assert list(log.snapshots.of_projects(2022, [("p", 1)])) == []
        assert log.snapshots.followed() == {("p", 1): 1}
        assert log.snapshots.of("p", 2, "project:2023:A") is None

    def test_ids_rise_whatever_the_clock_and_chance_say(self, open_log):
        """Within a millisecond, and where the clock was set back, they go on."""
        instants = [datetime(2023, 6, 1, tzinfo=UTC)] * 2
        instants += [datetime(2023, 1, 1, tzinfo=UTC)] * 2
        chance = iter([b"\xff" * 16, b"\xff" * 10, b"\x00" * 10, b"\x00" * 10])
        log = open_log(
            clock=lambda: instants.pop(0), entropy=lambda size: next(chance)[:size]
        )
        self.add(log, approval("A"), disbursement(project="A"))
        self.add(log, approval("B"))
        self.add(log, approval("C"))

        ids = [e.id for e in log.read()]
        assert ids == sorted(set(ids))
        assert [log.find(event_id).id for event_id in ids] == ids
        assert log.find(f"{ids[1]}0") is None

    def test_ids_are_version_7_uuids_and_unique(self, log):
        """Event ids sort by time and are never the same."""
        self.add(log, *[approval(f"P-{i}") for i in range(50)])
        ids = [e.id for e in log.read()]

        assert len(set(ids)) == 50
        assert all(i[14] == "7" and i[19] in "89ab" and len(i) == 36 for i in ids)

    def test_the_last_day_is_the_latest_effective_date(self, log):
        """Effective dates do not follow the order of recording."""
        assert log.last_day(0) is None
        self.add(log, approval(), disbursement(on=day(5)), disbursement(on=day(4)))
        assert log.last_day(2) == day(5)
        assert log.last_day(3) == day(5)
        self.add(log, disbursement(on=day(7)))
        assert log.last_day(3) == day(5)
        assert log.last_day(4) == day(7)

    def test_a_log_opened_for_reading_refuses_to_write(self, open_log):
        """Reading never needs the right to write."""
        self.add(open_log(clock=Clock(), entropy=Entropy()), approval())
        reader = open_log(clock=Clock(), entropy=Entropy(), read_only=True)

        with pytest.raises(ReadOnlyLedger), reader.writing():
            pass
        assert len(list(reader.read())) == 1

    def test_a_type_that_is_not_known_is_corruption(self, log):
        """Nothing that cannot be read is skipped in silence."""
        with pytest.raises(LogCorrupted, match="Paid"):
            log.codec.recorded(
                (
                    1,
                    f"project:2023:{PROJECT}",
                    1,
                    "x",
                    "Paid",
                    1,
                    "2023-01-01",
                    "x",
                    "a",
                    None,
                    None,
                    None,
                    b"{}",
                )
            )
