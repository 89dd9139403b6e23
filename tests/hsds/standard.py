"""The schemas of HSDS 3.1, as they stand beside the project, and how answers are held to them."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from sosdir.hsds.profile import own_field_names
from tests.conftest import DATA

BESIDE = DATA.parent.parent / "shared" / "hsds" / "3.1"
# Our names for the objects that stand in the lists of others.
_WITHIN = {
    "phones": "phone",
    "additional_urls": "url",
    "schedules": "schedule",
    "service_areas": "service_area",
    "funding": "funding",
    "organization": "organization",
    "service": "service",
}


def folder() -> Path:
    """Return where the schemas are: ``HSDS_SCHEMAS``, or beside the project."""
    found = Path(os.environ.get("HSDS_SCHEMAS") or BESIDE)
    if not (found / "service.json").is_file():
        pytest.skip("The schemas of HSDS are not there: set HSDS_SCHEMAS.")
    return found


@cache
def schemas(*, strict: bool) -> dict[str, Any]:
    """Return all schemas by file name; strict ones forbid what they do not name."""
    found = {}
    for path in folder().glob("*.json"):
        if path.name != "openapi.json":
            schema = json.loads(path.read_text("utf-8"))
            found[path.name] = closed(schema) if strict else schema
    return found


def closed(schema: Any) -> Any:
    """Return a schema that forbids, however deep, what it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    within = {name: closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        within["additionalProperties"] = False
    return within


@cache
def _validator(name: str, *, strict: bool) -> Draft202012Validator:
    known = schemas(strict=strict)
    resources = [(key, Resource(each, specification=DRAFT202012)) for key, each in known.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    checker = Draft202012Validator.FORMAT_CHECKER
    missing = {"uuid", "uri", "date-time", "email"} - set(checker.checkers)
    assert not missing, f"formats would go unchecked: {missing}"
    return Draft202012Validator(known[name], registry=registry, format_checker=checker)


def faults(name: str, answer: Any) -> list[str]:
    """Say where an answer breaks a schema, as it is, and strictly once our fields are off.

    Args:
        name: of the schema's file without its suffix, such as ``service``.
        answer: of the API, one object.
    """
    kind = name.removesuffix("_list")
    found = _validator(f"{name}.json", strict=False).iter_errors(answer)
    plain = without_profile(kind, answer)
    strictly = _validator(f"{name}.json", strict=True).iter_errors(plain)
    return [f"{each.json_path}: {each.message[:300]}" for each in (*found, *strictly)]


def without_profile(kind: str, answer: Any) -> Any:
    """Return an object without the fields that our profile declares for its kind."""
    declared = own_field_names().get(kind, ())
    return {name: _within(name, value) for name, value in answer.items() if name not in declared}


def _within(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_within(name, each) for each in value]
    if isinstance(value, dict):
        return without_profile(_WITHIN.get(name, name), value)
    return value
