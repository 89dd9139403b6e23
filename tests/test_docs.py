"""What the docs say is true: their examples run, their numbers are those of the data."""

import csv
import json
import re
import shlex
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from sosdir.cli import main
from sosdir.context.addresses import PARAMETERS
from tests.conftest import DATA

ROOT = DATA.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Return each sosdir command of the docs with the output printed beneath it."""
    found = []
    for path in DOCS:
        for block in _CONSOLE.findall(path.read_text("utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                if command.startswith("sosdir "):
                    found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), examples())
def test_a_command_of_the_docs_exists_and_prints_what_they_say(
    command, output, tmp_path, monkeypatch, shipped_home
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(DATA)
    words = shlex.split(command, comments=True)[1:]
    if words[0] == "serve":
        words.append("--help")
    home = shipped_home if words[0] in {"search", "export"} else tmp_path / "instance"
    result = CliRunner().invoke(main, words, env={"SOSDIR_HOME": str(home)})
    assert result.exit_code == 0, result.output
    if output:
        assert result.output == output


def test_the_answer_shown_is_the_answer_given(client):
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])
    address = re.search(r"'http://127\.0\.0\.1:8000(/services\.json[^']*)'", text)[1]
    given = client.get(address).json
    assert {name: given[name] for name in shown} == shown


def test_what_a_webmaster_copies_from_the_docs_is_what_the_site_gives(make_app, shipped_home):
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    shown = re.findall(r"```html\n(.*?)\n```", text, re.DOTALL)
    client = make_app(shipped_home, url="https://sosdir.example.jp").test_client()
    page = client.get("/embedding?area=141003").text
    copied = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert [unescape(each) for each in copied] == shown


def test_every_address_of_a_frame_in_the_docs_is_taken(client):
    text = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    queries = re.findall(r"\| `((?:area|q|limit|sort|channel|ids)=[^`]+)` \|", text)
    assert len(queries) == 6
    for query in queries:
        assert client.get(f"/embed?area=14&{query}").status_code == 200


def test_every_parameter_is_described():
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert [name for name in PARAMETERS if f"`{name}`" not in text] == []


def test_the_files_of_the_data_are_counted_right():
    text = (ROOT / "docs" / "data.md").read_text("utf-8")
    counted = dict(re.findall(r"^\| `(\w+\.csv)` \|.*\| ([\d,]*\d)", text, re.MULTILINE))
    assert counted == {path.name: f"{_rows(path):,}" for path in DATA.glob("*.csv")}


def test_every_setting_is_described():
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    source = (ROOT / "sosdir" / "config.py").read_text("utf-8")
    for name in set(re.findall(r'"(SOSDIR_[A-Z_]+|PORT)"', source)):
        assert f"`{name}`" in text


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_the_docs_lead_somewhere(path: Path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1
