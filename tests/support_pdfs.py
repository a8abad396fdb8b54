"""PDFs of forms with ruled cells, drawn as word processors and spreadsheets do."""

import io
from pathlib import Path
from random import Random

import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "STSong-Light"
registerFont(UnicodeCIDFont(FONT))
LABELS = "一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据".split()
NAMES = "level1 level2 level3 description target basis".split()


def as_pdf(content, seed=0, *, encrypt=None, numbers=True):
    """Return the forms of *content* as a PDF; *seed* draws paper, font and widths."""
    rng = Random(seed)
    size = rng.choice([A4, landscape(A4), (420, 560)])
    points = rng.choice([7, 8, 9, 10])
    style = ParagraphStyle(
        "cell", fontName=FONT, fontSize=points, leading=points + 2, wordWrap="CJK"
    )
    widths = [rng.uniform(0.8, 1.3) for _ in range(7)]
    unit = content["document"]["money_unit"]
    story = []
    for form in content["projects"]:
        story += _form(
            form, unit, style, [w / sum(widths) * (size[0] - 60) for w in widths], rng
        )
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=size,
        leftMargin=30,
        rightMargin=30,
        topMargin=40,
        bottomMargin=40,
        encrypt=encrypt,
    )

    def number(canvas, _):
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(size[0] / 2, 20, str(canvas.getPageNumber()))

    document.build(
        story,
        onFirstPage=number if numbers else _nothing,
        onLaterPages=number if numbers else _nothing,
    )
    return file.getvalue()


def _nothing(canvas, document):
    """Draw nothing."""


def _cell(text, style):
    lines = str(text or "").split("\n")
    return Paragraph(
        "<br/>".join(line.replace("&", "&amp;").replace("<", "&lt;") for line in lines),
        style,
    )


def _upper(form):
    """Return the rows of a form above its indicators, and which cells are one."""
    goals = "\n".join(f"{n}.{goal}" for n, goal in enumerate(form["goals"], start=1))
    columns, plan = form["plan_columns"], form["plan_row"]
    pad = [""] * (6 - len(columns))
    rows = [
        [
            "项目编码",
            form["project_code"],
            "",
            "项目名称",
            form["project_name"],
            "",
            "",
        ],
        ["预算规模及资金用途", *_amounts(form)],
        ["", form["purpose"], *[""] * 5],
        ["资金支出计划（%）", *columns, *pad],
        ["", *plan, *[""] * (6 - len(plan))],
        ["绩效目标", goals, *[""] * 5],
    ]
    spans = [
        (1, 0, 2, 0),
        (4, 0, 6, 0),
        (0, 1, 0, 2),
        (1, 2, 6, 2),
        (0, 3, 0, 4),
        (1, 5, 6, 5),
    ]
    return rows, spans


def _amounts(form):
    """Return the words and the money of the row of a form's budget."""
    return [
        *("预算数", form["budget"]),
        *("其中：财政资金", form["fiscal_funds"]),
        *("其他资金", form["other_funds"]),
    ]


def _form(form, unit, style, widths, rng):
    upper, spans = _upper(form)
    rows = [[*LABELS, ""]] + [
        [*(i[name] for name in NAMES), ""] for i in form["indicators"]
    ]
    spans += [(5, r, 6, r) for r in range(6, 6 + len(rows))]
    title = f"{form['seq']}.{form['title']}绩效目标表"
    heading = Table(
        [
            [
                _cell(f"{form['unit_code']}{form['unit_name']}", style),
                _cell(f"单位：{unit}", style),
            ]
        ],
        colWidths=[sum(widths) * 0.8, sum(widths) * 0.2],
    )
    split = rng.choice([0, 1])
    grid = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP" if split else "MIDDLE"),
    ]
    spanned = [("SPAN", (a, b), (c, d)) for a, b, c, d in spans]
    whole = Table(
        [[_cell(text, style) for text in row] for row in [*upper, *rows]],
        colWidths=widths,
        style=grid + spanned,
        splitInRow=split,
    )
    return [Paragraph(title, style), heading, whole, Spacer(1, 14)]


def as_ruled_workbook(path, forms, unit="万元"):
    """Write forms one below the other with borders, to be printed as a PDF."""
    book = xlsxwriter.Workbook(path)
    ruled = book.add_format(
        {
            "border": 1,
            "text_wrap": True,
            "font_name": "Noto Sans CJK SC",
            "font_size": 9,
            "valign": "vcenter",
        }
    )
    plain = book.add_format({"font_name": "Noto Sans CJK SC", "font_size": 10})
    sheet = book.add_worksheet()
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 6, 19)
    row = 0
    for form in forms:
        row = _print(sheet, form, unit, row, ruled, plain) + 1
    book.close()
    return Path(path)


def _set_height(sheet, row, *texts):
    """Make a row as high as the longest of texts needs, each with its width."""
    lines = max(
        -(-sum(1 if c.isascii() else 2 for c in str(t or "")) // w) for t, w in texts
    )
    sheet.set_row(row, 14 * max(1, lines) + 4)


def _print(sheet, form, unit, r, ruled, plain):
    """Write a form from row *r* on; return the row after it."""

    def across(row, first, last, text, look=ruled):
        sheet.merge_range(row, first, row, last, text, look)

    across(r, 0, 6, f"{form['seq']}.{form['title']}绩效目标表", plain)
    sheet.write(r + 1, 0, f"{form['unit_code']}{form['unit_name']}", plain)
    sheet.write(r + 1, 6, f"单位：{unit}", plain)
    sheet.write(r + 2, 0, "项目编码", ruled)
    across(r + 2, 1, 2, form["project_code"])
    sheet.write(r + 2, 3, "项目名称", ruled)
    across(r + 2, 4, 6, form["project_name"])
    _set_height(sheet, r + 2, (form["project_name"], 50))
    sheet.merge_range(r + 3, 0, r + 4, 0, "预算规模及资金用途", ruled)
    for c, text in enumerate(_amounts(form), start=1):
        sheet.write(r + 3, c, text, ruled)
    across(r + 4, 1, 6, form["purpose"])
    _set_height(sheet, r + 4, (form["purpose"], 105))
    sheet.merge_range(r + 5, 0, r + 6, 0, "资金支出计划（%）", ruled)
    plan = [*form["plan_row"], *[None] * 6]
    for c in range(6):
        months = form["plan_columns"]
        sheet.write(r + 5, c + 1, months[c] if c < len(months) else None, ruled)
        sheet.write(r + 6, c + 1, plan[c], ruled)
    sheet.write(r + 7, 0, "绩效目标", ruled)
    goals = [f"{n}.{goal}" for n, goal in enumerate(form["goals"], start=1)]
    across(r + 7, 1, 6, "\n".join(goals))
    sheet.set_row(r + 7, sum(14 * -(-len(goal) * 2 // 105) for goal in goals) + 8)
    for c, label in enumerate(LABELS[:5]):
        sheet.write(r + 8, c, label, ruled)
    across(r + 8, 5, 6, LABELS[5])
    rows = range(r + 9, r + 9 + len(form["indicators"]))
    for row, indicator in zip(rows, form["indicators"], strict=True):
        for c, name in enumerate(NAMES[:5]):
            sheet.write(row, c, indicator[name], ruled)
        across(row, 5, 6, indicator["basis"])
        widths = ((indicator[name], 17) for name in NAMES[:5])
        _set_height(sheet, row, *widths, (indicator["basis"], 35))
    return rows.stop
