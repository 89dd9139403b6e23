"""Small rules of the house that nothing else would notice broken."""

import configparser
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Hosts that a template or a script may name outside a link: namespaces, which nobody
# fetches, and the detailed tiles, which a visitor must ask for.
NAMED_HOSTS = {"www.w3.org", "www.sitemaps.org", "cyberjapandata.gsi.go.jp"}

TEXT_SUFFIXES = {".html", ".txt", ".xml", ".css", ".js", ".svg", ".json", ".webmanifest"}
LINK = re.compile(r"<a\s[^>]*>", re.DOTALL)
# The second form is the one without a scheme, as in src="//host/".
HOST = re.compile(r"""(?:https?:|["'(=]\s*)//([\w.-]+\.[a-z]{2,})""", re.IGNORECASE)


def declared() -> configparser.ConfigParser:
    """Read setup.cfg."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def lines(text: str) -> list[str]:
    """Split a setting of one entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def hosts_loaded(text: str) -> set[str]:
    """Return the hosts a file names, save where a person would have to follow a link."""
    return set(HOST.findall(LINK.sub("", text))) - NAMED_HOSTS


def public_files() -> list[Path]:
    """List every text file that a browser may get."""
    folders = (ROOT / "templates", ROOT / "static")
    files = (path for folder in folders for path in folder.rglob("*"))
    return sorted(path for path in files if path.suffix in TEXT_SUFFIXES)


def test_every_dependency_has_a_floor() -> None:
    setup = declared()
    wanted = lines(setup["options"]["install_requires"])
    for extra in setup["options.extras_require"].values():
        wanted += lines(extra)
    assert wanted
    assert [one for one in wanted if not re.fullmatch(r"[\w-]+(\[[\w,-]+\])?>=[\d.]+", one)] == []


def test_pyproject_holds_only_the_build_system() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert list(table) == ["build-system"]


def test_every_package_of_the_source_is_declared() -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "sosdir").rglob("*.py")}
    written = {".".join(folder.parts) for folder in folders}
    assert written <= set(lines(declared()["options"]["packages"]))


@pytest.mark.parametrize("path", public_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_third_party(path: Path) -> None:
    assert hosts_loaded(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example.com/a.js"></script>',
        '<link rel="stylesheet" href="//cdn.example.com/a.css">',
        "@import url(https://cdn.example.com/a.css);",
        "fetch('https://cdn.example.com/')",
        '<a href="/map"><img src="https://cdn.example.com/a.png"></a>',
    ],
)
def test_a_host_that_would_be_asked_is_found(text: str) -> None:
    assert hosts_loaded(text) == {"cdn.example.com"}


@pytest.mark.parametrize(
    "text",
    [
        '<a class="exit"\n href="https://www.example.com/">出る</a>',
        '<svg xmlns="http://www.w3.org/2000/svg">',
        "// a comment.in a script",
    ],
)
def test_a_link_asks_nobody_until_it_is_followed(text: str) -> None:
    assert hosts_loaded(text) == set()


@pytest.mark.parametrize(
    "target",
    ["run", "setup", "test", "check", "bench", "help", "fuzz", "lock", "audit", "sbom", "licences"],
)
def test_make_tells_of_each_of_its_targets(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE)


def test_the_gate_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    "script", sorted((ROOT / "deploy").rglob("*.sh")), ids=lambda path: path.name
)
def test_each_script_is_sound_shell(script: Path) -> None:
    check = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
    assert check.stderr == ""
    assert check.returncode == 0
