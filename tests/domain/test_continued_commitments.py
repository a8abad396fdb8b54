"""What a commitment goes on with is one that the ledger has, wherever it has the year."""

from datetime import date

import pytest

from ledger import Funding, Ledger, Settings
from ledger.errors import InvalidBatch, InvalidInput, UnknownCommitment
from ledger.events import CommitmentEntered, ContinuedCommitment
from support import approval, day
from support_tampering import attacking, recompute

ENTERED = "type,project,on,commitment,amount,continues\n"


@pytest.fixture
def path(tmp_path):
    """Keep a project of two years, of which the first has a contract and another."""
    made = tmp_path / "l.ledger"
    with Ledger(made, actor="t", settings=Settings(language="en")) as ledger:
        for year in (2022, 2023):
            on = date(year, 1, 10)
            ledger.append(approval("P", fiscal_year=year, on=on))
        ledger.commit("P", "HT-101", 300, on=date(2022, 5, 1))
        ledger.commit("P", "CG-7", 100, stage="reserved", on=date(2022, 5, 1))
    return made


def earlier(number, year=2022):
    """Return what a commitment goes on with."""
    return ContinuedCommitment(year=year, commitment=number)


def test_one_that_the_year_has_not_is_refused_with_the_nearest(path):
    """And one that it has is taken, however it is spelled."""
    with Ledger(path, actor="t") as ledger:
        with pytest.raises(UnknownCommitment, match=r"P \(2022\): .*'HT-110'.*HT-101"):
            ledger.commit("P", "C", 1, on=day(3), continues=earlier("HT-110"))
        taken = ledger.commit("P", "C", 1, on=day(3), continues=earlier("ht—101"))
        assert taken.event.continues == earlier("ht—101")
        assert ledger.verify().ok


def test_any_of_a_year_that_the_ledger_has_not_is_taken(path):
    """A ledger begins some time, and contracts are older."""
    with Ledger(path, actor="t") as ledger:
        ledger.commit("P", "C", 1, on=day(3), continues=earlier("HT-9", 2021))
        with pytest.raises(InvalidInput, match="continues"):
            ledger.commit("P", "C-2", 1, on=day(3), continues=earlier("HT-9", 2023))
        ledger.append(approval("P", fiscal_year=2021, on=date(2021, 1, 10)))
        with pytest.raises(UnknownCommitment, match=r"2021.*none yet"):
            ledger.commit("P", "C-2", 1, on=day(3), continues=earlier("HT-9", 2021))
        assert ledger.verify().ok  # What was taken before stands.


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_a_file_does_not_matter(path, tmp_path, turned):
    """It may come before what it goes on with, which may go on with others."""
    lines = [
        "CommitmentEntered,P,2023-03-01,HT-3,1,2022/HT-2\n",
        "CommitmentEntered,P,2022-03-01,HT-2,1,2021/HT-1\n",
        "CommitmentEntered,P,2021-03-01,HT-1,1,\n",
    ]
    file = tmp_path / "facts.csv"
    file.write_text(ENTERED + "".join(lines[::-1] if turned else lines))
    with Ledger(path, actor="t") as ledger:
        ledger.append(approval("P", fiscal_year=2021, on=date(2021, 1, 10)))
        assert ledger.record(file).new == 3
        assert ledger.verify().ok


@pytest.mark.parametrize("turned", [False, True])
def test_a_year_of_the_same_append_is_one_that_the_ledger_has(path, turned):
    """Wherever in it the approval stands."""
    facts = [
        approval("P", fiscal_year=2021, on=date(2021, 1, 10)),
        CommitmentEntered(
            project="P",
            on=day(3),
            commitment="C",
            amounts=(Funding(source="fiscal", amount=1),),
            continues=earlier("HT-9", 2021),
        ),
    ]
    with Ledger(path, actor="t") as ledger:
        with pytest.raises(UnknownCommitment):
            ledger.append(*(facts[::-1] if turned else facts))
        assert ledger.verify().ok


def test_a_file_names_the_line_of_what_the_ledger_has_not(path, tmp_path):
    """With the nearest, and records nothing."""
    file = tmp_path / "facts.csv"
    file.write_text(ENTERED + "CommitmentEntered,P,2023-03-01,C,1,2022/HT-11\n")
    with Ledger(path, actor="t") as ledger:
        before = ledger.position
        with pytest.raises(
            InvalidBatch, match=r"facts\.csv.*\n.*line 2: .*'HT-11'.*HT-101"
        ):
            ledger.record(file)
        assert ledger.position == before


def test_verify_finds_one_that_the_year_had_not_by_then(path):
    """In a log that was written anew, with all its hashes."""
    with Ledger(path, actor="t") as ledger:
        ledger.commit("P", "C", 1, on=day(3), continues=earlier("HT-101"))
    with attacking(path) as connection:
        connection.execute(
            "UPDATE events SET payload = replace(payload, 'HT-101', 'HT-109') "
            "WHERE payload LIKE '%continues\":{%'"
        )
        connection.execute("DELETE FROM snapshots")
        recompute(connection)
    with Ledger(path) as ledger:
        done = ledger.verify()
        assert any("'HT-109'" in finding.text("en") for finding in done.findings), done
