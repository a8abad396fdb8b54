import pytest

from ledger import Status
from ledger.domain.status import Colour, badness
from ledger.messages import Language
from ledger.reports.render import html, terminal
from ledger.reports.vocabulary import words


def test_no_two_statuses_are_equally_bad():
    """The worst of several is always one."""
    assert len({badness(status) for status in Status}) == len(Status)


@pytest.mark.parametrize("language", Language)
def test_every_status_has_its_own_word(language):
    """In each language, under its value."""
    said = [words(language)[status.value] for status in Status]

    assert len(set(said)) == len(Status)


@pytest.mark.parametrize("renderer", [html, terminal])
def test_every_colour_is_drawn(renderer):
    """A status takes one of the colours, so a new one is drawn without more ado."""
    assert set(renderer._STYLES) == set(Colour)
