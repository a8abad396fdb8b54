"""The import of forms at the command line: into which ledger, and of what origin."""

import json
from collections import Counter

from ledger.intake import SAMPLE
from support import form, forms


def test_import_takes_the_origin_that_forms_do_not_say(run, path, tmp_path):
    """As an option, by a key or a word; what a form says itself counts before it."""
    said = form("13052923P00584010949C", origin="annual")
    file = tmp_path / "two.json"
    file.write_text(json.dumps(forms(form(), said)), encoding="utf-8")
    run("init", path)
    done = run("import", path, file, "--origin", "年中下达")
    assert done.exit_code == 0
    lines = run("events", path, "--format", "json").output.splitlines()
    assert [json.loads(line)["event"]["origin"] for line in lines] == [
        "in_year",
        "annual",
    ]


def test_import_into_no_ledger_is_refused(run, tmp_path):
    """A name with a slip makes no second ledger: the refusal says how to make one."""
    slip, file = tmp_path / "typo.ledger", tmp_path / "forms.json"
    file.write_text(json.dumps(forms(form())), encoding="utf-8")
    refused = run("import", slip, file)
    assert refused.exit_code == 1
    assert "check the name, or create a ledger with `init`" in refused.stderr
    assert not slip.exists()


def test_findings_of_one_kind_are_printed_together(run, path):
    """Three of them, and how many more; JSON has each, and so has an error."""
    run("init", path)
    said = run("import", path, SAMPLE, "--check", "--format", "json").output
    listed = json.loads(said)["findings"]
    printed = run("--lang", "en", "import", path, SAMPLE).output.splitlines()
    assert len(printed) < 70 < len(listed)
    for code, count in Counter(one["code"] for one in listed).items():
        lines = [n for n, line in enumerate(printed) if f" {code}: " in line]
        assert len(lines) == min(count, 3)
        assert lines == [*range(lines[0], lines[0] + len(lines))]
        more = f"and {count - 3} more of this kind" in printed[lines[-1] + 1]
        assert more == (count > 3)
    severities = [line.split()[0] for line in printed if " f" in line]
    kinds = [one for one in severities if one in {"warning", "note"}]
    assert kinds == sorted(kinds, reverse=True)
