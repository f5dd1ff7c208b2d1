"""README and install.md say what is so: examples run, commands parse, links lead somewhere."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from klantwaarde_xl.cli import commands
from klantwaarde_xl.cli.words import parser
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.errors import UsageError

ROOT = Path(__file__).parents[1]
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "install.md", "docs/benchmarks.md")
}
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGES["README.md"], re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    """What the reader has: the demo's data, and an export of their own."""
    (tmp_path / "klantwaarde-demo").mkdir()
    (tmp_path / "klantwaarde-demo" / "webshop.csv").write_text(
        sample_csv(sample_orders(300)), encoding="utf-8"
    )
    with xlsxwriter.Workbook(tmp_path / "export.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Klantnummer", "Orderdatum", "Totaal", "Totaal, incl. btw"])
        for row in range(1, 9):
            sheet.write_row(row, 0, [f"K{row % 3}", f"{row}-3-2025", row, row * 1.21])
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("code", EXAMPLES, ids=lambda code: code.strip().splitlines()[-1])
def test_an_example_runs_as_a_plain_script(folder, code):
    assert "__main__" not in code
    (folder / "script.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for line in code.splitlines():  # `print(…)  # 800.0`
        if promised := re.match(r"print\(.*\)  # (\d.*)", line):
            assert promised[1] in done.stdout.splitlines()
    for made in re.findall(r'save\(Path\("(.+?)"', code):
        assert (folder / made).exists()


def test_an_example_reads_a_workbook_and_one_takes_three_lines():
    assert any(".xlsx" in code and "read_transactions" in code for code in EXAMPLES)
    assert any(len([line for line in code.splitlines() if line]) <= 3 for code in EXAMPLES)


def commands_on(page):
    """Every command that a page tells to type, alone on its line or between backticks."""
    text = PAGES[page]
    typed = re.findall(r"`([^`\n]*?\bklantwaarde (?:[a-z-]+)[^`\n]*)`", text)
    typed += re.findall(r"^(klantwaarde .+)$", text, re.MULTILINE)
    return [re.sub(r"^.*?\bklantwaarde ", "", line) for line in typed]


TYPED = [(page, words) for page in PAGES for words in commands_on(page)]


def test_the_pages_tell_to_type_commands():
    assert {page for page, _ in TYPED} >= {"README.md", "install.md"}


@pytest.mark.parametrize(("page", "words"), TYPED)
def test_a_command_on_a_page_is_one_that_exists(page, words):
    if words in commands.RUNS:  # named, not typed
        return
    try:
        options = parser(commands.RUNS).parse_args(shlex.split(words))
    except UsageError as error:
        pytest.fail(f"{page}: klantwaarde {words}: {error}")
    assert options.run in commands.RUNS.values()


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_something_that_is_there(page):
    prose = re.sub(r"```.*?```", "", PAGES[page], flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)\)", prose):
        if not target.startswith("http"):
            assert (ROOT / page).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_no_page_counts_by_hand_what_the_code_counts(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not re.search(r"\b\d+ (of them|functions|functies|templates|sjablonen|tests|commands)\b", text)
