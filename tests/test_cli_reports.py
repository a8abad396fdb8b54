"""Reports on the command line: every format, to a file or to standard output."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from ledger.intake import SAMPLE
from ledger.reports import layout_text
from support_office import cells

CODE = "13052923P00584010933T"
JULU = SAMPLE
JUNE = ("--month", "2023-06")


@pytest.fixture(scope="module")
def julu(tmp_path_factory):
    """Make a ledger of the 19 real forms with one payment."""
    path = tmp_path_factory.mktemp("reports") / "julu.ledger"
    run("init", path, "--lang", "zh")
    run("import", path, JULU)
    run("disburse", path, CODE, "48600", "--voucher", "V", "--on", "2023-03-20")
    return path


def run(*words):
    """Run a command; return the result."""
    return CliRunner().invoke(main, ["--lang", "en", *map(str, words)])


def test_a_page_goes_to_a_file_or_to_standard_output(julu, tmp_path):
    """What the file's name ends with is the format."""
    out = tmp_path / "june.html"
    done = run("report", julu, *JUNE, "--out", out)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"wrote {out}\n")
    page = out.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert run("report", julu, *JUNE, "--format", "html").output == page
    english = run("report", julu, *JUNE, "--format", "html", "--lang", "en").output
    assert '<html lang="en">' in english


def test_tables_are_csv(julu, tmp_path):
    """The file has a byte order mark, the terminal has none."""
    out = tmp_path / "months.csv"
    run("report", julu, *JUNE, "--table", "months", "--out", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert len(rows) == 19 * 12
    shown = run("report", julu, *JUNE, "--format", "csv", "--lang", "zh").output
    assert shown.startswith('"项目编码"')
    assert len(shown.splitlines()) == 20


def test_tables_in_csv_are_in_the_language_of_the_ledger(julu, tmp_path):
    """As whoever opens one in a spreadsheet reads it; programs ask for the keys."""
    asked = ("report", str(julu), *JUNE, "--format", "csv")
    heads = {"zh": '"项目编码",', "en": '"project",'}
    with Ledger.open(julu, read_only=True) as ledger:
        own = heads[ledger.settings.language]
        keys = ledger.monthly_report(2023, 6).render("csv").replace("\r", "")

    def plainly(*words):
        return CliRunner().invoke(main, [*asked, *words])

    assert plainly().stdout.startswith(own)
    out = tmp_path / "own.csv"
    plainly("--out", str(out))
    assert out.read_text("utf-8-sig").startswith(own)
    for language, head in heads.items():
        assert plainly("--lang", language).stdout.startswith(head)
    assert plainly("--keys").stdout == keys
    for wrong in (("--format", "text", "--keys"), ("--keys", "--lang", "zh")):
        assert plainly(*wrong).exit_code == 2


def test_levels_of_indicators_are_in_the_language_of_the_table(julu):
    """The form's own words are stored; a program that asks for keys has those."""
    asked = ("report", julu, *JUNE, "--format", "csv", "--table", "indicators")
    for more, level in ((("--lang", "zh"), "产出指标"), ((), "Output")):
        assert f'"{level}"' in run(*asked, *more).stdout
    assert '"产出指标"' not in run(*asked).stdout
    assert '"产出指标"' in run(*asked, "--keys").stdout


def test_no_figure_is_broken_in_a_narrow_terminal(julu):
    """It stands below its name where there is no room beside the others."""
    with Ledger.open(julu, read_only=True) as ledger:
        monthly = ledger.monthly_report(2023, 6)
    for document, figure in ((monthly, "1,380.00"), (monthly.portfolio(), "3,204.03")):
        for width in (30, 45, 60, 80, 200):
            into = io.StringIO()
            document.print(into, width)
            assert figure in into.getvalue(), width


def test_a_workbook_needs_a_file(julu, tmp_path):
    """It is no text for a terminal."""
    out = tmp_path / "june.xlsx"
    assert run("report", julu, *JUNE, "--lang", "zh", "--out", out).exit_code == 0
    assert list(cells(out)) == ["项目", "指标", "各月"]
    for command in (["report", julu, *JUNE], ["evaluate", julu, "--year", 2023]):
        done = run(*command, "--format", "xlsx")
        assert done.exit_code == 2
        assert "--out" in done.output


def test_one_project_in_detail(julu, tmp_path):
    """As text in detail, here or in a file; other formats have it alone."""
    done = run("report", julu, *JUNE, "--project", CODE)
    assert "就业工作经费" in done.output
    assert "劳动仲裁经费" not in done.output
    out = tmp_path / "one.txt"
    run("report", julu, *JUNE, "--project", CODE, "--out", out)
    assert out.read_text("utf-8") == done.output
    assert run("report", julu, *JUNE, "--project", "none").exit_code == 1
    done = run("report", julu, *JUNE, "--project", CODE, "--format", "json")
    (only,) = json.loads(done.output)["projects"]
    assert only["project"] == CODE


def test_the_portfolio_in_each_format(julu, tmp_path):
    """Text, JSON and CSV say the same total."""
    text = run("portfolio", julu, *JUNE, "--lang", "en").output
    assert "By funding source" in text
    assert "3,281.03" in text
    out = tmp_path / "portfolio.json"
    run("portfolio", julu, *JUNE, "--out", out)
    shown = json.loads(out.read_text("utf-8"))
    assert shown["totals"]["current_budget"] == "32810300.00"
    table = run(
        "portfolio", julu, *JUNE, "--format", "csv", "--table", "sources", "--keys"
    ).output
    assert '"fiscal"' in table
    out = tmp_path / "portfolio.txt"
    run("portfolio", julu, *JUNE, "--lang", "en", "--out", out)
    assert out.read_text("utf-8") == text


def test_monitoring_in_each_format(julu, tmp_path):
    """The workbook has a sheet for each project."""
    assert "绩效运行监控" in run("monitor", julu, *JUNE, "--lang", "zh").output
    shown = json.loads(run("monitor", julu, *JUNE, "--format", "json").output)
    assert len(shown["projects"]) == 19
    out = tmp_path / "june.xlsx"
    chinese = ("--lang", "zh", "--layout", "split")
    assert run("monitor", julu, *JUNE, *chinese, "--out", out).exit_code == 0
    sheets = cells(out)
    assert len(sheets) == 2 + 1 + 19
    assert any("指标性质" in row for row in list(sheets.values())[2])
    out = tmp_path / "june.txt"
    run("monitor", julu, *JUNE, "--lang", "en", "--out", out)
    assert out.read_text("utf-8").startswith("Monitoring of fiscal year 2023")


def test_a_layout_is_printed_and_given_as_a_file(julu, tmp_path):
    """To begin one's own with: it is the file of the package, letter by letter."""
    own, out = tmp_path / "own.toml", tmp_path / "own.xlsx"
    assert run("layout", "sichuan").stdout == layout_text("sichuan")
    done = run("layout", "national", "--out", own)
    assert (done.exit_code, done.stderr) == (0, f"wrote {own}\n")
    text = own.read_text("utf-8")
    assert text == layout_text("national")
    own.write_text(text.replace('"项目支出绩效目标', '"某县项目支出绩效目标'), "utf-8")
    asked = ("--lang", "zh", "--layout", own, "--out", out)
    assert run("monitor", julu, *JUNE, *asked).exit_code == 0
    assert "某县项目支出绩效目标执行监控表" in str(list(cells(out).values())[3])


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        (
            'based_on = "national"\n[monitoring]\ncolour = 1',
            "own.toml: monitoring: found 'colour'; expected title",
            1,
        ),
        ("x = ]", "own.toml: found no TOML in line 1, column 5; expected", 1),
        (None, "expected a file that can be read", 2),
    ],
)
def test_a_wrong_layout_is_refused_in_a_line(julu, tmp_path, text, said, code):
    """Nothing is written."""
    own, out = tmp_path / "own.toml", tmp_path / "own.xlsx"
    if text is not None:
        own.write_text(text, "utf-8")
    done = run("monitor", julu, *JUNE, "--layout", own, "--out", out)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_a_language_that_the_layout_does_not_have_is_refused(julu, tmp_path):
    """It would be left unheard else."""
    out = tmp_path / "june.xlsx"
    done = run("monitor", julu, *JUNE, "--layout", "split", "--out", out)
    assert done.exit_code == 2
    assert "expected Chinese, in which the layout is" in done.stderr
    assert not out.exists()


def test_the_check_lists_what_is_missing(julu):
    """Exit code 1 while something is, as text and as JSON."""
    done = run("evaluate", julu, "--year", 2023, "--check")
    assert done.exit_code == 1
    assert "score.missing" in done.output
    done = run("evaluate", julu, "--year", 2023, "--check", "--format", "json")
    codes = {each["code"] for each in json.loads(done.output)}
    assert {"score.missing", "variance.unexplained"} <= codes
    done = run("evaluate", julu, "--year", 2022, "--check")
    assert (done.exit_code, done.stdout) == (0, "nothing is missing\n")
    none = "no project of 2022 was approved by 2022-12-31; there are projects of 2023\n"
    assert done.stderr == none


def test_evaluation_in_each_format(julu, tmp_path):
    """Text, JSON and the workbook."""
    assert (
        "绩效自评，2023 年度"
        in run("evaluate", julu, "--year", 2023, "--lang", "zh").output
    )
    shown = json.loads(run("evaluate", julu, "--year", 2023, "--format", "json").output)
    assert shown["fiscal_year"] == 2023
    out = tmp_path / "year.xlsx"
    assert run("evaluate", julu, "--year", 2023, "--out", out).exit_code == 0
    assert len(cells(out)) == 2 + 1 + 19


@pytest.mark.parametrize(
    "words",
    [
        ("report", *JUNE, "--lang", "fr"),
        ("report", *JUNE, "--table", "none"),
        ("monitor", *JUNE, "--layout", "none"),
        ("evaluate",),
    ],
)
def test_wrong_usage_is_exit_code_2(julu, words):
    """Nothing is written, and the usage is shown."""
    command, *rest = words
    done = run(command, julu, *rest)
    assert done.exit_code == 2
    assert "Usage" in done.output


@pytest.mark.parametrize("name", ["a.html", "a.xlsx", "a.csv", "a.json", "a.txt"])
def test_a_folder_that_is_not_there_is_said(julu, tmp_path, name):
    """An error with the path, never a traceback."""
    done = run("report", julu, *JUNE, "--out", tmp_path / "none" / name)
    assert done.exit_code == 1
    assert name in done.output


def test_a_form_in_a_file_says_where_its_own_findings_are_listed(julu, tmp_path):
    """The command that is named lists as many as were counted."""
    out = tmp_path / "form.xlsx"
    monitored = run("monitor", julu, *JUNE, "--out", out)
    assert "findings: `monitor` without --out lists them" in monitored.stderr
    evaluated = run("evaluate", julu, "--year", "2023", "--out", out, "--force")
    assert "findings: `evaluate --check` lists them" in evaluated.stderr
    listed = run("evaluate", julu, "--year", "2023", "--check").output.splitlines()
    assert evaluated.stderr.splitlines()[1].split()[0] == str(len(listed))


def test_a_report_over_what_is_read_names_it_plainly(julu):
    """The ledger itself, or what SQLite keeps beside it."""
    done = run("report", julu, *JUNE, "--format", "html", "--out", julu)
    assert f"{julu}: found what this command reads;" in done.stderr
    assert done.exit_code == 1
    beside = run("export", julu, "--out", f"{julu}-wal")
    assert f"a file that SQLite keeps with {julu}, which is read" in beside.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--month", "2030-06"),
        ("evaluate", "--year", "2030"),
        ("contracts", "--year", "2030"),
        ("carried-over", "--year", "2030"),
        ("adjustments", "--year", "2030"),
        ("closed-months", "--year", "2030"),
        ("two-years", "--through", "2030-06-30"),
    ],
)
def test_a_year_without_projects_is_told(julu, words):
    """Any report of it is empty: a notice says so, and which years have projects."""
    done = run(words[0], julu, *words[1:])
    assert done.exit_code == 0
    assert "no project of 2030 was approved by" in done.stderr
    assert "there are projects of 2023" in done.stderr


def test_a_register_without_rows_is_no_year_without_projects(julu):
    """No contract is signed, and the year has projects all the same."""
    assert run("contracts", julu, "--year", "2023").stderr == ""


def test_a_name_in_the_place_of_a_code_is_answered_with_the_code(julu):
    """As it is where a payment is recorded."""
    done = run("report", julu, *JUNE, "--project", "就业工作经费")
    assert done.exit_code == 1
    assert CODE in done.stderr


def shown_of(*words):
    """Return the report of all projects as JSON values."""
    done = run("show", *words, "--format", "json")
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_all_projects_are_shown_of_the_year_that_is_asked_for(julu):
    """Through the last day recorded in it, else through its own last day."""
    assert shown_of(julu)["through"] == "2023-03-20"
    assert shown_of(julu, "--year", 2023)["through"] == "2023-03-20"
    none = shown_of(julu, "--year", 2019)
    assert (none["through"], none["projects"]) == ("2019-12-31", [])
    done = run("show", julu, "--year", 2019)
    assert done.stderr.startswith("no project of 2019 was approved by 2019-12-31;")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "give a day from 2019-01-01 to 2019-12-31, or --year alone"),
        ("zh", "请写 2019-01-01 至 2019-12-31 之间的日期，或只写 --year"),
    ],
)
def test_all_projects_are_not_shown_on_a_day_of_another_year(julu, language, said):
    """The report of the day would be that of its own year."""
    words = ["show", julu, "--year", 2019, "--through", "2023-06-30"]
    done = run("--lang", language, *words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_totals_are_explained_of_the_year_that_is_asked_for(julu):
    """Not of the year that the day lies in."""
    words = ["explain", julu, "totals", "disbursed", "--format", "json", "--year"]
    spent = [json.loads(run(*words, year).stdout)["value"] for year in (2023, 2019)]
    assert spent == ["48600.00", "0.00"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2099-07-10T12:00:00+08:00", "2099-07-10 04:00:00（世界时）"),
        ("2099-07-10T04:00:00.250Z", "2099-07-10 04:00:00.250000（世界时）"),
        ("20", "序号 20"),
    ],
)
@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("command", ["report", "portfolio", "carried-over"])
def test_known_at_is_said_as_people_read_it(julu, asked, shown, form, command):
    """Without the letters of a stored instant, and with the zone that it is in."""
    month = [] if command == "carried-over" else ["--month", "2023-06"]
    words = ["--lang", "zh", command, julu, *month, "--known-at", asked]
    page = run(*words, "--format", form).stdout
    assert shown in page
    assert "T04:00" not in page
    assert "T12:00" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "0 events recorded: nothing is filled in;"), ("zh", "什么都没有填写；")],
)
def test_a_template_that_nobody_filled_in_is_said_to_be_so(
    julu, tmp_path, language, said
):
    """Whoever saved it under another name looks for the other."""
    run("template", julu, tmp_path / "m.xlsx", "--month", "2023-03")
    done = run("record", julu, tmp_path / "m.xlsx", "--lang", language)
    assert done.exit_code == 0
    assert said in done.output
