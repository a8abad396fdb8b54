"""The tables of a year as the pages of the docs print them, in both languages."""

from ledger.messages import Language, section
from support_month_tables import read

HEADS = {
    "en": ("project", "months", "money", "worst indicator", "project's status", "why"),
    "zh": ("项目", "月份", "资金", "最差的指标", "项目状态", "理由"),
}
FAULTS = {
    "en": ("what goes wrong", "project", "red from"),
    "zh": ("出了什么事", "项目", "何月起亮红"),
}
REASON = {"en": "why", "zh": "why_zh"}


def situations(language):
    """Return the situations that reviewers know, as a page prints them."""
    return _page_table(language, read("situations.csv"))


def with_faults(language):
    """Return the projects of the planted faults, as a page prints them."""
    rows = [row for row in read("year-with-faults.csv") if row["status"]]
    return _page_table(language, rows)


def planted(language):
    """Return the seven faults, with the month from which each is red."""
    names = {row["code"]: row["project"] for row in read("year.csv")}
    fault = {"en": "fault", "zh": "fault_zh"}[language]
    rows = sorted(read("faults.csv"), key=lambda row: int(row["red_from"]))
    cells = [
        (row[fault], names[row["code"]], _month(language, row["red_from"]))
        for row in rows
    ]
    return _lines([FAULTS[language], *dict.fromkeys(cells)])


def _page_table(language, rows):
    words = section("word", Language(language))

    def cells(row):
        worst = row["worst"]
        if worst:
            worst = f"{worst}: {words[row['worst_status']]}"
        return (
            row["project"],
            row["months"],
            words[row["money"]],
            worst or "–",
            words[row["status"]],
            row[REASON[language]],
        )

    return _lines([HEADS[language], *map(cells, rows)])


def _month(language, number):
    return f"{number}月" if language == "zh" else number


def _lines(rows):
    head, *rest = (f"| {' | '.join(cells)} |" for cells in rows)
    rule = f"|{' --- |' * len(rows[0])}"
    return "\n".join([head, rule, *rest])
