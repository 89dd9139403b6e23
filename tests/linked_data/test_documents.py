"""Every page's document is read by rdflib, and speaks the words of schema.org only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Literal, URIRef

from sosdir.models import DataPackage
from tests.linked_data.vocabulary import PROPERTIES
from tests.reading import read

# rdflib warns of a class of its own, which it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

SCHEMA = "https://schema.org/"
PREFIX = len(SCHEMA)


def graph_of(document: dict[str, Any]) -> Graph:
    """Read a document as the context of schema.org would have it, without fetching that."""
    assert document["@context"] == "https://schema.org"
    offline = {**document, "@context": {"@vocab": SCHEMA}}
    return Graph().parse(data=json.dumps(offline), format="json-ld")


def faults(document: Any) -> Iterator[str]:
    """Yield what is no word of schema.org, or is said of what it is not for."""
    for each in document if isinstance(document, list) else [document]:
        if not isinstance(each, dict):
            continue
        kind = each.get("@type")
        for name, value in each.items():
            if not name.startswith("@") and name not in PROPERTIES.get(kind, ()):
                yield f"{name} of {kind}"
            if value in (None, "", [], {}):
                yield f"{name} of {kind} says nothing"
            yield from faults(value)


def document_of(client: FlaskClient, path: str) -> dict[str, Any]:
    (document,) = read(client.get(path)).documents
    return document


def public(package: DataPackage) -> Iterator[str]:
    yield from (each.id for each in package.services if not each.hold)


def test_every_service_is_read_and_has_its_name(client: FlaskClient, package: DataPackage) -> None:
    for service in package.services:
        if service.hold:
            continue
        document = document_of(client, f"/services/{service.id}")
        assert list(faults(document)) == []
        graph, here = graph_of(document), URIRef(f"http://localhost/services/{service.id}")
        assert (here, URIRef(f"{SCHEMA}name"), Literal(service.name)) in graph
        (kind,) = graph.objects(here, RDF.type)
        assert kind[PREFIX:] in {"Service", "GovernmentService"}
        assert len(set(graph.objects(here, URIRef(f"{SCHEMA}areaServed")))) == len(
            service.service_areas
        )


def test_every_place_lists_the_services_that_its_page_shows(client: FlaskClient) -> None:
    for code in [f"{number:02}" for number in range(1, 48)] + ["141003", "401307", "132063"]:
        page = read(client.get(f"/areas/{code}"))
        (document,) = page.documents
        assert list(faults(document)) == []
        graph = graph_of(document)
        listed = {str(each) for each in graph.objects(None, URIRef(f"{SCHEMA}url"))}
        shown = {link.partition("?")[0] for link in page.links if link.startswith("/services/")}
        assert listed == {f"http://localhost{path}" for path in shown}
        assert document["numberOfItems"] == len(listed)


@pytest.mark.parametrize(("path", "kind"), [("/", "WebSite"), ("/open-data", "Dataset")])
def test_the_site_and_its_data_say_what_they_are(client: FlaskClient, path: str, kind: str) -> None:
    document = document_of(client, path)
    assert document["@type"] == kind
    assert list(faults(document)) == []
    assert graph_of(document)


def test_no_search_elsewhere_is_invited(client: FlaskClient) -> None:
    assert "SearchAction" not in client.get("/").text


@pytest.mark.parametrize("path", ["/services/ninshin-sos-yokohama", "/areas/14", "/"])
@pytest.mark.parametrize("language", ["/en", "/ja-easy", "/ne"])
def test_a_thing_has_one_address_in_every_language(
    client: FlaskClient, language: str, path: str
) -> None:
    assert document_of(client, language + path)["@id"] == f"http://localhost{path}"


def test_only_pages_of_what_can_be_named_say_something(client: FlaskClient) -> None:
    for path in ("/?q=横浜市", "/about", "/privacy", "/sheet?ids=ninshin-sos-yokohama", "/nowhere"):
        assert read(client.get(path)).documents == [], path


def test_a_word_that_is_not_schema_orgs_would_be_seen() -> None:
    wrong = {"@type": "Service", "isAccessibleForFree": True, "areaServed": [{"@type": "Area"}]}
    assert list(faults(wrong)) == ["isAccessibleForFree of Service"]
    assert list(faults({"@type": "Service", "name": ""})) == ["name of Service says nothing"]


def test_a_body_is_read_with_the_services_that_it_runs(client: FlaskClient) -> None:
    document = document_of(client, "/organizations/yokohama-shi")
    assert list(faults(document)) == []
    graph, here = graph_of(document), URIRef("http://localhost/organizations/yokohama-shi")
    assert (here, RDF.type, URIRef(f"{SCHEMA}Organization")) in graph
    assert URIRef("http://localhost/services/ninshin-sos-yokohama") in set(
        graph.objects(None, URIRef(f"{SCHEMA}itemOffered"))
    )
    assert document_of(client, "/en/organizations/yokohama-shi") == document


def test_a_body_that_only_commissions_offers_nothing(client: FlaskClient) -> None:
    document = document_of(client, "/organizations/hyogo-ken")
    assert list(faults(document)) == []
    assert "makesOffer" not in document
