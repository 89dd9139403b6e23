"""History keeps every version whole, and lets nobody change or remove one."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC

import pytest
from sqlite_utils import Database

from sosdir.errors import NotFoundError
from sosdir.models import DataPackage
from sosdir.revising import Action, Author, Reason, Revision
from sosdir.store import revisions, services
from sosdir.store.revisions import Entry
from tests.cast import NOON, a_channel, a_service, a_source, an_importable_service, the_cast

HANAKO = Author(7, "花子")


def add(database: Database, **changes: object) -> Revision:
    """Add a published version of the first of the cast, changed as told."""
    action = changes.pop("action", Action.PUBLISHED)
    assert isinstance(action, Action)
    return revisions.add(database, Entry(a_service(**changes), action, HANAKO, NOON))


def test_every_shipped_service_is_kept_whole(package: DataPackage) -> None:
    for service in (*package.services, *the_cast(), an_importable_service()):
        assert revisions.service_of(revisions.content_of(service)) == service


def test_a_version_from_before_channels_had_languages_is_read(database: Database) -> None:
    service = a_service(languages=("ja", "en"))
    kept = json.loads(revisions.content_of(service))
    del kept["channel"][0]["languages"]
    kept["service"]["languages"] = json.dumps(["日本語", "英語"])
    assert revisions.service_of(json.dumps(kept)) == service


def test_a_version_from_before_safety_facts_is_read(database: Database) -> None:
    service = a_service()
    kept = json.loads(revisions.content_of(service))
    del kept["service"]["confidentiality"]
    for name in ("caller_id", "reply"):
        del kept["channel"][0][name]
    assert revisions.service_of(json.dumps(kept)) == service


def test_a_figure_from_before_it_had_sources_points_at_all_of_its_service() -> None:
    service = an_importable_service()
    kept = json.loads(revisions.content_of(service))
    del kept["statistic"][0]["source_ids"]
    (figure,) = revisions.service_of(json.dumps(kept)).statistics
    assert figure.source_ids == tuple(each.id for each in service.sources)


def test_a_revision_is_read_as_it_was_added(database: Database) -> None:
    first = add(database)
    reason = Reason("電話で聞いた", "https://example.jp/page")
    entry = Entry(an_importable_service(), Action.DRAFTED, HANAKO, NOON, reason, first.number)
    added = revisions.add(database, entry)
    assert revisions.get(database, added.number) == added
    assert (added.service, added.version, added.based_on) == (
        an_importable_service(),
        2,
        first.number,
    )
    assert (added.why, added.given_source) == ("電話で聞いた", "https://example.jp/page")
    assert (added.author, added.made_at) == (HANAKO, NOON)
    assert added.made_at.tzinfo == UTC
    assert (first.is_public, added.is_public) == (True, False)


def test_numbers_rise_in_all_and_versions_in_each(database: Database) -> None:
    numbers = [add(database).number]
    other = revisions.add(database, Entry(a_service("other"), Action.LOADED, HANAKO, NOON))
    numbers += [other.number, add(database).number]
    assert numbers == sorted(set(numbers))
    assert other.version == 1
    assert [each.version for each in revisions.of_service(database, "minato-sos")] == [2, 1]


def test_history_is_newest_first_and_paged(database: Database) -> None:
    for number in range(5):
        add(database, name=f"名前{number}")
    pages = [revisions.of_service(database, "minato-sos", 2, offset) for offset in (0, 2, 4, 6)]
    assert [[each.version for each in page] for page in pages] == [[5, 4], [3, 2], [1], []]
    assert revisions.count(database, "minato-sos") == 5
    assert revisions.count(database, "nobody") == 0


def test_the_newest_public_version_is_no_draft(database: Database) -> None:
    public = add(database)
    add(database, action=Action.DRAFTED)
    rejected = add(database, action=Action.REJECTED)
    assert revisions.latest(database, "minato-sos") == rejected
    assert revisions.latest_public(database, "minato-sos") == public
    assert revisions.latest_public(database, "nobody") is None
    assert revisions.latest_numbers(database) == {"minato-sos": rejected.number}


def test_a_version_is_found_by_its_place(database: Database) -> None:
    add(database)
    second = add(database, name="別の名前")
    assert revisions.version(database, "minato-sos", 2) == second
    for service_id, version in (("minato-sos", 3), ("minato-sos", 0), ("nobody", 1)):
        with pytest.raises(NotFoundError):
            revisions.version(database, service_id, version)


def test_what_is_not_there_is_told(database: Database) -> None:
    with pytest.raises(NotFoundError):
        revisions.get(database, 1)
    assert revisions.of_service(database, "nobody") == []
    assert revisions.latest(database, "nobody") is None


def dump(database: Database) -> list[tuple[object, ...]]:
    return list(database.execute("SELECT * FROM revision ORDER BY number").fetchall())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET why = 'なかったことに'",
        "UPDATE revision SET content = '{}' WHERE number = 1",
        "UPDATE OR REPLACE revision SET number = 2 WHERE number = 1",
        "UPDATE OR IGNORE revision SET account_name = ''",
        "DELETE FROM revision",
        "DELETE FROM revision WHERE number = 1",
        "INSERT OR REPLACE INTO revision SELECT * FROM revision WHERE number = 1",
        "REPLACE INTO revision (service_id, version, action, made_at, account_name, content)"
        " VALUES ('minato-sos', 1, 'published', '', '', '{}')",
        "INSERT OR IGNORE INTO revision SELECT * FROM revision WHERE number = 1",
        "INSERT INTO revision SELECT * FROM revision WHERE number = 1"
        " ON CONFLICT DO UPDATE SET why = 'なかったことに'",
    ],
)
def test_history_is_neither_changed_nor_removed_nor_replaced(
    database: Database, statement: str
) -> None:
    add(database)
    add(database)
    before = dump(database)
    with pytest.raises(sqlite3.IntegrityError, match="a revision is never"):
        database.execute(statement)
    assert dump(database) == before


def test_an_id_is_known_as_long_as_there_is_history(database: Database) -> None:
    add(database)
    services.remove(database, "minato-sos")
    assert revisions.is_known(database, "minato-sos")
    assert revisions.is_known(database, "sagami-night")
    assert not revisions.is_known(database, "nobody")


def test_ids_of_parts_are_remembered_after_they_are_gone(database: Database) -> None:
    gone = a_service(channels=(a_channel("minato-sos", 8),), sources=(a_source("minato-sos", 9),))
    revisions.add(database, Entry(gone, Action.DRAFTED, HANAKO, NOON))
    services.save(database, replace(gone, channels=(a_channel("minato-sos", 3),)))
    assert revisions.part_ids(database, "minato-sos") == {
        "minato-sos-3",
        "minato-sos-8",
        "minato-sos-s9",
    }
    assert revisions.part_ids(database, "nobody") == frozenset()
