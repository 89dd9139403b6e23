"""The import rule: downwards only, views apart, one library one door.

The two tables are the architecture. Change them on purpose, and ``docs/architecture.md`` too.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOSDIR = Path(__file__).parent.parent / "sosdir"

# From the ground up. A module imports from rows below its own, and from its left on its own.
LAYERS = (
    (
        "version",
        "errors",
        "paths",
        "text",
        "networks",
        "romaji",
        "locales",
        "languages",
        "furigana",
        "qr",
        "sealing",
        "stamps",
        "kept",
    ),
    ("models", "vocabulary", "tabular", "records"),
    ("config", "logs", "weights"),
    (
        "schedules",
        "channels",
        "areas",
        "evidence",
        "needs",
        "partnerships",
        "revising",
        "coverage",
        "accounts",
        "reports",
        "links",
        "notices",
    ),
    ("migrations", "db", "store"),
    ("search", "onward"),
    ("geocoding", "maps", "charts"),
    ("presentation",),
    (
        "formats",
        "answers",
        "linked_data",
        "embedding",
        "atom",
        "checking",
        "importing",
        "exporting",
        "hsds",
        "referral",
        "pocket",
    ),
    ("publishing", "announcing", "news", "desk", "spreadsheets", "opendata", "doctor"),
    ("forms", "filters"),
    (
        "styles",
        "security",
        "last_resort",
        "doors",
        "metrics",
        "addressing",
        "compression",
        "assets",
        "multilingual",
        "snapshot",
        "context",
        "freshness",
        "cataloguing",
        "easy_japanese",
        "replica",
        "carrying",
        "noticeboard",
        "auth",
        "watching",
        "moderation",
        "listing",
        "planning",
        "open_files",
        "caching",
    ),
    ("views", "reception"),
    ("__init__", "serving", "freezing", "cli", "__main__"),
)

# All that may know of a web request: nothing below the forms.
WEB = {module for row in LAYERS[-4:] for module in row}
SQL = {"migrations", "db", "store", "search"}

# Each outside library, and the modules that may know it. sqlite3 is held to it as well.
DOORS = {
    "argon2": {"accounts"},
    "babel": {"languages", "locales"},
    "branca": {"maps"},
    "brotli": {"compression"},
    "cachetools": {"answers", "caching", "search"},
    "click": {"cli"},
    "cryptography": {"accounts"},
    "flask": WEB | {"db"},
    "flask_babel": {"multilingual"},
    "flask_compress": {"compression"},
    "flask_limiter": {"auth"},
    "flask_login": {"auth"},
    "flask_wtf": {"auth"},
    "folium": {"maps"},
    "geopy": {"geocoding"},
    "granian": {"reception", "serving"},
    "holidays": {"schedules"},
    "httpx": {"links"},
    "icalendar": {"pocket"},
    "itsdangerous": WEB,
    "jinja2": WEB | {"maps"},  # folium's own templates are jinja2
    "limits": {"auth"},  # what Flask-Limiter counts with
    "js_lib_leaflet": {"maps"},
    "matplotlib": {"charts"},
    "matplotlib_fontja": {"charts"},
    "markupsafe": WEB | {"maps", "presentation"},
    "opening_hours": {"schedules"},
    "phonenumbers": {"channels"},
    "prometheus_client": {"metrics"},
    "pyotp": {"accounts"},
    "pyrage": {"sealing"},
    "pythonjsonlogger": {"logs"},
    "rich": {"cli"},
    "segno": {"qr"},
    "sqlite3": SQL,
    "sqlite_utils": SQL,
    "sudachipy": {"furigana"},
    "webauthn": {"accounts"},
    "werkzeug": WEB,
    "wtforms": {"forms"},
    "zxcvbn": {"accounts"},
}

MODULES = [module for row in LAYERS for module in row]
HEIGHT = {module: height for height, module in enumerate(MODULES)}


def dotted_name(path: Path) -> str:
    """Name a file as Python does: ``sosdir/store/reports.py`` is ``sosdir.store.reports``."""
    return ".".join(path.relative_to(SOSDIR.parent).with_suffix("").parts)


def module_of(name: str) -> str:
    """Return the row's word for a dotted name: ``sosdir.store.reports`` belongs to ``store``."""
    return [*name.split("."), "__init__"][1]


def imports(name: str, source: str) -> Iterator[str]:
    """Yield the dotted name of everything a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from imported_from(name, node)


def imported_from(name: str, node: ast.ImportFrom) -> Iterator[str]:
    """Resolve ``from … import …``; of a package of ours, each name may be a module."""
    parents = name.split(".")[: -node.level] if node.level else []
    base = ".".join([*parents, *filter(None, [node.module])])
    for alias in node.names:
        full = f"{base}.{alias.name}"
        yield full if full in OURS or (base == "sosdir" and alias.name in HEIGHT) else base


def faults(name: str, source: str) -> list[str]:
    """Say, a sentence each, where a module of ours breaks the rule."""
    if module_of(name) not in HEIGHT:
        return [f"{name} has no row in LAYERS: give it the lowest one it can live on."]
    found = (fault(name, imported) for imported in imports(name, source))
    return [sentence for sentence in found if sentence]


def fault(name: str, imported: str) -> str | None:
    """Say how one import breaks the rule, if it does."""
    if imported.split(".")[0] == "sosdir":
        return fault_inside(name, imported)
    return fault_outside(name, imported.split(".")[0])


def fault_inside(name: str, imported: str) -> str | None:
    """Judge an import of our own: downwards only, and no view of another."""
    here, there = module_of(name), module_of(imported)
    if there not in HEIGHT:
        return f"{name} imports {imported}, which has no row in LAYERS."
    if here == there == "views" and not name.endswith("__init__"):
        return f"{name} imports {imported}: views never import each other."
    if HEIGHT[there] > HEIGHT[here]:
        return f"{name} imports {imported}: imports run downwards only."
    return None


def fault_outside(name: str, library: str) -> str | None:
    """Judge an import of a library: each has its door."""
    if library not in DOORS:
        known = library in sys.stdlib_module_names
        return None if known else f"{name} imports {library}, which has no door in DOORS."
    if module_of(name) not in DOORS[library]:
        doors = ", ".join(sorted(DOORS[library]))
        return f"{name} imports {library}: it comes in by {doors} only."
    return None


FILES = sorted(SOSDIR.rglob("*.py"))
OURS = {dotted_name(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=dotted_name)
def test_every_module_keeps_the_import_rule(path: Path) -> None:
    assert faults(dotted_name(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("sosdir.schedules.parsing", "import opening_hours\nfrom datetime import date"),
        ("sosdir.schedules", "from .schedules.parsing import parse"),
        ("sosdir.store.reports", "from sosdir.db import connect\nfrom . import services"),
        ("sosdir.store.reports", "from .. import text\nfrom ..models import Service"),
        ("sosdir.db", "from flask import g"),
        ("sosdir.views.__init__", "from sosdir.views import coverage"),
        ("sosdir.cli", "from sosdir import create_app"),
    ],
)
def test_an_import_downwards_is_fine(name: str, source: str) -> None:
    assert faults(name, source) == []


@pytest.mark.parametrize(
    ("name", "source", "sentence"),
    [
        ("sosdir.text", "import sosdir.models", "downwards only"),
        ("sosdir.store.reports", "from sosdir import search", "downwards only"),
        ("sosdir.store.reports", "from ..search import find", "downwards only"),
        ("sosdir.store.reports", "from .. import search", "downwards only"),
        ("sosdir.search", "def late():\n    from sosdir.cli import main", "downwards only"),
        ("sosdir.search", "from sosdir import create_app", "downwards only"),
        ("sosdir.views.map", "from .coverage import page", "never import each other"),
        ("sosdir.views.map", "from sosdir.views.coverage import page", "never import each other"),
        ("sosdir.views.map", "import folium", "by maps only"),
        ("sosdir.areas", "import sqlite3", "by db, migrations, search, store only"),
        ("sosdir.maps", "from geopy.distance import geodesic", "by geocoding only"),
        ("sosdir.search", "from flask import request", "flask: it comes in by"),
        ("sosdir.areas", "import requests", "no door in DOORS"),
        ("sosdir.areas", "from sosdir.utils import cut", "no row in LAYERS"),
        ("sosdir.utils", "import re", "give it the lowest one"),
    ],
)
def test_an_import_against_the_rule_is_told(name: str, source: str, sentence: str) -> None:
    (told,) = faults(name, source)
    assert name in told
    assert sentence in told
