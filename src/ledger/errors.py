"""Every error that the library raises on purpose, with its tree."""

from typing import TYPE_CHECKING, Final

from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger.domain.commitment_refusals import (
        BeforeCommitment as BeforeCommitment,
        CommitmentEnded as CommitmentEnded,
        CommitmentExceeded as CommitmentExceeded,
        CommitmentUsed as CommitmentUsed,
        CommitmentsOpen as CommitmentsOpen,
    )
    from ledger.domain.errors import (
        InvalidAmount as InvalidAmount,
        InvalidBatch as InvalidBatch,
        InvalidInput as InvalidInput,
        InvalidPlan as InvalidPlan,
        KeyConflict as KeyConflict,
        LedgerError as LedgerError,
        LedgerLocked as LedgerLocked,
        LogCorrupted as LogCorrupted,
        LogError as LogError,
        NewerLedger as NewerLedger,
        NotALedger as NotALedger,
        NotProven as NotProven,
        OlderLedger as OlderLedger,
        ReadOnlyLedger as ReadOnlyLedger,
        VersionConflict as VersionConflict,
    )
    from ledger.domain.exception_refusals import (
        ExceptionNotAllowed as ExceptionNotAllowed,
        SourceOverspent as SourceOverspent,
    )
    from ledger.domain.import_refusal import ImportRefused as ImportRefused
    from ledger.domain.refusals import (
        AfterClosure as AfterClosure,
        AlreadyApproved as AlreadyApproved,
        AlreadyCorrected as AlreadyCorrected,
        ApprovalInUse as ApprovalInUse,
        BeforeApproval as BeforeApproval,
        BudgetExceeded as BudgetExceeded,
        CarryExceeded as CarryExceeded,
        DatedAhead as DatedAhead,
        NotClosed as NotClosed,
        InClosedPeriod as InClosedPeriod,
        OutsideFiscalYear as OutsideFiscalYear,
        Refused as Refused,
        ReversalExceeded as ReversalExceeded,
        SourceLevelsMixed as SourceLevelsMixed,
        UnknownCommitment as UnknownCommitment,
        UnknownIndicator as UnknownIndicator,
        UnknownProject as UnknownProject,
        UnknownResult as UnknownResult,
        UnknownSource as UnknownSource,
        UnknownUnit as UnknownUnit,
        UnknownVoucher as UnknownVoucher,
        VirementUnbalanced as VirementUnbalanced,
        VoucherUsed as VoucherUsed,
        WrongResult as WrongResult,
    )

MODULES: Final = {
    "AfterClosure": "ledger.domain.refusals",
    "AlreadyApproved": "ledger.domain.refusals",
    "AlreadyCorrected": "ledger.domain.refusals",
    "ApprovalInUse": "ledger.domain.refusals",
    "BeforeApproval": "ledger.domain.refusals",
    "BeforeCommitment": "ledger.domain.commitment_refusals",
    "BudgetExceeded": "ledger.domain.refusals",
    "CarryExceeded": "ledger.domain.refusals",
    "CommitmentEnded": "ledger.domain.commitment_refusals",
    "CommitmentExceeded": "ledger.domain.commitment_refusals",
    "CommitmentUsed": "ledger.domain.commitment_refusals",
    "CommitmentsOpen": "ledger.domain.commitment_refusals",
    "DatedAhead": "ledger.domain.refusals",
    "ExceptionNotAllowed": "ledger.domain.exception_refusals",
    "ImportRefused": "ledger.domain.import_refusal",
    "InClosedPeriod": "ledger.domain.refusals",
    "InvalidAmount": "ledger.domain.errors",
    "InvalidBatch": "ledger.domain.errors",
    "InvalidInput": "ledger.domain.errors",
    "InvalidPlan": "ledger.domain.errors",
    "KeyConflict": "ledger.domain.errors",
    "LedgerError": "ledger.domain.errors",
    "LedgerLocked": "ledger.domain.errors",
    "LogCorrupted": "ledger.domain.errors",
    "LogError": "ledger.domain.errors",
    "NewerLedger": "ledger.domain.errors",
    "NotALedger": "ledger.domain.errors",
    "NotClosed": "ledger.domain.refusals",
    "NotProven": "ledger.domain.errors",
    "OlderLedger": "ledger.domain.errors",
    "OutsideFiscalYear": "ledger.domain.refusals",
    "ReadOnlyLedger": "ledger.domain.errors",
    "Refused": "ledger.domain.refusals",
    "ReversalExceeded": "ledger.domain.refusals",
    "SourceLevelsMixed": "ledger.domain.refusals",
    "SourceOverspent": "ledger.domain.exception_refusals",
    "UnknownCommitment": "ledger.domain.refusals",
    "UnknownIndicator": "ledger.domain.refusals",
    "UnknownProject": "ledger.domain.refusals",
    "UnknownResult": "ledger.domain.refusals",
    "UnknownSource": "ledger.domain.refusals",
    "UnknownUnit": "ledger.domain.refusals",
    "UnknownVoucher": "ledger.domain.refusals",
    "VersionConflict": "ledger.domain.errors",
    "VirementUnbalanced": "ledger.domain.refusals",
    "VoucherUsed": "ledger.domain.refusals",
    "WrongResult": "ledger.domain.refusals",
}
"""The module of each public name: it loads when the name is asked for."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES)
