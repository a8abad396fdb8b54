"""What is said of the two years in workbooks: reports, official forms, templates."""

from pathlib import Path

import ledger as public
from ledger.messages import Language

from . import years
from .plain import workbook

MONTH = (2023, 6)


def workbooks():
    """Say every report of the small year that is a workbook, by its cells."""
    with years.small() as ledger:
        for name, text in _workbooks(ledger):
            yield f"small/{name}", text


def workbooks_of_the_demo():
    """Say the same of the demo."""
    with years.demo() as ledger:
        for name, text in _workbooks(ledger):
            yield f"demo/{name}", text


def _workbooks(ledger):
    year, month = MONTH
    out = Path("book.xlsx")
    report = ledger.monthly_report(year, month)
    for language in Language:
        report.write(out, language=language)
        yield f"monthly/{year}-{month:02}/{language}.xlsx", workbook(out)
    for layout in public.reports.LAYOUTS:
        ledger.monitoring(year, month).write(out, layout=layout)
        yield f"monitoring/{year}-{month:02}/{layout}.xlsx", workbook(out)
        ledger.self_evaluation(2023).write(out, layout=layout)
        yield f"self-evaluation/{layout}.xlsx", workbook(out)
    for language in Language:
        spoken = {"language": language}
        ledger.monitoring(year, month).write(out, **spoken)
        yield f"monitoring/{year}-{month:02}/{language}.xlsx", workbook(out)
        ledger.self_evaluation(2023).write(out, **spoken)
        yield f"self-evaluation/{language}.xlsx", workbook(out)
        out.unlink()
        ledger.forms_template(out, **spoken)
        yield f"template/forms-{language}.xlsx", workbook(out)
        for path, shown in ((out, workbook), (Path("template.csv"), _text)):
            path.unlink(missing_ok=True)
            ledger.events_template(path, year, month, **spoken)
            yield f"template/events-{language}{path.suffix}", shown(path)


def _text(path):
    return path.read_text("utf-8")
