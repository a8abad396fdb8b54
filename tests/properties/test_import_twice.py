"""An import twice is an import once."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.domain.codes import check_character
from support import form, forms

codes = st.integers(0, 10**10 - 1).map(lambda n: f"13052923P0{n:010}")
budgets = st.integers(1, 10**8).map(lambda n: str(Decimal(n).scaleb(-2)))


@st.composite
def files(draw):
    """Draw an interchange file of a few forms."""
    drawn = []
    for start in draw(st.lists(codes, min_size=1, max_size=4, unique=True)):
        budget = draw(budgets)
        code = start + check_character(start)
        drawn.append(form(code, budget=budget, fiscal_funds=budget, plan_row=[budget]))
    return forms(*drawn)


@given(files())
def test_the_same_file_twice_changes_nothing(file):
    """The second import records nothing and says so of each form."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(file)
        root = ledger.root
        findings = ledger.import_forms(file)

        assert ledger.root == root
        said = [f.code for f in findings if f.code == "form.already_recorded"]
        assert len(said) == len(file["projects"]) == ledger.position
