"""
Every text that a reader sees, as data: a code, and values for its places.

The texts themselves stand in ``en.toml`` and ``zh.toml``, one table a language, and are
read when the first text of that language is asked for.
"""

from ledger.messages.language import (
    Language,
    known_language,
    readers_language,
)
from ledger.messages.library_words import words_of
from ledger.messages.system import found_by, found_by_system, said_by_system
from ledger.messages.table import codes, head_words, section, severity, template
from ledger.messages.text import (
    Message,
    Plain,
    Value,
    listed,
    message,
    named,
    quoted,
    said,
    without_language,
)

__all__ = [
    "Language",
    "Message",
    "Plain",
    "Value",
    "codes",
    "found_by",
    "found_by_system",
    "head_words",
    "known_language",
    "listed",
    "message",
    "named",
    "quoted",
    "readers_language",
    "said",
    "said_by_system",
    "section",
    "severity",
    "template",
    "without_language",
    "words_of",
]
