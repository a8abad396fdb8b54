"""The titles of the forms of a quarter, which name it."""

import pytest
from click.testing import CliRunner

from ledger import InvalidInput, Ledger, Settings
from ledger.cli import main
from support import approval
from support_office import cells

_TITLES = {
    "national": "（2023年度第二季度）",
    "english": "(fiscal year 2023, second quarter)",
}


def made(path, **settings):
    """Return a ledger of one project."""
    ledger = Ledger.open(path, actor="a", settings=Settings(**settings))
    ledger.append(approval())
    return ledger


def titles(path):
    """Return what stands below the title on each sheet of a form."""
    _, _, *forms = cells(path).values()
    return {rows[1][0] for rows in forms}


@pytest.mark.parametrize("layout", _TITLES)
def test_the_forms_of_a_quarter_name_it(tmp_path, layout):
    """In the language of the layout; those of its last month do not."""
    with made(":memory:") as ledger:
        june = ledger.monitoring(2023, 6)
    june.write(tmp_path / "quarter.xlsx", layout=layout, quarter=True)
    june.write(tmp_path / "month.xlsx", layout=layout)
    assert titles(tmp_path / "quarter.xlsx") == {_TITLES[layout]}
    assert titles(tmp_path / "month.xlsx") < {"（2023年度）", "(fiscal year 2023)"}


def test_a_month_that_ends_no_quarter_is_refused(tmp_path):
    """Quarters are those of the fiscal year."""
    with made(":memory:", first_month=3) as ledger:
        june, may = ledger.monitoring(2023, 6), ledger.monitoring(2023, 5)
    with pytest.raises(InvalidInput, match="2023-05-31 or 2023-08-31"):
        june.write(tmp_path / "june.xlsx", quarter=True)
    may.write(tmp_path / "may.xlsx", quarter=True)
    assert titles(tmp_path / "may.xlsx") == {"（2023年度第一季度）"}


def test_the_command_names_the_quarter_that_is_asked_for(tmp_path):
    """As a workbook; the text takes the quarter as before."""
    path, out = tmp_path / "a.ledger", tmp_path / "form.xlsx"
    made(path).close()
    words = ["monitor", str(path), "--quarter", "2023-Q2"]
    layout = ["--layout", "national", "--out", str(out)]
    assert CliRunner().invoke(main, [*words, *layout]).exit_code == 0
    assert titles(out) == {"（2023年度第二季度）"}
    assert CliRunner().invoke(main, words).exit_code == 0
