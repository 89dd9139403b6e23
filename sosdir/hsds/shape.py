"""Say once what an object is made of: its JSON, its schema and our own fields follow from that.

An object is a frozen dataclass whose fields bear the names of HSDS. A field of our own profile is
made by ``own`` and says what it means.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

Identifier = Annotated[str, "uuid"]
WebAddress = Annotated[str, "uri"]
MailAddress = Annotated[str, "email"]
Day = Annotated[str, "date"]
Instant = Annotated[str, "date-time"]

_OWN = "profile"
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number"}


def own(description: str, default: Any = None) -> Any:
    """Return a field that is of our profile and not of HSDS.

    Args:
        description: what it means, one English sentence.
        default: what it is where nothing is known.
    """
    return field(default=default, metadata={_OWN: description})


def plain(value: Any) -> Any:
    """Return an object as JSON has it; what is not known is left out.

    Args:
        value: an object, or what stands in one.
    """
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if not is_dataclass(value):
        return value
    kind: type = type(value)
    told = ((name, getattr(value, name)) for name in _names(kind))
    return {name: plain(each) for name, each in told if each is not None and each != ()}


def own_fields(kind: type) -> dict[str, str]:
    """Return the fields of an object that are of our profile, with what they mean.

    Args:
        kind: a dataclass of this package.
    """
    return {each.name: each.metadata[_OWN] for each in fields(kind) if _OWN in each.metadata}


def schema(kind: type) -> dict[str, Any]:
    """Return the JSON Schema of an object; those within it are named, not repeated.

    Args:
        kind: a dataclass of this package.
    """
    hints = get_type_hints(kind, include_extras=True)
    meanings = own_fields(kind)
    properties = {each.name: schema_of(hints[each.name]) for each in fields(kind)}
    for name, meaning in meanings.items():
        properties[name] = {**properties[name], "description": f"Profile: {meaning}"}
    return {
        "type": "object",
        "description": (kind.__doc__ or "").splitlines()[0],
        "properties": properties,
        "required": [
            each.name
            for each in fields(kind)
            if each.default is MISSING and each.default_factory is MISSING
        ],
        "additionalProperties": False,
    }


def parts(kind: type) -> list[type]:
    """Return an object and all that may stand within it, each once.

    Args:
        kind: a dataclass of this package.
    """
    found: dict[type, None] = {}
    waiting = [kind]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = None
            waiting += _dataclasses_within(each)
    return list(found)


def schema_of(hint: Any) -> dict[str, Any]:
    """Return the schema of a type as the fields of objects have it.

    Args:
        hint: of the field.
    """
    origin = get_origin(hint)
    if origin is Annotated:
        base, form = get_args(hint)
        return {"type": _TYPES[base], "format": form}
    if origin in {Union, types.UnionType}:
        (some,) = (each for each in get_args(hint) if each is not type(None))
        return schema_of(some)
    if origin is tuple:
        return {"type": "array", "items": schema_of(get_args(hint)[0])}
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if is_dataclass(hint):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}  # type: ignore[union-attr]
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(each) for each in hint]}
    return {"type": _TYPES[hint]}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _dataclasses_within(kind: type) -> list[type]:
    hints = get_type_hints(kind, include_extras=True)
    inner = (each for hint in hints.values() for each in _inner(hint))
    return [each for each in inner if isinstance(each, type) and is_dataclass(each)]


def _inner(hint: Any) -> list[Any]:
    within = [each for argument in get_args(hint) for each in _inner(argument)]
    return within or [hint]
