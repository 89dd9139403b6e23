"""The database of published facts is whole, well made, found by Datasette, and tells no secret."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from datasette.app import Datasette

from sosdir.areas import Gazetteer
from sosdir.evidence import Published
from sosdir.models import DataPackage
from sosdir.opendata import metadata, published
from sosdir.store.open_tables import OPEN_TABLES, OPEN_VIEWS
from sosdir.store.publication import publication
from tests.apart import apart
from tests.cast import TODAY, a_package, an_importable_service, the_cast

Ask = Callable[[str], Any]


@pytest.fixture(scope="module")
def chosen(package: DataPackage) -> tuple[Published, ...]:
    return published(package.services, TODAY)


@pytest.fixture(scope="module")
def content(chosen: tuple[Published, ...], gazetteer: Gazetteer) -> bytes:
    return publication(chosen, gazetteer, frozenset())


@pytest.fixture
def opened(content: bytes) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def ask(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Start Datasette with the file and its description, and give a way to ask it."""
    path = tmp_path_factory.mktemp("datasette") / "sosdir.db"
    path.write_bytes(content)

    def asking(address: str) -> Any:
        async def go() -> Any:
            datasette = Datasette(
                [], immutables=[str(path)], metadata=metadata("https://x.example")
            )
            return await datasette.client.get(address)

        answer = apart(lambda: asyncio.run(go()))
        assert answer.status_code == 200, (address, answer.text)
        return answer.json() if ".json" in address else answer.text

    return asking


def the_file(services: Any, gazetteer: Gazetteer, doubted: frozenset[str] = frozenset()) -> Any:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(publication(published(services, TODAY), gazetteer, doubted))
    return connection


def test_the_same_facts_are_the_same_bytes(
    content: bytes, chosen: tuple[Published, ...], gazetteer: Gazetteer
) -> None:
    assert publication(chosen, gazetteer, frozenset()) == content


def test_the_file_is_sound_and_every_reference_leads_somewhere(opened: sqlite3.Connection) -> None:
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = opened.execute("PRAGMA foreign_key_list(service)").fetchall()
    assert {key[2] for key in keys} == {"organization", "area"}


def test_every_published_fact_stands_in_its_table(
    opened: sqlite3.Connection, chosen: tuple[Published, ...]
) -> None:
    def count(table: str) -> int:
        (number,) = opened.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(number)

    services = [each.service for each in chosen]
    assert count("service") == len(services)
    assert count("channel") == sum(len(each.channels) for each in services)
    assert count("source") == sum(len(each.sources) for each in services)
    assert count("service_area") == sum(len(each.service_areas) for each in services)
    assert count("area") == 1 + 47 + 1741
    rows = opened.execute("SELECT id, value, hours, hours_text FROM channel").fetchall()
    assert {row[0]: row[1:] for row in rows} == {
        channel.id: (channel.value, channel.hours, channel.hours_text)
        for each in services
        for channel in each.channels
    }


def test_every_column_of_a_service_is_written(package: DataPackage, gazetteer: Gazetteer) -> None:
    told = a_package(package, an_importable_service())
    file = the_file(told.services, gazetteer)
    assert file.execute("SELECT organization_id FROM commissioner").fetchall() == [("minato",)]
    assert file.execute("SELECT code, name FROM language").fetchall() == [
        ("ja", "日本語"),
        ("en", "英語"),
    ]
    assert file.execute('SELECT name, value, "on" FROM statistic').fetchall() == [
        ("LINE友だち数", 120, "2025-04-01")
    ]
    assert file.execute("SELECT partners, anonymous FROM service").fetchall() == [
        ('["見本の会", "見本病院"]', 1)
    ]
    file.close()


def test_nothing_withheld_stands_anywhere_in_the_file(gazetteer: Gazetteer) -> None:
    content = publication(published(the_cast(), TODAY), gazetteer, frozenset())
    for secret in ("03-0000-0005", "0300000005", "mukashi@", "むかしは24時間", "9-9", "覚え書き"):
        assert secret.encode() not in content
    for held in ("03-0000-0006", "kakushi-line", "ひみつ", "公開しない"):
        assert held.encode() not in content
    assert "むかし妊娠SOS".encode() in content


def test_a_value_reported_as_wrong_is_marked(gazetteer: Gazetteer) -> None:
    file = the_file(the_cast(), gazetteer, frozenset({"minato-sos-1", "mukashi-sos-1"}))
    doubted = file.execute("SELECT id FROM channel WHERE doubted").fetchall()
    file.close()
    assert doubted == [("minato-sos-1",)]


def test_datasette_shows_tables_views_and_what_they_hold(ask: Ask) -> None:
    found = ask("/sosdir.json")
    shown = {table["name"] for table in found["tables"] if not table["hidden"]}
    assert shown == {table.name for table in OPEN_TABLES}
    assert {view["name"] for view in found["views"]} == {view.name for view in OPEN_VIEWS}
    page = ask("/sosdir/service")
    assert "費用(free または出典のことば)" in page
    assert "Creative Commons Attribution 4.0" in page
    assert 'name="_search"' in page


def test_datasette_leads_from_a_line_to_its_organization(ask: Ask) -> None:
    (row,) = ask("/sosdir/service.json?id=ninshin-sos-yokohama&_labels=on&_shape=array")
    assert row["organization_id"]["label"] == "横浜市"
    assert row["municipality_code"]["label"] == "神奈川県横浜市"


@pytest.mark.parametrize("view", [view.name for view in OPEN_VIEWS])
def test_datasette_answers_every_view(ask: Ask, view: str) -> None:
    assert ask(f"/sosdir/{view}.json?_shape=array&_size=5")


def test_a_view_joins_lines_with_their_channels(ask: Ask) -> None:
    rows = ask("/sosdir/service_channel.json?service_id=ninshin-sos-yokohama&_shape=array")
    assert {row["kind"] for row in rows} == {"phone", "email", "line"}
    assert {row["areas"] for row in rows} == {"神奈川県横浜市"}


@pytest.mark.parametrize(
    "words", ["横浜", "横浜市", "ヨコハマ", "にんしんSOS", "line 横浜", "LINE 神奈川県"]
)
def test_datasette_finds_words_of_any_length(ask: Ask, words: str) -> None:
    found = ask(f"/sosdir/service.json?_search={words}&_shape=array&_size=200")
    assert "ninshin-sos-yokohama" in [row["id"] for row in found]


def test_a_search_finds_only_what_holds_the_words(ask: Ask) -> None:
    assert ask("/sosdir/service.json?_search=そんな言葉はない&_shape=array") == []
    for row in ask("/sosdir/service_channel.json?_shape=array&_size=max&kind=phone"):
        if row["value"]:
            assert ask(f"/sosdir/service.json?_search={row['value']}&_shape=array") == []
            break


def test_the_queries_that_come_with_it_answer(ask: Ask) -> None:
    found = ask("/sosdir/serving.json?area=141003&_shape=array")
    assert [row["area"] for row in found][:2] == ["神奈川県横浜市", "神奈川県"]
    assert found[-1]["area"] == "全国"
    (only,) = ask("/sosdir/containing.json?words=SOSヨコハマ&_shape=array")
    assert only["id"] == "ninshin-sos-yokohama"
