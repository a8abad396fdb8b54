"""
The list of findings in the docs, made from the tables: ``python -m tests.messages.findings``.

What would be right is looked up where a finding is made; an example is a text as it was
printed, the same in every language.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

from ledger import messages
from ledger.messages import Language, Message, section, severity, template

from . import reference

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(__file__).with_name("examples.toml")
PAGES = {
    Language.ENGLISH: ROOT / "docs" / "findings.md",
    Language.CHINESE: ROOT / "docs" / "zh" / "findings.md",
}
LEADS = {
    Language.ENGLISH: """# Findings

A finding says one thing that looks wrong: where, what was found, how it was understood, and what would be right.
Nothing is repaired in silence.
An *error* stops an import; a *warning* is recorded with the approval; a *note* says how something was read.
Codes are stable. In a text, … stands for what was found.

This page is made from the tables of messages by `python -m tests.messages.findings`.

| code | severity | what it says | what would be right | for example |
| --- | --- | --- | --- | --- |
""",
    Language.CHINESE: """# 问题一览

每条问题说明：在什么地方、现为什么、按什么读、应为什么。
程序不悄悄改动任何内容。
*错误*：不予登记；*警告*：随批复一并登记；*提示*：说明按什么读。
代码不变。文字中的“…”代表当时的内容。

本页由 `python -m tests.messages.findings` 按消息表生成。

| 代码 | 程度 | 内容 | 应为 | 例 |
| --- | --- | --- | --- | --- |
""",
}
ABOUT = {
    "form.cost_agrees": ("quantity × unit cost is the budget", "数量×单价等于预算数"),
    "form.cost_disagrees": (
        "quantity × unit cost is not the budget",
        "数量×单价不等于预算数",
    ),
    "form.invalid": ("a field that cannot be taken", "某一项的内容不合要求"),
    "indicator.level2_misfit": (
        "a level 2 that does not fit what is measured",
        "二级指标与指标内容不符",
    ),
}
"""Findings whose text is only what was found."""

COMPUTED = re.compile(r"log\.|target\.|form\.no_|result\.|plan\.|project\.moved")
"""Codes that are put together, or stand in a table, where the finding is made."""

NOWHERE = re.compile(r"\{\w+:\?\}")
COUNT = re.compile(r"\{\w+:[^{}|]*\|([^{}|]*)\}")
VALUE = re.compile(r"\{\w+(?:![a-z])?(?::[^{}]*)?\}")


@cache
def rights():
    """Return the codes of what would be right, by the code of the finding."""
    found = {}
    for file in sorted(Path(messages.__file__).parents[1].rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and called(call) == "finding" and call.args:
                for code in texts(call.args[0]):
                    listed = found.setdefault(code, [])
                    for given in call.keywords:
                        if given.arg == "expected":
                            listed += [
                                text
                                for text in texts(given.value)
                                if text.startswith("expected.") and text not in listed
                            ]
    return found


def called(call):
    """Return the name of the function that is called."""
    return getattr(call.func, "id", "")


def texts(node):
    """Return the texts that stand in an expression."""
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def readable(code, language):
    """Return a text with … in its places."""
    text = template(code, language) or ""
    text = text.replace("[[", "").replace("]]", "")
    text = COUNT.sub(r"… \1", NOWHERE.sub("", text))
    return re.sub(r"\s+", " ", VALUE.sub("…", text)).strip().replace("|", "\\|")


def row(code, right, example, language):
    """Return the line of a finding."""
    english = language is Language.ENGLISH
    says = readable(f"finding.{code}", language)
    if code in ABOUT:
        says = ABOUT[code][not english]
    listed = [*right, f"expected.{code}", code.replace("log.", "check.")]
    expected = [readable(each, language) for each in listed if template(each, language)]
    how = Message(f"choice.Severity.{severity(code)}").said(language)
    return (
        f"| `{code}` | {how} | {says} | {('; ' if english else '；').join(expected)} "
        f"| {example} |\n"
    )


def examples():
    """Return what was printed, by the code of the finding."""
    return tomllib.loads(EXAMPLES.read_text("utf-8"))


def page(language):
    """Return the list of all findings in a language."""
    right = rights()
    shown = examples()
    codes = sorted(section("finding", language))
    rows = (row(c, right.get(c, []), shown.get(c, ""), language) for c in codes)
    return LEADS[language] + "".join(rows)


def main():
    """Write both lists, and the other page that is made from the tables."""
    reference.main()
    for language, path in PAGES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(language), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
