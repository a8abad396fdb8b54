"""On a terminal, from help to the form that is handed in, all is in one language."""

import errno
import os
import re
import subprocess
import sys

import pytest

from ledger import Ledger, Settings
from support import approval, indicator

pty = pytest.importorskip("pty")
pytestmark = pytest.mark.long

LATIN = re.compile(r"[A-Za-z][A-Za-z_]+")
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
KEYS = re.compile(
    r"`[a-z-]+`|--[a-z-]+|[a-z-]+\.(?:ledger|json|xlsx|csv)|[0-9a-f]{16,}"
)
"""Commands, options, files and digests."""

NAMES = {"budget", "ledger", "CNY", "root", "JSON", "CSV", "PDF", "XX"}
WALK = [
    ("template", "a.ledger", "forms.xlsx"),
    ("disburse", "a.ledger", "1", "100", "--voucher", "1", "--on", "2023-03-20"),
    ("disburse", "a.ledger", "1", "100", "--voucher", "1", "--on", "2023-03-21"),
    ("disburse", "a.ledger", "1", "x", "--voucher", "2", "--on", "2023-03-21"),
    ("disburse", "a.ledger", "1", "9999999", "--voucher", "2", "--on", "2023-03-21"),
    ("disburse", "a.ledger", "2", "100", "--voucher", "2", "--on", "2023-03-21"),
    ("result", "a.ledger", "1", "次", "3", "--on", "2023-03-31"),
    ("report", "a.ledger", "--month", "2023-03"),
    ("report", "a.ledger", "--month", "2023-03", "--project", "1"),
    ("alerts", "a.ledger", "--month", "2023-03"),
    ("report", "a.ledger", "--month", "2023-03", "--out", "march.json"),
    ("portfolio", "a.ledger", "--month", "2023-03"),
    ("monitor", "a.ledger", "--month", "2023-03", "--out", "monitoring.xlsx"),
    ("evaluate", "a.ledger", "--year", "2023", "--out", "self.xlsx"),
    ("explain", "a.ledger", "1", "execution_rate", "--month", "2023-03"),
    ("disburse", "a.ledger", "1", "5", "--voucher", "3", "--on", "2023-03-22"),
    ("diff", "a.ledger", "--month", "2023-03", "--known-at", "3"),
    ("verify", "a.ledger", "--report", "march.json"),
    ("verify", "a.ledger"),
    ("replay", "a.ledger"),
]


def on_a_terminal(folder, *words, language):
    """Return what a command shows on a terminal of its own, in a locale."""
    outer, inner = pty.openpty()
    env = {**os.environ, "LC_ALL": f"{language}.UTF-8", "COLUMNS": "120"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ledger", *words],
        cwd=folder, env=env, stdin=inner, stdout=inner, stderr=inner,
    )  # fmt: skip
    os.close(inner)
    read = b""
    while True:
        try:
            more = os.read(outer, 1 << 16)
        except OSError as problem:  # So ends a terminal whose program has ended.
            assert problem.errno == errno.EIO
            break
        if not more:
            break
        read += more
    process.wait()
    os.close(outer)
    return CONTROLS.sub("", read.decode())


@pytest.fixture(params=["zh_CN", "en_GB"])
def shown(request, tmp_path):
    """Walk through a ledger's year; yield the language and what was shown."""
    chinese = request.param == "zh_CN"
    settings = Settings(language="zh" if chinese else "en")
    name = "培训" if chinese else "Training"
    with Ledger.open(tmp_path / "a.ledger", settings=settings, actor="1") as ledger:
        ledger.append(approval("1", name=name, indicators=(indicator("次", "≥10次"),)))
    pages = [on_a_terminal(tmp_path, "--help", language=request.param)]
    pages += [on_a_terminal(tmp_path, *each, language=request.param) for each in WALK]
    return chinese, pages


def test_a_year_on_a_terminal_is_in_one_language(shown):
    """No English sentence in Chinese, and in English no Chinese but stored facts."""
    chinese, (_, *pages) = shown
    for words, page in zip(WALK, pages, strict=True):
        assert "Traceback" not in page, words
        assert "LEDGER_TRACEBACK" not in page, words
        if chinese:
            assert HAN.search(page), words
            left = set(LATIN.findall(KEYS.sub(" ", page))) - NAMES - {*words}
            assert left == set(), (words, page)
        else:
            assert not HAN.search(page.replace("次", "")), (words, page)
