"""What proves the record: seals, verification, proofs, exports and backups."""

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import msgspec

from ledger import output
from ledger.application.base import OpenLedger
from ledger.audit.explanation import Explanation
from ledger.audit.proof import Proof, prove
from ledger.audit.receipts import (
    Cell,
    ReportCheck,
    Terms,
    attributed,
    differing,
    terms_of,
)
from ledger.audit.verification import Verification
from ledger.domain.errors import InvalidInput
from ledger.domain.ticks import Tick, told
from ledger.log.checkpoint import Checkpoint
from ledger.log.signing import PrivateKey, PublicKey
from ledger.reports.render.json import digest, figures

AnyPath = str | os.PathLike[str]


class Proofs(OpenLedger):
    """What proves that the record is whole."""

    __slots__ = ()

    def seal(self, key: PrivateKey | None = None) -> Checkpoint:
        """
        Keep a checkpoint of the log as it is, and return it to be handed out.

        From then on nobody can change what was recorded before without its holder
        being able to tell.

        Args:
            key: Signs it; without one nobody vouches for it.

        Raises:
            ReadOnlyLedger, LedgerLocked: As their names say.
        """
        with self._log.writing() as writer:
            checkpoint = self._log.checkpoint(writer.size)
            if key is not None:
                checkpoint = key.sign(checkpoint)
            writer.seal(checkpoint.size, checkpoint.root, checkpoint.note)
        return checkpoint

    def verify(
        self,
        *checkpoints: Checkpoint,
        key: PublicKey | None = None,
        tick: Tick = bool,
    ) -> Verification:
        """
        Check that the record is whole, unchanged and by the rules.

        See :func:`ledger.audit.verify.verify` for the list of what must hold. Whoever
        can write the file can make all of it agree except with a checkpoint that
        somebody else keeps.

        Args:
            checkpoints: Those that were kept elsewhere.

            key: Whose signature they must bear.

            tick: Takes how many more events were read, of twice those recorded.
        """
        from ledger.audit.verify import verify

        return verify(
            self._log,
            self._states.projections,
            checkpoints=checkpoints,
            key=key,
            tick=tick,
        )

    def verify_report(self, report: Mapping[str, Any] | AnyPath) -> ReportCheck:
        """
        Hold an issued report to the record that it was made from.

        Its figures are computed anew from the log as it was at its position, and as it
        is now: what is different now is a restatement, with the events that made it.

        Args:
            report: The values of a monthly report, or its file in JSON.

        Raises:
            InvalidInput: It is no such report, or has no receipt.
        """
        if isinstance(report, Mapping):
            values, name = _as_json(report), "report"
        else:
            values, name = read_report(Path(report)), os.fspath(report)
        terms = terms_of(values, name)
        receipt, head = terms.receipt, self._log.head()
        problems = []
        if digest(values) != receipt.digest:
            problems.append("its figures are not those of its digest")
        if receipt.origin != self._log.origin:
            problems.append(f"it is of {receipt.origin}; this is {self._log.origin}")
        if not 0 <= receipt.position <= head.size:
            problems.append(f"position {receipt.position}; the log ends at {head.size}")
            return ReportCheck(
                receipt=receipt, problems=tuple(problems), altered=(), restated=()
            )
        if self._log.root_at(receipt.position).hex() != receipt.root:
            problems.append("its root is not that of the log at its position")
        try:
            self._position(receipt.position, "position")
        except InvalidInput as problem:  # No report is made of half an append.
            problems.append(str(problem))
            return ReportCheck(
                receipt=receipt, problems=tuple(problems), altered=(), restated=()
            )
        then = self._figures(terms, receipt.position)
        since = list(self._log.read(after=receipt.position))
        changed = differing(then, self._figures(terms, head.size))
        return ReportCheck(
            receipt=receipt,
            problems=tuple(problems),
            altered=tuple(differing(values, then)),
            restated=attributed(changed, since, terms.through),
        )

    def explain(
        self,
        subject: str,
        figure: str,
        *,
        through: date | None = None,
        known_at: datetime | int | None = None,
    ) -> Explanation:
        """
        Say where a figure comes from: formula, terms, events, and what was left out.

        Args:
            subject: A project's code, ``unit:CODE``, or ``totals``.

            figure: Its name in the report in JSON, such as ``execution_rate`` or
                ``indicators.NAME.attainment``.

        Raises:
            InvalidInput: There is no such figure; those that there are are named.
            UnknownProject, UnknownUnit, UnknownIndicator: As their names say.
        """
        view = self.view(through=through, known_at=known_at)
        return view.explain(subject, figure)

    def differences(
        self,
        earlier: datetime | int,
        later: datetime | int | None = None,
        *,
        through: date,
    ) -> tuple[Cell, ...]:
        """
        Say which figures about a day changed between two moments of knowledge.

        Args:
            earlier, later: Instants or positions; *later* is now by default.

            through: The day that the figures go to.

        Returns:
            Each figure with what it was, what it is, and the events that changed it.

        Raises:
            InvalidInput: There is no such position, or *later* comes before *earlier*.
        """
        first = self._position(earlier, "earlier")
        last = self._position(later, "later")
        if last < first:
            raise InvalidInput("known_at", later, f"position {first} or later")
        before, after = (
            _as_json(figures(self.view(through=through, known_at=at).monthly_report()))
            for at in (first, last)
        )
        since = list(self._log.read(after=first, until=last))
        return attributed(differing(before, after), since, through)

    def prove(self, position: int) -> Proof:
        """
        Return the proof that an event was recorded, to be checked without the ledger.

        Raises:
            InvalidInput: There is no such position.
        """
        return prove(self._log, position)

    def checkpoint(self, until: int | None = None) -> Checkpoint:
        """
        Return what the log was at a position, by default now.

        It is the last one sealed there, else one that nobody vouches for.

        Raises:
            InvalidInput: There is no such position, or it parts an append.
        """
        size = self._position(until, "until")
        notes = [note for _, at, _, note in self._log.checkpoints() if at == size]
        return Checkpoint.parse(notes[-1]) if notes else self._log.checkpoint(size)

    def export(
        self,
        path: AnyPath,
        *,
        until: int | None = None,
        checkpoint: AnyPath | None = None,
        tick: Tick = bool,
    ) -> Checkpoint:
        """
        Write the canonical lines to a file, and the checkpoint that they come to.

        Args:
            until: Only positions up to this one, where an append ends: what is restored
                from half of one would be no ledger.

            tick: Takes how many more lines were written.

            checkpoint: The file for the checkpoint; by default the first one's name
                with ``.checkpoint`` after it.

        Raises:
            InvalidInput: A file cannot be written, or there is no such position.
        """
        own, note = self._log.path, checkpoint or f"{os.fspath(path)}.checkpoint"
        output.check([path, note], [] if own is None else [own])
        with self._log.reading():
            kept = self.checkpoint(until)
            lines = told(self._log.lines(until=kept.size), tick)
            output.write(path, (line + b"\n" for line in lines), like=own)
        output.write(note, [kept.note], like=own)
        return kept

    def backup(self, path: AnyPath) -> None:
        """
        Copy the ledger to a new file, whatever others write meanwhile.

        Raises:
            InvalidInput: There is a file at *path*, or no folder for it.
            LogError: It cannot be written.
        """
        with output.database(path, like=self._log.path) as draft:
            self._log.backup(draft)

    @classmethod
    def restore(
        cls,
        path: AnyPath,
        source: AnyPath,
        checkpoint: Checkpoint,
        *,
        key: PublicKey | None = None,
        tick: Tick = bool,
    ) -> Verification:
        """
        Make a ledger from an export; it has the same root, origin and settings.

        Args:
            source: The file of lines.

            checkpoint: That of the export.

            key: Whose signature it must bear.

            tick: Takes how many more events were read, of three times those exported.

        Raises:
            NotProven: A line or the whole is not what the checkpoint says.
            InvalidInput: There is a file at *path*, or *source* cannot be read.
        """
        from ledger.audit.restoring import restore

        return restore(Path(path), Path(source), checkpoint, key=key, tick=tick)

    def _figures(self, terms: Terms, position: int) -> dict[str, Any]:
        """Return the report that *terms* ask for, from the log up to a position."""
        view = attrs.evolve(
            self.view(through=terms.through, known_at=position),
            known_at=terms.known_at,
            policy=terms.policy,
            scoring=terms.scoring,
        )
        return _as_json(figures(view.monthly_report()))


def read_report(path: Path) -> dict[str, Any]:
    """
    Return the values in a file of JSON.

    Raises:
        InvalidInput: It holds something else, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            values = msgspec.json.decode(file.read(), type=dict[str, Any])
    except OSError as problem:
        right = "a report in JSON"
        raise InvalidInput(str(path), problem.strerror, right) from problem
    except msgspec.MsgspecError as problem:
        raise InvalidInput(str(path), str(problem), "a report in JSON") from problem
    return values


def _as_json(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report's values as they come back from JSON."""
    return msgspec.json.decode(msgspec.json.encode(report), type=dict[str, Any])
