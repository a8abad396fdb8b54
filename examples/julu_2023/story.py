"""The words of the demo, in the language of its ledger; see ``story.toml``."""

import tomllib
from pathlib import Path

from ledger import Language, Ledger, Settings

TABLE = tomllib.loads(Path(__file__).with_name("story.toml").read_text("utf-8"))


def words(language: Language, code: str, **values: object) -> str:
    """Return a text of the table with its values."""
    text: str = TABLE[language.value][code]
    return text.format(**values)


def say(ledger: Ledger, code: str, **values: object) -> str:
    """Return a text in the language of a ledger."""
    return words(ledger.settings.language, code, **values)


def settings(language: Language, title: str = "title") -> Settings:
    """Return the settings of a ledger of the demo, with one of the two titles."""
    return Settings(title=words(language, title), language=language)
