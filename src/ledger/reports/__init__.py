"""
What people read at month end: values first, then renderings of them.

Public here are the reports, what they are made of, and the official layouts.
"""

from typing import TYPE_CHECKING, Final

from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger.layouts.form_layout import (
        Layout as Layout,
        Layouts as Layouts,
    )
    from ledger.layouts.shipped import (
        LAYOUTS as LAYOUTS,
        layout_text as layout_text,
    )
    from ledger.reports.documents.alerts import AlertList as AlertList
    from ledger.reports.documents.monitoring import Monitoring as Monitoring
    from ledger.reports.documents.monthly import MonthlyReport as MonthlyReport
    from ledger.reports.documents.portfolio import Portfolio as Portfolio
    from ledger.reports.documents.registers import (
        AdjustmentRegister as AdjustmentRegister,
        CarryOverRegister as CarryOverRegister,
        ClosedMonths as ClosedMonths,
        CompletenessRegister as CompletenessRegister,
        ContractRegister as ContractRegister,
        LifeToDate as LifeToDate,
        RefundRegister as RefundRegister,
        TwoYears as TwoYears,
    )
    from ledger.reports.documents.review import Review as Review
    from ledger.reports.documents.self_evaluation import (
        SelfEvaluation as SelfEvaluation,
    )
    from ledger.reports.values.alerts import Alert as Alert
    from ledger.reports.values.contracts import (
        Contract as Contract,
        ContractMoney as ContractMoney,
    )
    from ledger.reports.values.known_project import KnownProject as KnownProject
    from ledger.reports.values.monitoring import MonitoredProject as MonitoredProject
    from ledger.reports.values.monthly import (
        ProjectReport as ProjectReport,
        UnitReport as UnitReport,
    )
    from ledger.reports.values.official_form import (
        FormSubject as FormSubject,
        MoneyRow as MoneyRow,
    )
    from ledger.reports.values.portfolio import (
        GroupTotal as GroupTotal,
        UnitTotal as UnitTotal,
    )
    from ledger.reports.values.self_evaluation import (
        EvaluatedIndicator as EvaluatedIndicator,
        Evaluation as Evaluation,
        Points as Points,
    )

MODULES: Final = {
    "AdjustmentRegister": "ledger.reports.documents.registers",
    "Alert": "ledger.reports.values.alerts",
    "AlertList": "ledger.reports.documents.alerts",
    "CarryOverRegister": "ledger.reports.documents.registers",
    "ClosedMonths": "ledger.reports.documents.registers",
    "CompletenessRegister": "ledger.reports.documents.registers",
    "Contract": "ledger.reports.values.contracts",
    "ContractMoney": "ledger.reports.values.contracts",
    "ContractRegister": "ledger.reports.documents.registers",
    "EvaluatedIndicator": "ledger.reports.values.self_evaluation",
    "Evaluation": "ledger.reports.values.self_evaluation",
    "FormSubject": "ledger.reports.values.official_form",
    "GroupTotal": "ledger.reports.values.portfolio",
    "KnownProject": "ledger.reports.values.known_project",
    "LAYOUTS": "ledger.layouts.shipped",
    "Layout": "ledger.layouts.form_layout",
    "Layouts": "ledger.layouts.form_layout",
    "LifeToDate": "ledger.reports.documents.registers",
    "MoneyRow": "ledger.reports.values.official_form",
    "MonitoredProject": "ledger.reports.values.monitoring",
    "Monitoring": "ledger.reports.documents.monitoring",
    "MonthlyReport": "ledger.reports.documents.monthly",
    "Points": "ledger.reports.values.self_evaluation",
    "Portfolio": "ledger.reports.documents.portfolio",
    "ProjectReport": "ledger.reports.values.monthly",
    "RefundRegister": "ledger.reports.documents.registers",
    "Review": "ledger.reports.documents.review",
    "SelfEvaluation": "ledger.reports.documents.self_evaluation",
    "TwoYears": "ledger.reports.documents.registers",
    "UnitReport": "ledger.reports.values.monthly",
    "UnitTotal": "ledger.reports.values.portfolio",
    "layout_text": "ledger.layouts.shipped",
}
"""The module of each public name: it loads when the name is asked for."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES)
