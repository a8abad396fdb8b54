"""What both sites of the docs have alike: how pages and signatures are shown."""

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ledger import __version__  # noqa: E402

project = "ledger"
author = "the ledger authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
html_theme = "furo"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
napoleon_use_ivar = True
napoleon_numpy_docstring = False
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True, "undoc-members": True}
add_module_names = False
suppress_warnings = ["ref.python"]
"""A name of several classes leads to the first of them."""

_OUTSIDE = re.compile(
    r"\]\((?P<up>(?:\.\./)*)(?P<path>README(?:\.zh)?\.md|benchmarks/RESULTS\.md"
    r"|(?:zh/)?[\w./-]+\.md)(?P<anchor>#[^)]*)?\)"
)


def sited(folder: Path, page: str, text: str) -> str:
    """
    Return the text of a page with its links as they are within a site.

    A README is the first page; a page in the other language is on the other site.

    Args:
        folder: Of the site's pages.

        page: Its name there, without an ending.
    """
    other = "en" if folder.name == "zh" else "zh"

    def link(match: re.Match[str]) -> str:
        anchor = match["anchor"] or ""
        source = (folder / page).parent
        path = (source / match["up"] / match["path"]).resolve()
        up = "../" * page.count("/")
        if path.name.startswith("README"):
            return f"]({up}index.md)"
        if path.name == "RESULTS.md":
            return f"]({up}results.md)"
        if other == "zh" and path.is_relative_to(folder / "zh"):
            there = path.relative_to(folder / "zh")
        elif other == "en" and not path.is_relative_to(folder):
            there = path.relative_to(folder.parent)
        else:
            return match[0]
        return f"](https://other-site/{there.with_suffix('.html')}{anchor})"

    return _OUTSIDE.sub(link, text)


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    source[0] = sited(Path(app.srcdir), page, source[0])


def _link_to_other_site(app: Sphinx, page: str, *_: Any) -> None:
    """Make links to the site in the other language relative, so that a copy works."""
    context: dict[str, Any] = _[-2]
    other = "en" if app.config.language == "zh_CN" else "zh"
    up = "../" * (page.count("/") + 1)
    body = context.get("body")
    if body:
        context["body"] = body.replace("https://other-site/", f"{up}{other}/")


def _shown_signature(
    _: Sphinx,
    what: str,
    __: str,
    subject: Any,
    ___: Any,
    signature: str | None,
    returned: str | None,
) -> tuple[str | None, str | None] | None:
    """Hide what only the library fills in: classes that it makes have no signature."""
    fields = getattr(subject, "__struct_fields__", ()) or [
        each.name for each in getattr(subject, "__attrs_attrs__", ())
    ]
    if what == "class" and any(name.startswith("_") for name in fields):
        return "", None
    return signature, returned


def setup(app: Sphinx) -> dict[str, Any]:
    """Read links and signatures as above."""
    app.connect("source-read", _read)
    app.connect("html-page-context", _link_to_other_site)
    app.connect("autodoc-process-signature", _shown_signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
