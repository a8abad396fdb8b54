"""The list of findings in the docs is that of the tables."""

import pytest

from ledger.messages import Language, section, severity

from . import findings


@pytest.mark.parametrize("language", Language)
def test_the_list_in_the_docs_is_that_of_the_tables(language):
    """`python -m tests.messages.findings` writes it; nobody edits it."""
    written = findings.PAGES[language].read_text("utf-8")
    assert written == findings.page(language)


def test_each_finding_has_a_severity_and_is_made_somewhere():
    """A code that nothing says is a row that misleads a translator."""
    made = findings.rights().keys()
    for code in section("finding", Language.ENGLISH):
        assert severity(code) in {"error", "warning", "note"}
        assert code in made or findings.COMPUTED.match(code), code


def test_each_example_is_of_a_finding():
    """One that is left behind would be shown nowhere."""
    assert findings.examples().keys() <= section("finding", Language.ENGLISH).keys()
