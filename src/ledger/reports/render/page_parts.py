"""What every page is made with: its templates, its style, what keeps texts texts."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from ledger.domain.characters import visible


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return what pages are made with: whatever was recorded is text to it."""
    return Environment(
        loader=PackageLoader("ledger.reports.render"),
        autoescape=True,
        trim_blocks=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """Return a value with marks for what would turn around the order of the page."""
    return visible(value) if type(value) is str else value


def asset(name: str) -> tuple[Markup, str]:
    """Return a part of the page that is ours, and its hash for the page's policy."""
    folder = resources.files("ledger.reports.render") / "templates"
    contents = (folder / name).read_text("utf-8").strip()
    hashed = b64encode(sha256(contents.encode()).digest()).decode()
    return Markup(contents), hashed
