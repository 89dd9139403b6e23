"""The OpenAPI document is sound, complete, and says of each answer what the answer is."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from sosdir.hsds.asking import Asked
from sosdir.hsds.endpoints import ENDPOINTS
from sosdir.hsds.holdings import Library

API = "/api/hsds"
URI = "urn:openapi"


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{API}/openapi.json").get_json()
    return found


def test_every_schema_is_sound_and_every_reference_leads_somewhere(
    document: dict[str, Any],
) -> None:
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    named = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document))
    assert set(named) <= set(schemas)


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [each["get"]["operationId"] for each in document["paths"].values()]
    assert len(names) == len(set(names)) == 1 + 2 * len(ENDPOINTS)


def test_every_endpoint_is_answered_by_the_library_and_every_parameter_is_asked() -> None:
    for endpoint in ENDPOINTS:
        assert hasattr(Library, endpoint.name)
        assert hasattr(Library, endpoint.one)
        known = {each.name for each in (*endpoint.parameters, *endpoint.parameters_of_one)}
        assert known <= set(Asked.__dataclass_fields__)


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/", ""),
        *((f"/{each.name}", "?per_page=500") for each in ENDPOINTS),
        ("/services", "?full=true&per_page=500"),
        ("/services", "?minimal=true"),
        ("/organizations", "?full_service=true&per_page=500"),
        ("/service_at_locations", "?full=true"),
    ],
)
def test_an_answer_is_what_the_document_says(
    client: FlaskClient, document: dict[str, Any], path: str, parameters: str
) -> None:
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    text = json.dumps(schema["schema"]).replace('"#/', f'"{URI}#/')
    resource = Resource(document, specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(URI, resource)
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(json.loads(text), registry=registry, format_checker=checker)
    answer = client.get(f"{API}{path}{parameters}").get_json()
    assert [each.message[:300] for each in validator.iter_errors(answer)] == []


def test_nothing_of_the_standard_is_copied(document: dict[str, Any]) -> None:
    # Its schemas are under another licence; ours are made from our own tables.
    assert "datapackage_metadata" not in json.dumps(document)
