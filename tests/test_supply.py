"""What is locked is what a run needs, whole and hashed; what is listed is what is locked."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import warnings
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "deploy" / "requirements.txt").read_text("utf-8")
SBOM = ROOT / "deploy" / "sbom.json"
_PIN = re.compile(r"^(\S+==.+?) \\\n((?:    --hash=.+\n)+)((?:    #.*\n)*)", re.MULTILINE)
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
# Where a run is at home; the lock also serves other systems and later Pythons.
HOME = {
    "python_version": "3.11",
    "python_full_version": "3.11.7",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
    "extra": "",
}
# Each part of what a package declares; of parts with OR between, one has to be here.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "IPA", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "PSF-2.0", "Public Domain", "Zlib",
}  # fmt: skip


def pinned() -> list[Requirement]:
    """Return every pin, with its marker."""
    return [Requirement(found[1]) for found in _PIN.finditer(LOCK)]


def versions() -> dict[str, list[str]]:
    """Return the versions of each package, for there may be one for each Python."""
    found: dict[str, list[str]] = {}
    for each in pinned():
        (pin,) = each.specifier
        found.setdefault(canonicalize_name(each.name), []).append(pin.version)
    return found


def at_home() -> set[str]:
    """Return the names of the packages of a run on Linux with CPython."""
    return {
        canonicalize_name(each.name)
        for each in pinned()
        if each.marker is None or each.marker.evaluate(HOME)
    }


def wanted() -> list[Requirement]:
    """Return what setup.cfg says a run needs."""
    declared = configparser.ConfigParser()
    declared.read(ROOT / "setup.cfg", encoding="utf-8")
    return [Requirement(each) for each in declared["options"]["install_requires"].split()]


def sbom() -> dict[str, Any]:
    """Return the list of packages as CycloneDX."""
    told: dict[str, Any] = json.loads(SBOM.read_text("utf-8"))
    return told


def listed() -> Iterator[tuple[str, str, str]]:
    """Give name, version and licence of each package on the page of licences."""
    page = (ROOT / "docs" / "licences.md").read_text("utf-8").partition("<!-- packages")[2]
    for row in re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE):
        if row[0] != "package" and set(row[0]) != {"-"}:
            yield row


@pytest.mark.parametrize("need", wanted(), ids=str)
def test_what_a_run_needs_is_locked_at_its_floor_or_above(need: Requirement) -> None:
    found = versions()[canonicalize_name(need.name)]
    assert [each for each in found if each not in need.specifier] == []


def test_every_pin_is_hashed_and_nothing_else_stands_there() -> None:
    rest = _PIN.sub("", LOCK)
    assert [line for line in rest.splitlines() if line and not line.startswith("#")] == []
    for found in _PIN.finditer(LOCK):
        assert all(_HASH.fullmatch(line) for line in found[2].splitlines())
    assert "://" not in LOCK
    assert not re.search(r"/(home|root|tmp|work|usr)/", LOCK)


def test_each_pin_says_who_needs_it() -> None:
    known = {*versions(), "sosdir"}
    for found in _PIN.finditer(LOCK):
        named = re.findall(r"(?:via|#  ) ([\w.-]+)", found[3])
        assert named
        assert {canonicalize_name(each) for each in named} <= known


def test_what_a_locked_package_needs_is_locked_too() -> None:
    """Where the release at hand is the locked one: another may need other things."""
    locked, looked_at = versions(), 0
    for name in sorted(at_home()):
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if installed.version not in locked[name]:
            continue
        looked_at += 1
        for need in map(Requirement, installed.requires or ()):
            if need.marker is None or need.marker.evaluate(HOME):
                found = locked.get(canonicalize_name(need.name), [])
                assert any(each in need.specifier for each in found), f"{name} needs {need}"
    assert looked_at > 0


def test_the_list_of_packages_is_valid_cyclonedx() -> None:
    with warnings.catch_warnings():
        # Of the schema library, on how it finds its own files.
        warnings.simplefilter("ignore", DeprecationWarning)
        fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(SBOM.read_text("utf-8"))
    assert fault is None, fault


def test_the_list_of_packages_is_that_of_the_lock() -> None:
    told, locked = sbom(), versions()
    found = {canonicalize_name(each["name"]): each["version"] for each in told["components"]}
    assert set(found) == at_home()
    assert {name for name, version in found.items() if version not in locked[name]} == set()


def test_the_list_tells_who_needs_whom_from_sosdir_down() -> None:
    told = sbom()
    assert told["metadata"]["component"]["name"] == "sosdir"
    names = {each["bom-ref"]: canonicalize_name(each["name"]) for each in told["components"]}
    needs = {each["ref"]: each.get("dependsOn", []) for each in told["dependencies"]}
    root = told["metadata"]["component"]["bom-ref"]
    assert {names[each] for each in needs[root]} == {canonicalize_name(n.name) for n in wanted()}
    reached, waiting = set[str](), list(needs[root])
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += needs[ref]
    assert {names[each] for each in reached} == at_home()


def test_the_list_tells_nothing_of_the_machine_it_was_made_on() -> None:
    text = SBOM.read_text("utf-8")
    assert "file:" not in text
    assert not re.search(r'"/(home|root|tmp|work|usr)/', text)
    assert "serialNumber" not in text
    assert "timestamp" not in text


def test_every_package_is_on_the_page_of_licences() -> None:
    assert {(name, version) for name, version, _ in listed()} == {
        (canonicalize_name(each["name"]), each["version"]) for each in sbom()["components"]
    }


@pytest.mark.parametrize(("name", "_version", "licence"), list(listed()))
def test_each_licence_is_one_that_we_can_ship_with(name: str, _version: str, licence: str) -> None:
    assert may_ship(licence), f"{name}: {licence}"


@pytest.mark.parametrize(
    ("licence", "answer"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("BSD-3-Clause AND 0BSD", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND AGPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_a_licence_that_nobody_looked_at_is_told(licence: str, answer: bool) -> None:
    assert may_ship(licence) is answer


def may_ship(licence: str) -> bool:
    """Tell whether all parts of a declared licence, or one of those to choose from, are allowed."""
    choices = licence.split(" OR ")
    return any(set(each.split(" AND ")) <= ALLOWED for each in choices)


@pytest.mark.parametrize("ends", [0, 1])
def test_an_audit_that_could_not_be_made_is_no_pass(tmp_path: Path, ends: int) -> None:
    auditor = tmp_path / "pip-audit"
    # As pip-audit does: what it could not ask about is a failure only where it is strict.
    auditor.write_text(f'#!/bin/sh\nfor each; do [ "$each" = --strict ] && exit {ends}; done\n')
    auditor.chmod(0o755)
    script = ROOT / "deploy" / "supply" / "audit.sh"
    told = subprocess.run(
        ["sh", script, auditor, "requirements.txt"], capture_output=True, text=True, check=False
    )
    assert told.returncode == ends
    assert ("could not be reached" in told.stderr) is bool(ends)
