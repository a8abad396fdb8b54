import pytest

from ledger.domain import (
    commitment_refusals,
    errors,
    exception_refusals,
    import_refusal,
    refusals,
)
from ledger.domain.catalogue import CATALOGUE

from .digests import LONG, different, digest, kept, kept_quick, said
from .said import QUICK, long

DIFFERENT = """{count} texts are not as they were: a change that moves code alone changes none.

{listed}

`python -m tests.corpus --write FOLDER` writes all texts into files. Do it here and at
the commit before, and `diff -r` shows what is said otherwise. Where that is meant,
`python -m tests.corpus` writes the digests anew; the commit says which, and why."""


@pytest.fixture(scope="module")
def texts():
    """Say what is quickly said, once."""
    return dict(said(QUICK))


def compare(was, now):
    """Fail with the names of the texts that are not as they were."""
    names = different(was, {name: digest(text) for name, text in now.items()})
    listed = "\n".join(names[:200])
    assert not names, DIFFERENT.format(count=len(names), listed=listed)


def test_every_text_is_as_it_was(texts):
    """Nothing is said of two fixed years that was not said of them before."""
    compare(kept_quick(), texts)


@pytest.mark.long
def test_every_long_text_is_as_it_was():
    """Nothing is said on pages, in tables and explanations that was not before."""
    was = {name: its for name, its in kept().items() if name.startswith(LONG)}
    compare(was, dict(said([long])))


def test_every_type_of_event_is_there(texts):
    """The small year has an event of each type of the catalogue."""
    for row in CATALOGUE:
        assert f'"type":"{row.event.__name__}"' in texts["small/lines"]


def test_every_class_of_error_is_there(texts):
    """Each error that has none below it is said at least once."""
    lines = (line for text in texts.values() for line in text.splitlines())
    heads = {line[:-1].rpartition(" ")[2] for line in lines if line.endswith(":")}
    classes = [
        made
        for made in (
            vars(errors)
            | vars(refusals)
            | vars(commitment_refusals)
            | vars(exception_refusals)
            | vars(import_refusal)
        ).values()
        if isinstance(made, type) and issubclass(made, errors.LedgerError)
    ]
    last = {made.__name__ for made in classes if not made.__subclasses__()}
    assert last <= heads, last - heads
