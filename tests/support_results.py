"""A project with indicators of all kinds, and what was decided about them."""

from ledger import IndicatorReference, Settings
from ledger.domain import plain_results, result_rules
from ledger.domain.plain_results import PlainIndicators
from ledger.events import ResultReported
from ledger.store.stored_event import StoredEvent
from support import PROJECT, approval, day, indicator

SETTINGS = Settings()
ROWS = (
    indicator("次数", "≥10次"),
    indicator("满意度", "≥98%", level1="满意度指标", level2="服务对象满意度指标"),
    indicator("效果", "效果显著", level1="效益指标", level2="社会效益指标"),
    indicator("完成时间", "12月底前", level2="时效指标"),
    indicator("同名", "≥1个", level2="数量指标"),
    indicator("同名", "≥90%", level2="质量指标"),
    indicator(
        "汇总", "≥1次", computed_from=(IndicatorReference(project="X", indicator="y"),)
    ),
)


def state_after(*events, rows=ROWS):
    """Return the indicators of a project after its approval and *events*."""
    state = PlainIndicators(subject=PROJECT, fiscal_year=2023)
    for version, event in enumerate((approval(indicators=rows), *events), start=1):
        recorded = StoredEvent(
            version, "", version, "", "", 1, event.on, "", "", None, None, event
        )
        state = plain_results.evolve(state, recorded)
    return state


JUNE = day(6)


def reported(name="次数", on=JUNE, **figures):
    """Return a result."""
    return ResultReported(project=PROJECT, on=on, indicator=name, **figures)


def decided(event, *before, rows=ROWS):
    """Return what becomes of a request after others, each decided first."""
    events = []
    for each in before:
        events.append(
            result_rules.decide(state_after(*events, rows=rows), each, SETTINGS)
        )
    return result_rules.decide(state_after(*events, rows=rows), event, SETTINGS)
