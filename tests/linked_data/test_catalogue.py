"""The catalogue holds what DCAT-AP asks for, and every door that the site has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, URIRef
from rdflib.term import Node

from sosdir import db, publishing
from sosdir.linked_data import FILES, Site, catalogue, data_set, text
from sosdir.revising import Author, Reason
from tests.cast import NOON, TODAY, an_importable_service

# rdflib warns of a class of its own, which it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

BASE = "https://sosdir.example.jp"
CATALOGUE = f"{BASE}/open-data/catalog.jsonld"
SITE = Site(
    name="sosdir",
    home=f"{BASE}/",
    page=f"{BASE}/open-data",
    catalogue=CATALOGUE,
    licence="https://creativecommons.org/licenses/by/4.0/",
    changed_on=TODAY,
    url=lambda path: BASE + path,
    has=lambda _path: True,
)
# What DCAT-AP 3 calls mandatory, and what any catalogue shows of a dataset.
NEEDED = {
    DCAT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset},
    DCAT.Dataset: {DCTERMS.title, DCTERMS.description, DCAT.distribution, DCTERMS.publisher},
    DCAT.Distribution: {DCAT.accessURL, DCTERMS.license, DCAT.mediaType},
    DCAT.DataService: {DCTERMS.title, DCAT.endpointURL, DCAT.servesDataset},
    FOAF.Agent: {FOAF.name},
}


def graph_of(site: Site) -> Graph:
    return Graph().parse(data=text(catalogue(site)), format="json-ld")


def accessed(graph: Graph) -> set[str]:
    return {str(each) for each in graph.objects(None, DCAT.accessURL)}


@pytest.mark.parametrize("kind", NEEDED, ids=str)
def test_everything_that_is_needed_is_said(kind: Node) -> None:
    graph = graph_of(SITE)
    found = set(graph.subjects(RDF.type, kind))
    assert found
    for each in found:
        assert set(graph.predicates(each)) >= NEEDED[kind]


def test_every_file_is_reached_from_the_catalogue() -> None:
    graph = graph_of(SITE)
    reached = {
        str(file)
        for dataset in graph.objects(URIRef(CATALOGUE), DCAT.dataset)
        for distribution in graph.objects(dataset, DCAT.distribution)
        for file in graph.objects(distribution, DCAT.downloadURL)
    }
    assert reached == {BASE + each.path for each in FILES}


def test_titles_are_said_in_japanese_and_english() -> None:
    graph = graph_of(SITE)
    for kind in (DCAT.Catalog, DCAT.Dataset):
        for each in graph.subjects(RDF.type, kind):
            languages = {title.language for title in graph.objects(each, DCTERMS.title)}  # type: ignore[attr-defined]
            assert languages == {"ja", "en"}


def test_a_door_that_a_site_does_not_have_is_not_offered() -> None:
    graph = graph_of(replace(SITE, has=lambda path: path == "/services.json"))
    assert accessed(graph) == {f"{BASE}/services.json"}
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 1
    assert not set(graph.subjects(RDF.type, DCAT.DataService))


def test_an_empty_directory_has_no_date() -> None:
    empty = replace(SITE, changed_on=None)
    assert not set(graph_of(empty).objects(None, DCTERMS.modified))
    assert "dateModified" not in data_set(empty)


def test_the_site_serves_its_catalogue_and_every_door_in_it(client: FlaskClient) -> None:
    answer = client.get("/open-data/catalog.jsonld")
    assert answer.content_type == "application/ld+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    graph = Graph().parse(data=answer.text, format="json-ld")
    assert {f"http://localhost/services.{each}" for each in ("json", "csv", "geojson")} <= accessed(
        graph
    )
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        (address,) = graph.objects(distribution, DCAT.downloadURL)
        (media_type,) = graph.objects(distribution, DCAT.mediaType)
        given = client.get(str(address).removeprefix("http://localhost"))
        assert given.status_code == 200
        assert str(media_type).endswith(f"/{given.mimetype}")
    for door in graph.objects(None, DCAT.endpointURL):
        assert client.get(str(door).removeprefix("http://localhost")).status_code == 200


def test_the_catalogue_is_the_same_in_every_language(client: FlaskClient) -> None:
    told = client.get("/open-data/catalog.jsonld").text
    assert client.get("/en/open-data/catalog.jsonld").text == told


def test_a_change_is_told_to_those_who_harvest(
    make_app: Callable[..., Flask], cast_home: Callable[..., Path]
) -> None:
    home = cast_home(an_importable_service("minato-sos"))
    client = make_app(home, at=NOON).test_client()
    assert modified(client) == {"2026-11-23"}
    changed = an_importable_service("minato-sos", fee="有料")
    with db.changing(home / "sosdir.db") as database:
        edition = publishing.open_edition(database, "minato-sos")
        author = Author(None, "hanako")
        publishing.publish(database, changed, edition.revision, author, Reason(), NOON)
    assert modified(client) == {"2026-11-25"}


def modified(client: FlaskClient) -> set[str]:
    """Return every day on which the catalogue says that something changed."""
    told = client.get("/open-data/catalog.jsonld").text
    graph = Graph().parse(data=told, format="json-ld")
    return {str(each) for each in graph.objects(None, DCTERMS.modified)}
