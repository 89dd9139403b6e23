"""Write the OpenAPI 3.1 document of the API from the table of its endpoints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sosdir.hsds import STANDARD, VERSION
from sosdir.hsds.endpoints import AREA, ENDPOINTS, SCHEMAS, UUID_PATTERN, Endpoint, Parameter
from sosdir.hsds.shape import parts, schema
from sosdir.version import __version__

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PROBLEM_TYPE = "application/problem+json"
_JSON, _NDJSON = "application/json", "application/x-ndjson"

_PAGE = {
    "total_items": {"type": "integer", "minimum": 0},
    "total_pages": {"type": "integer", "minimum": 0},
    "page_number": {"type": "integer", "minimum": 1},
    "size": {"type": "integer", "minimum": 0, "description": "How many stand on this page."},
    "first_page": {"type": "boolean"},
    "last_page": {"type": "boolean"},
    "empty": {"type": "boolean"},
}
_META = {
    "version": {"type": "string", "description": "The version of HSDS."},
    "profile": {"type": "string", "format": "uri"},
    "openapi_url": {"type": "string", "format": "uri"},
    "publisher": {"type": "object", "description": "Who publishes the data, and its licence."},
}


def document(server: str, licence: tuple[str, str]) -> dict[str, Any]:
    """Return the OpenAPI document.

    Args:
        server: the whole address of the API, without a slash at its end.
        licence: of the data: its name and its address.
    """
    name, address = licence
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "sosdir: Japan's pregnancy SOS lines as HSDS",
            "version": __version__,
            "summary": f"Open Referral HSDS {VERSION}, read only, without a key.",
            "description": "A wrong number rings at a stranger's home: show evidence, collected_on"
            " and assured_date with what you show, and ask again before you pass it on.",
            "license": {"name": name, "url": address},
        },
        "jsonSchemaDialect": _DIALECT,
        "externalDocs": {"url": STANDARD, "description": f"HSDS {VERSION}"},
        "servers": [{"url": server}],
        "paths": {"/": {"get": _meta()}, **_paths()},
        "components": {"schemas": _schemas()},
    }


def _meta() -> dict[str, Any]:
    return {
        "operationId": "getMeta",
        "summary": "What this API is.",
        "responses": {"200": _answer({_JSON: _object(_META)})},
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for each in ENDPOINTS:
        paths[f"/{each.name}"] = {"get": _list(each)}
        paths[f"/{each.name}/{{id}}"] = {"get": _one(each)}
    return paths


def _list(endpoint: Endpoint) -> dict[str, Any]:
    contents = {"type": "array", "items": _any_of(endpoint.listed)}
    page = _object({**_PAGE, "contents": contents})
    answer = _answer({_JSON: page, _NDJSON: {"type": "string"}})
    nowhere = {"404": _problem("There is no such place.")} if AREA in endpoint.parameters else {}
    return {
        "operationId": f"list_{endpoint.name}",
        "summary": endpoint.description,
        "parameters": [_parameter(each) for each in endpoint.parameters],
        "responses": {
            "200": {**answer, "links": _links(endpoint)},
            **nowhere,
            **_refusals(),
        },
    }


def _links(endpoint: Endpoint) -> dict[str, Any]:
    """Say that the ids of a list lead to its single objects."""
    name = f"get_{endpoint.one}"
    return {name: {"operationId": name, "parameters": {"id": "$response.body#/contents/0/id"}}}


def _one(endpoint: Endpoint) -> dict[str, Any]:
    made = {"type": "string", "format": "uuid", "pattern": UUID_PATTERN}
    path = {"name": "id", "in": "path", "required": True, "schema": made}
    gone = {"301": _moved(), "410": _problem("It has ended.")} if endpoint.one == "service" else {}
    return {
        "operationId": f"get_{endpoint.one}",
        "summary": f"One {endpoint.one} with everything that may be shown of it.",
        "parameters": [path, *(_parameter(each) for each in endpoint.parameters_of_one)],
        "responses": {
            "200": _answer({_JSON: _any_of(endpoint.single)}),
            **gone,
            "404": _problem("There is none."),
            **_refusals(),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    mark = "Profile: " if parameter.is_own else ""
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"{mark}{parameter.description}",
        "schema": SCHEMAS[parameter.kind],
    }


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _any_of(kinds: Iterable[type]) -> dict[str, Any]:
    named = [_named(each.__name__) for each in kinds]
    return named[0] if len(named) == 1 else {"anyOf": named}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _answer(contents: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": "What was asked for.",
        "content": {media_type: {"schema": each} for media_type, each in contents.items()},
    }


def _problem(description: str) -> dict[str, Any]:
    content = {_PROBLEM_TYPE: {"schema": _named("Problem")}}
    return {"description": description, "content": content}


def _refusals() -> dict[str, Any]:
    return {
        "400": _problem("A parameter is unknown or cannot be used; invalid_params says why."),
        "405": _problem("Only GET, HEAD and OPTIONS are answered."),
    }


def _moved() -> dict[str, Any]:
    header = {"Location": {"schema": {"type": "string"}}}
    return {"description": "Another service took its place.", "headers": header}


def _schemas() -> dict[str, Any]:
    kinds = {kind for each in ENDPOINTS for kind in (*each.listed, *each.single)}
    within = {part.__name__: part for kind in kinds for part in parts(kind)}
    found = {name: schema(within[name]) for name in sorted(within)}
    return {**found, "Problem": _problem_schema()}


def _problem_schema() -> dict[str, Any]:
    reason = _object({"name": {"type": "string"}, "reason": {"type": "string"}})
    return _object(
        {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "invalid_params": {"type": "array", "items": reason},
        }
    )
