"""The site in Chinese: ``make docs`` builds it."""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import jieba
from site_settings import *  # noqa: F403

language = "zh_CN"
html_title = "ledger：预算执行与绩效账本"
html_static_path = ["../static"]
html_js_files = [("chinese-stemmer.js", {"priority": 100})]
jieba.setLogLevel(logging.WARNING)
