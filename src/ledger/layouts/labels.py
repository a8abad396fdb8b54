"""The labels of a layout: words that stand in its rows by name, and in other labels."""

from collections.abc import Mapping
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.layouts.form_layout import IN_BRACES
from ledger.messages import message

DEEPEST: Final = 20
"""Labels that stand in one another."""

LONGEST: Final = 2_000
"""Characters of a text, with the labels in it."""


def resolved(labels: Mapping[str, str], place: str) -> dict[str, str]:
    """
    Return labels with those that stand in them filled in.

    Args:
        place: Where they stand, for a refusal.

    Raises:
        InvalidInput: A label leads back to itself, or becomes too long or too deep.

    >>> resolved({"year": "2023", "title": "{year} {name}"}, "own.toml")["title"]
    '2023 {name}'
    """
    done: dict[str, str] = {}
    for label in labels:
        _resolve(label, labels, done, [], place)
    return done


def _resolve(
    label: str,
    labels: Mapping[str, str],
    done: dict[str, str],
    above: list[str],
    place: str,
) -> None:
    if label in done:
        return
    where = f"{place}.{label}"
    if label in above:
        way = " → ".join([*above[above.index(label) :], label])
        raise InvalidInput(where, way, message("expected.label_without_circle"))
    if len(above) >= DEEPEST:
        way = " → ".join([*above[:2], "…", label])
        raise InvalidInput(where, way, message("expected.labels_deep", most=DEEPEST))
    for name in IN_BRACES.findall(labels[label]):
        if name in labels:
            _resolve(name, labels, done, [*above, label], place)
    done[label] = with_labels(labels[label], done, where)


def with_labels(value: Any, labels: Mapping[str, str], place: str) -> Any:
    """
    Return what a layout holds with the labels in its texts filled in.

    Raises:
        InvalidInput: A text becomes too long.
    """
    if isinstance(value, dict):
        return {
            key: with_labels(one, labels, f"{place}.{key}")
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [
            with_labels(one, labels, f"{place}[{number}]")
            for number, one in enumerate(value, start=1)
        ]
    if not isinstance(value, str):
        return value
    text = IN_BRACES.sub(lambda found: labels.get(found[1], found[0]), value)
    if len(text) > LONGEST:
        expected = message("expected.characters_at_most", most=LONGEST)
        length = message("found.characters", count=len(text))
        raise InvalidInput(place, length, expected)
    return text
