"""Which sources a budget may have, and which one is meant where none is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput, Settings
from ledger.domain import budget_rules
from ledger.domain.funding import misspelt_source, official_row
from ledger.domain.plain_budget import PlainBudget, after
from ledger.domain.source_rules import checked_source, stated_source
from ledger.errors import SourceLevelsMixed, UnknownSource
from ledger.events import BudgetAdjusted, SpendingException
from support import approval, day, disbursement

SETTINGS = Settings()
EMPTY = PlainBudget(project="P-1", fiscal_year=2023)


def of(*sources, amount=1_000, **more):
    """Return an approval with the same amount from each source."""
    parts = tuple(Funding(source=each, amount=amount) for each in sources)
    return approval(amounts=parts, **more)


def decide(state, event):
    """Return what a request becomes."""
    return budget_rules.decide(state, event, SETTINGS)


def supplement(source, *, new_source=True):
    """Return a supplement of 1 fen."""
    parts = (Funding(source=source, amount=1),)
    return BudgetAdjusted(
        project="P-1",
        on=day(3),
        kind="supplement",
        amounts=parts,
        new_source=new_source,
    )


@pytest.mark.parametrize(
    "source",
    [
        "fiscal/central/高标准农田",
        "special_account",
        "external/world_bank",
        "other/own",
        "carried_over/fiscal/central",
        "中央",
        "上年结转/县级",
    ],
)
def test_each_root_may_have_what_it_likes_below(source):
    """The first component is one of five, those below are free."""
    assert decide(EMPTY, of(source)).amounts[0].source.count("/") == (
        {"中央": 1, "上年结转/县级": 2}.get(source, source.count("/"))
    )


@pytest.mark.parametrize(
    ("source", "nearest"),
    [
        ("fiscla", "fiscal"),
        ("财政资全", "fiscal"),
        ("carried_over/fiscl", "fiscal"),
        ("fiscal/conty", "fiscal/county"),
        ("fiscal/ctiy", "fiscal/city"),
        ("grant", None),
    ],
)
def test_another_name_is_refused_unless_it_is_meant(source, nearest):
    """Another first component, or one that is like a known name; it may be meant."""
    with pytest.raises(UnknownSource, match="new_source") as refused:
        decide(EMPTY, of(source))
    assert refused.value.nearest == nearest
    meant = decide(EMPTY, of(source, new_source=True))
    assert meant.amounts[0].source == source


def test_a_name_that_is_like_one_of_the_project_is_refused_there():
    """A supplement names a source of the project, or says that it is a new one."""
    state = after(EMPTY, of("other/own"))
    with pytest.raises(UnknownSource):
        decide(state, supplement("other/won", new_source=False))
    assert decide(state, supplement("other/won")).amounts[0].source == "other/won"


@pytest.mark.parametrize(
    ("has", "more"),
    [
        ("fiscal", "fiscal/central"),
        ("fiscal/central/roads", "fiscal"),
        ("carried_over/fiscal", "carried_over"),
    ],
)
def test_levels_are_not_mixed_in_one_project(has, more):
    """Neither in one approval nor by a supplement; both are named."""
    with pytest.raises(SourceLevelsMixed) as refused:
        decide(EMPTY, of(has, more))
    assert set(refused.value.sources) == {has, more}
    with pytest.raises(SourceLevelsMixed, match="one is part of the other"):
        decide(after(EMPTY, of(has)), supplement(more))
    assert decide(after(EMPTY, of("fiscal/central")), supplement("fiscal/county"))
    assert decide(after(EMPTY, of("fiscal")), supplement("fiscality"))


def test_fiscal_money_of_nothing_has_no_levels():
    """A form states fiscal money of 0; a level of it may come later."""
    state = after(
        EMPTY,
        approval(
            amounts=(
                Funding(source="fiscal", amount=0),
                Funding(source="other", amount=5),
            )
        ),
    )
    assert decide(state, supplement("fiscal/central"))


def test_what_an_exception_paid_of_is_a_source():
    """Of fiscal money of 0, no part comes later; of a part, none is paid above it."""
    lax = Settings(allow_exceptions=True)
    allowed = SpendingException(allowed_by="王局长", reason="银行已扣手续费")
    paid = disbursement(10, "407", source="fiscal", exception=allowed)
    state = after(EMPTY, of("fiscal", amount=0))
    assert budget_rules.decide(state, paid, lax) == paid
    with pytest.raises(SourceLevelsMixed):
        decide(after(state, paid), supplement("fiscal/central"))
    with pytest.raises(SourceLevelsMixed):
        budget_rules.decide(after(state, supplement("fiscal/central")), paid, lax)
    assert decide(after(state, paid), supplement("other"))


@pytest.mark.parametrize(
    ("sources", "meant"),
    [
        (["other/own"], "other/own"),
        (["fiscal", "other", "carried_over/fiscal"], "fiscal"),
        (["fiscal/central", "other"], None),
    ],
)
def test_what_is_meant_where_no_source_is_named(sources, meant):
    """The only one, else fiscal money without a level; else it must be said."""
    state, request = after(EMPTY, of(*sources)), disbursement(1, source="")
    if meant is not None:
        assert decide(state, request).source == meant
        return
    with pytest.raises(InvalidInput, match=r"source: .*central.*other"):
        decide(state, request)


@pytest.mark.parametrize(("rest", "meant"), [(5, "other"), (0, "fiscal")])
def test_what_a_form_states_as_nothing_is_meant_where_there_is_nothing_else(
    rest, meant
):
    """Fiscal money of 0 is a source only beside others of 0."""
    parts = (("fiscal", 0), ("other", rest))
    amounts = tuple(Funding(source=s, amount=a) for s, a in parts)
    given = after(EMPTY, approval(amounts=amounts))
    assert stated_source(given, "") == meant


@pytest.mark.parametrize("source", ["a" * 10_001, None, " "])
def test_a_source_is_a_text_that_is_not_too_long(source):
    """Else no name is compared."""
    with pytest.raises(InvalidInput, match="source"):
        checked_source(source)


@pytest.mark.parametrize("source", ["fiscal", "fiscal/central/roads"])
def test_a_payment_names_a_source_of_the_budget_exactly(source):
    """Neither what it is part of nor a part of it."""
    state = after(EMPTY, of("fiscal/central", "fiscal/county"))
    with pytest.raises(UnknownSource, match="central"):
        decide(state, disbursement(1, source=source))


def test_carried_over_money_keeps_its_source():
    """Carried over again, it is still of the first source."""
    with pytest.raises(InvalidInput, match="keeps its source"):
        decide(EMPTY, of("carried_over/carried_over/fiscal"))


WORDS = st.text("abcd", min_size=1, max_size=5)


@given(WORDS, WORDS)
def test_within_an_edit_is_as_it_is_defined(one, other):
    """By trying every edit of the one word."""
    edits = {one[:i] + one[i + 1 :] for i in range(len(one))}
    edits |= {one[:i] + c + one[i:] for i in range(len(one) + 1) for c in "abcd"}
    edits |= {one[:i] + c + one[i + 1 :] for i in range(len(one)) for c in "abcd"}
    edits |= {one[:i] + one[i + 1] + one[i] + one[i + 2 :] for i in range(len(one) - 1)}
    near = misspelt_source(f"other/{one}", [f"other/{other}"])
    assert (near is not None) == (other in edits and one != other)


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ("fiscal/government_fund", "fiscal"),
        ("carried_over/other/own", "carried_over"),
        ("special_account/fees", "other"),
        ("external", "other"),
        ("lottery", "other"),
        ("fiscality", "other"),
    ],
)
def test_the_row_of_a_source_is_that_of_its_root(source, row):
    """当年财政拨款, 上年结转资金; all others are 其他资金."""
    assert official_row(source) == row


@pytest.mark.parametrize(
    "name", ["*", "..", "fiscal/*", "fiscal/../other", "-", "other/。"]
)
def test_a_component_without_a_letter_or_a_digit_is_no_name(name):
    """Nobody can read what it stands for, also where it is said to be new."""
    with pytest.raises(InvalidInput, match="name of a funding source"):
        decide(EMPTY, of(name, new_source=True))
