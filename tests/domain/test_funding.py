"""Funding sources: what stands for one, and what is known of it."""

import pytest

from ledger.domain.funding import (
    FISCAL,
    FORM_FIELDS,
    OFFICIAL_ROWS,
    OTHER,
    FundingSource,
    SourceRoot,
    canonical_source,
    nearest_source,
)
from ledger.domain.identity import plain_name
from ledger.domain.refusals import UnknownSource


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("fiscal", "fiscal"),
        ("Fiscal", "fiscal"),
        (" ＦＩＳＣＡＬ ", "fiscal"),
        ("财政资金", "fiscal"),
        ("其中：财政资金", "fiscal"),
        ("其他资金", "other"),
        ("Other funds", "other"),
        ("中央", "fiscal/central"),
        ("省级", "fiscal/province"),
        ("市级", "fiscal/city"),
        ("县级", "fiscal/county"),
        ("财政资金／县级", "fiscal/county"),
        ("fiscal / central", "fiscal/central"),
        ("上年结转资金", "carried_over"),
        ("上年结转/其他资金", "carried_over/other"),
        ("上年结转/中央", "carried_over/fiscal/central"),
        ("carried over", "carried_over"),
        ("政府性基金", "fiscal/government_fund"),
        ("External/World_Bank", "external/world_bank"),
        ("财政专户管理资金", "special_account"),
        ("福彩公益金", "福彩公益金"),
        ("", ""),
        (" / ", ""),
    ],
)
def test_a_source_has_one_name(printed, name):
    """In both languages; any other name stays, made plain."""
    assert canonical_source(printed) == name
    assert canonical_source(name) == name


def test_the_nearest_source_is_named():
    """A slip of the pen is near to what was meant."""
    assert nearest_source("fiscla", ["other", "fiscal"]) == "fiscal"
    assert nearest_source("fiscla", []) is None
    assert nearest_source("财政资全", ["other", "fiscal"]) == "fiscal"
    assert nearest_source("上级资金", ["other", "fiscal"]) is None


def test_a_refusal_calls_sources_what_readers_call_them():
    """No reader knows the paths that events hold; programs read those."""
    known = ["carried_over", "fiscal"]
    refused = UnknownSource("fiscal/central", known=known, nearest="fiscal")
    assert refused.text("zh") == (
        "没有资金来源“中央财政资金”；已有上年结转资金、财政资金；最接近的是“财政资金”"
    )
    assert refused.text("en").endswith(
        "known: carried over, fiscal; the nearest is 'fiscal'"
    )
    assert (refused.name, refused.known) == ("fiscal/central", tuple(known))
    assert refused.nearest == "fiscal"


@pytest.mark.parametrize(
    ("path", "above", "root"),
    [
        ("fiscal", [], SourceRoot.FISCAL),
        ("fiscal/county", ["fiscal"], SourceRoot.FISCAL),
        ("external/world_bank/1", ["external/world_bank", "external"], "external"),
        (
            "carried_over/fiscal/central",
            ["carried_over/fiscal", "carried_over"],
            SourceRoot.CARRIED_OVER,
        ),
        ("福彩公益金", [], None),
        ("福彩公益金/fiscal", ["福彩公益金"], None),
        ("", [], None),
    ],
)
def test_a_source_is_a_path(path, above, root):
    """What stands above it, up to where it begins."""
    source, found = FundingSource(path), []
    while (source := source.parent) is not None:
        found.append(source.path)

    assert found == above
    assert FundingSource(path).root == root


def test_no_spelling_stands_for_two_sources():
    """Each is plain, as what is looked for is; none is the name of a root."""
    spelled = [
        spelling
        for root in SourceRoot
        for spellings in (root.row.spellings, *root.row.children.values())
        for spelling in spellings
    ]
    assert len(set(spelled)) == len(spelled)
    assert [plain_name(spelling) for spelling in spelled] == spelled
    assert not {*spelled} & {*SourceRoot}


def test_what_forms_know_of_sources():
    """The rest of the money is that of the last one, where forms have its purpose."""
    assert list(OFFICIAL_ROWS) == ["fiscal", "carried_over", "other"]
    assert list(FORM_FIELDS) == [FISCAL, OTHER]
    assert all(type(source) is str for source in (*OFFICIAL_ROWS, *FORM_FIELDS))
