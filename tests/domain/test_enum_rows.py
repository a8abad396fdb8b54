import copy
import pickle
from typing import get_type_hints

import pytest

from ledger import Measure, Status, TargetKind
from ledger.domain.enum_rows import EnumOfRows
from ledger.domain.funding import SourceRoot

ENUMS = [Measure, SourceRoot, Status, TargetKind]


def test_a_member_without_its_row_cannot_be_made():
    """Who adds a member and forgets what is known of it does not get past the import."""
    with pytest.raises(TypeError, match="Pretended 'paused' has no row"):

        class Pretended(EnumOfRows):
            PAUSED = "paused"


@pytest.mark.parametrize("enum", ENUMS)
def test_each_row_is_of_its_type(enum):
    """As its class declares it, so that a type checker knows what a row has."""
    declared = get_type_hints(enum)["row"]

    assert declared is not get_type_hints(EnumOfRows)["row"]
    assert {type(member.row) for member in enum} == {declared}


@pytest.mark.parametrize("enum", ENUMS)
def test_a_member_is_its_value(enum):
    """It is found by it, written as it, and the same after a copy or a second process."""
    for member in enum:
        assert enum(member.value) is member
        assert str(member) == member.value == member
        assert copy.deepcopy(member) is pickle.loads(pickle.dumps(member)) is member
