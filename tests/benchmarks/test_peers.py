"""Benchmarks compare like with like: figures agree before anything is timed."""

from importlib import import_module

import pytest

import portfolio
import portfolio_files
from answers import of_one, replayed, reported
from bench import append
from workload import Workload, agree


@pytest.fixture(scope="module")
def contest(tmp_path_factory):
    """Three projects, in a ledger and in the files of others."""
    folder = tmp_path_factory.mktemp("peers")
    events = list(portfolio.events(3))
    append(folder / "ours.ledger", events, 1000)
    work = Workload.of([portfolio_files.fact(each) for each in events], folder)
    portfolio_files.write(folder, work.facts)
    return folder / "ours.ledger", work


@pytest.mark.parametrize("name", ["script", "duckdb_parquet"])
def test_a_peer_finds_what_we_find(name, contest):
    """Budgets, money by month and results, for a replay, a report and one project."""
    path, work = contest
    peer = import_module(f"peers.{name}")
    if hasattr(peer, "STORE"):
        peer.append(work.folder / peer.STORE, work.facts, 100)
    ours = {
        "replay": replayed(path),
        "report": reported(path),
        "project": of_one(path, work.one),
    }

    for job, mine in ours.items():
        found = getattr(peer, job)(work)
        if hasattr(peer, "answer"):
            found = peer.answer(work, found, monthly=job == "replay")
        agree(mine, found)


def test_a_cent_off_is_seen(contest):
    """Nothing is timed against other figures."""
    path, work = contest
    mine = reported(path)
    one = mine[work.one]
    theirs = mine | {work.one: one._replace(spent=(one.spent[0] + 1,))}

    with pytest.raises(AssertionError, match=work.one):
        agree(mine, theirs)


def test_a_tool_for_money_is_held_to_money_only(contest):
    """Hledger knows no indicators; its budgets and sums must still be ours."""
    path, _ = contest
    mine = reported(path)

    agree(mine, {code: each._replace(results=None) for code, each in mine.items()})


def test_the_bulk_file_holds_the_same_facts(contest, tmp_path):
    """Approvals and the bulk file make the same report as the events did."""
    path, _ = contest
    scale = import_module("scale")
    ledger, bulk = tmp_path / "bulk.ledger", tmp_path / "bulk.jsonl"

    scale.make(ledger, bulk, 3)
    scale.take_in(ledger, bulk)

    agree(reported(path), reported(ledger))


def test_counts_far_above_the_baseline_fail():
    """Ten per cent more instructions pass, more than that do not."""
    instructions = import_module("instructions")

    assert instructions.held({"append": 1_099}, {"append": 1_000})
    assert not instructions.held({"append": 1_101}, {"append": 1_000})
