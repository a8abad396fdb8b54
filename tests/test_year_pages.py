"""The page of a year has the tables that the reports of its months are held to."""

import pytest

from support_month_pages import planted, situations, with_faults
from support_sources import ROOT

PAGES = {
    "en": ROOT / "docs" / "a-year-month-by-month.md",
    "zh": ROOT / "docs" / "zh" / "a-year-month-by-month.md",
}


@pytest.mark.parametrize("table", [planted, with_faults, situations])
@pytest.mark.parametrize("language", PAGES)
def test_the_page_prints_the_table(language, table):
    """To the letter, in the words of the reports."""
    assert table(language) in PAGES[language].read_text("utf-8")
