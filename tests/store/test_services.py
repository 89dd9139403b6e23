"""Services are read and written whole, each with everything that belongs to it."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from sosdir import db
from sosdir.errors import NotFoundError
from sosdir.models import DataPackage, Organization, Service
from sosdir.store import organizations, services, versions
from tests.cast import CITY, HARBOUR, a_channel, a_service, an_importable_service, the_cast


def dump(database: Database) -> list[str]:
    """Return all that a database holds, as SQL."""
    return list(database.conn.iterdump())


def rows_of(database: Database, table: str, service_id: str) -> int:
    """Count the rows of a table that belong to a service."""
    return int(database.table(table).count_where("service_id = ?", [service_id]))


@pytest.mark.parametrize(
    "service",
    [
        *the_cast(),
        an_importable_service(),
        a_service(organization=None, position=None, channels=(), sources=()),
        a_service(fee="", editor_note="'; DROP TABLE service; --", anonymous=False),
    ],
    ids=lambda service: str(service.id),
)
def test_a_service_is_read_as_it_was_saved(database: Database, service: Service) -> None:
    services.save(database, service)
    assert services.get(database, service.id) == service


def test_every_shipped_service_is_read_as_it_was_saved(
    shipped: Database, package: DataPackage
) -> None:
    assert tuple(services.everything(shipped)) == package.services


def test_a_service_that_is_not_there_is_told(database: Database) -> None:
    with pytest.raises(NotFoundError, match="no service 'nonesuch'"):
        services.get(database, "nonesuch")


def test_services_are_found_in_the_order_asked(database: Database) -> None:
    wanted = ["sagami-night", "minato-sos", "kawasaki-desk"]
    assert [each.id for each in services.find(database, wanted)] == wanted
    assert [each.id for each in services.find(database, wanted[::-1])] == wanted[::-1]


def test_an_unknown_id_is_passed_over(database: Database) -> None:
    found = services.find(database, ["nonesuch", "minato-sos", "' OR 1=1"])
    assert [each.id for each in found] == ["minato-sos"]


def test_nothing_asked_is_nothing_found(database: Database) -> None:
    assert services.find(database, []) == []


def test_everything_is_by_id_with_what_is_on_hold(database: Database) -> None:
    ids = [each.id for each in services.everything(database)]
    assert ids == sorted(each.id for each in the_cast())
    assert "kakushi-line" in ids


def test_channels_keep_their_order(database: Database) -> None:
    channels = tuple(a_channel("minato-sos", number) for number in (3, 1, 2))
    services.save(database, a_service(channels=channels))
    assert services.get(database, "minato-sos").channels == channels


def test_saving_again_replaces_what_was_there(database: Database) -> None:
    services.save(database, an_importable_service())
    services.save(database, a_service(channels=(), sources=(), service_areas=("14",)))
    assert services.get(database, "minato-sos").service_areas == ("14",)
    for table, left in (("channel", 0), ("source", 0), ("statistic", 0), ("service_area", 1)):
        assert rows_of(database, table, "minato-sos") == left


def test_saving_one_service_touches_no_other(database: Database) -> None:
    others = [each for each in services.everything(database) if each.id != "minato-sos"]
    services.save(database, a_service(name="新しい名前"))
    assert [each for each in services.everything(database) if each.id != "minato-sos"] == others


def test_saving_counts_one_change(database: Database) -> None:
    before = versions.current(database), versions.current(database, versions.PLACES)
    services.save(database, a_service())
    assert versions.current(database) == before[0] + 1
    assert versions.current(database, versions.PLACES) == before[1]


def test_an_organization_is_renamed_for_all_its_services(database: Database) -> None:
    renamed = replace(HARBOUR, name="NPO法人みなとの会")
    services.save(database, a_service("nihon-always", organization=renamed))
    assert services.get(database, "sagami-night").organization == renamed


def test_a_new_organization_is_written_with_its_service(database: Database) -> None:
    body = Organization("atarashii", "新しい団体")
    services.save(database, a_service(organization=None, commissioners=(body, CITY)))
    assert body in organizations.everything(database)
    assert services.get(database, "minato-sos").commissioners == (body, CITY)


def test_organizations_are_listed_by_id(database: Database) -> None:
    ids = [each.id for each in organizations.everything(database)]
    assert ids == ["kawasaki-shi", "minato", "yokohama-shi"]


@pytest.mark.parametrize(
    "broken",
    [
        a_service(name="別の名前", channels=(a_channel("minato-sos"), a_channel("sagami-night"))),
        a_service(name="別の名前", service_areas=("14", "14")),
        a_service(name="別の名前", channels=(a_channel("minato-sos"), a_channel("minato-sos"))),
        a_service("new-line", channels=(a_channel("sagami-night"),)),
    ],
    ids=["channel of another", "area twice", "channel twice", "new service"],
)
def test_a_service_is_saved_whole_or_not_at_all(database: Database, broken: Service) -> None:
    before = dump(database)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        services.save(database, broken)
    assert dump(database) == before
    assert not database.conn.in_transaction


def test_a_fault_in_the_index_undoes_the_service_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the machine stops")

    before = dump(database)
    monkeypatch.setattr(versions, "advance", fail)
    with pytest.raises(RuntimeError, match="stops"):
        services.save(database, a_service(name="別の名前"))
    with pytest.raises(RuntimeError, match="stops"):
        services.remove(database, "minato-sos")
    assert dump(database) == before


def test_a_removed_service_leaves_nothing_behind(database: Database) -> None:
    services.save(database, an_importable_service())
    before = versions.current(database)
    services.remove(database, "minato-sos")
    for table in ("channel", "source", "statistic", "service_area", "service_index"):
        assert rows_of(database, table, "minato-sos") == 0
    assert services.find(database, ["minato-sos"]) == []
    assert versions.current(database) == before + 1
    assert CITY in organizations.everything(database)


def test_removing_what_is_not_there_is_no_error(database: Database) -> None:
    before = services.everything(database)
    services.remove(database, "nonesuch")
    assert services.everything(database) == before


def test_a_reader_sees_the_old_service_until_the_new_one_is_whole(
    cast_home: Callable[..., Path],
) -> None:
    path = cast_home() / "sosdir.db"
    writer, reader = db.open_for_writing(path), db.open_for_reading(path)
    old = services.get(reader, "minato-sos")
    with writer.atomic():
        services.save(writer, a_service(name="新しい名前"))
        assert services.get(writer, "minato-sos").name == "新しい名前"
        assert services.get(reader, "minato-sos") == old
    assert services.get(reader, "minato-sos").name == "新しい名前"
    reader.close()
    writer.close()


def test_what_was_never_committed_is_gone_with_the_connection(
    cast_home: Callable[..., Path],
) -> None:
    path = cast_home() / "sosdir.db"
    killed = db.open_for_writing(path)
    killed.execute("BEGIN")
    services.remove(killed, "minato-sos")
    killed.close()
    reader = db.open_for_reading(path)
    assert services.get(reader, "minato-sos").name == "みなとSOS"
    reader.close()
