"""The search index keeps step with the services, and guards what is withheld."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from sosdir.models import ChannelKind, EvidenceLevel, Service, ServiceStatus
from sosdir.store import indexing, services
from sosdir.text import bigrams
from tests.cast import HARBOUR, a_channel, a_service

NEW_NAME = replace(HARBOUR, name="灯台の会")


def indexed(database: Database) -> set[str]:
    """Return the ids of the services in the index, which both its tables must agree on."""
    numbers = {
        row["number"]: row["service_id"] for row in database.query("SELECT * FROM service_index")
    }
    texts = {rowid for (rowid,) in database.execute("SELECT rowid FROM service_text")}
    assert texts == set(numbers)
    return set(numbers.values())


def containing(database: Database, term: str) -> set[str]:
    """Return the ids of the services whose open text holds a term."""
    sql = (
        "SELECT service_id FROM service_text JOIN service_index ON number = service_text.rowid"
        " WHERE service_text MATCH ?"
    )
    return {found for (found,) in database.execute(sql, [f"open : {term}"])}


def texts_of(database: Database, service: Service) -> tuple[set[str], set[str]]:
    """Save a service and return the terms of its open and its guarded text."""
    services.save(database, service)
    sql = (
        "SELECT open, guarded FROM service_text JOIN service_index ON number = service_text.rowid"
        " WHERE service_id = ?"
    )
    opened, guarded = database.execute(sql, [service.id]).fetchone()
    return set(opened.split()), set(guarded.split())


def terms_of(run: str) -> set[str]:
    """Return the pairs a folded run must be found by."""
    return set(bigrams(run))


def test_every_public_service_is_indexed_and_no_other(database: Database) -> None:
    everything = services.everything(database)
    assert indexed(database) == {each.id for each in everything if each.hold is None}
    assert "kakushi-line" not in indexed(database)


def test_a_service_put_on_hold_leaves_the_index(database: Database) -> None:
    services.save(database, a_service(hold="理由"))
    assert "minato-sos" not in indexed(database)
    services.save(database, a_service(hold=None))
    assert "minato-sos" in indexed(database)


@pytest.mark.parametrize("changes", [{"organization": NEW_NAME}, {"commissioners": (NEW_NAME,)}])
def test_a_body_with_a_new_name_is_found_by_it_in_all_its_services(
    database: Database, changes: dict[str, object]
) -> None:
    services.save(database, a_service("ninka", organization=None, commissioners=(HARBOUR,)))
    services.save(database, a_service(**changes))
    assert containing(database, "灯台") == {"minato-sos", "sagami-night", "nihon-always", "ninka"}
    indexed(database)


def test_a_body_with_a_new_name_brings_nothing_on_hold_into_the_index(database: Database) -> None:
    services.save(database, a_service("kakushi-line", organization=HARBOUR, hold="理由"))
    services.save(database, a_service(organization=NEW_NAME))
    assert "kakushi-line" not in indexed(database)


def test_a_removed_service_leaves_the_index(database: Database) -> None:
    services.remove(database, "minato-sos")
    assert "minato-sos" not in indexed(database)


def test_saving_again_leaves_one_entry(database: Database) -> None:
    before = indexed(database)
    services.save(database, a_service(name="新しい名前"))
    services.save(database, a_service(name="新しい名前"))
    assert indexed(database) == before


def test_removing_an_unindexed_service_changes_nothing(database: Database) -> None:
    before = indexed(database)
    indexing.remove(database, "nonesuch")
    assert indexed(database) == before


def test_a_cleared_index_is_empty(database: Database) -> None:
    indexing.clear(database)
    assert indexed(database) == set()


@pytest.mark.parametrize(
    "words",
    [
        "みなとsos",
        "横浜市",
        "同行支援",
        "助産師",
        "妊娠",
        "匿名",
        "無料",
        "見本部",
        "見本の会",
        "英語",
    ],
)
def test_a_service_is_found_by_what_is_always_shown(database: Database, words: str) -> None:
    service = a_service(department="見本部", partners=("見本の会",), languages=("en",))
    opened, _ = texts_of(database, service)
    assert terms_of(words) <= opened


def test_what_no_source_says_is_not_indexed(database: Database) -> None:
    opened, _ = texts_of(database, a_service(anonymous=None, fee=None))
    assert "匿名" not in opened
    assert "無料" not in opened
    opened, _ = texts_of(database, a_service(anonymous=False, fee="有料"))
    assert "匿名" not in opened


def test_what_may_be_withheld_is_indexed_apart(database: Database) -> None:
    channel = a_channel("minato-sos", value="03-0000-0001", hours_text="深夜まで", note="合言葉")
    service = a_service(address="見本町1-1", channels=(channel,))
    opened, guarded = texts_of(database, service)
    for words in ("0300000001", "深夜", "合言葉", "見本町"):
        assert terms_of(words) <= guarded
        assert not terms_of(words) <= opened


@pytest.mark.parametrize("field", ["editor_note", "operator_text"])
def test_what_only_admins_see_is_not_indexed_at_all(database: Database, field: str) -> None:
    channel = a_channel("minato-sos", editor_note="黒猫")
    service = a_service(channels=(channel,), **{field: "白猫"})
    opened, guarded = texts_of(database, service)
    assert not {"白猫", "黒猫"} & (opened | guarded)


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"evidence": EvidenceLevel.UNCONFIRMED}, "0001-01-01"),
        ({"evidence": EvidenceLevel.CONFIRMED}, "9999-12-31"),
        ({"evidence": EvidenceLevel.REPORTED, "newest_source_year": 2021}, "2027-01-01"),
    ],
)
def test_the_index_knows_the_day_from_which_a_service_is_withheld(
    database: Database, changes: dict[str, object], day: str
) -> None:
    services.save(database, a_service(**changes))
    (row,) = database.query("SELECT * FROM service_index WHERE service_id = 'minato-sos'")
    assert row["withheld_from"] == day
    assert row["looked_at"] == "2026-11-23"


def test_services_with_the_same_hours_share_one_key() -> None:
    key = indexing.channels_key(a_service())
    assert key == indexing.channels_key(a_service("other"))
    assert key != indexing.channels_key(a_service(channels=()))


def test_the_key_tells_which_channel_can_be_reached() -> None:
    phone = a_channel("minato-sos", value=None, hours=None)
    line = a_channel("minato-sos", 2, ChannelKind.LINE, None, None)
    service = a_service(channels=(phone, line))
    phone_facts, line_facts = json.loads(indexing.channels_key(service))
    assert phone_facts == ["phone", None, [], False, []]
    assert line_facts == ["line", None, [], True, ["text_only"]]
    without = a_service(channels=(phone, line), website=None)
    assert [each[3] for each in json.loads(indexing.channels_key(without))] == [False, False]


def test_a_word_of_one_letter_is_found_at_the_end_of_a_run() -> None:
    assert indexing.terms(["夜間", "夜"]).split() == ["夜間", "間", "夜"]


@given(st.lists(st.text(max_size=10), max_size=4))
def test_the_terms_of_any_text_are_plain_words(texts: list[str]) -> None:
    assert all(term.isalnum() for term in indexing.terms(texts).split())


def test_the_number_of_a_line_that_rests_is_not_found(database: Database) -> None:
    running = a_service(channels=(a_channel("minato-sos", value="03-0000-0001"),))
    resting = replace(running, status=ServiceStatus.TEMPORARILY_CLOSED)
    assert "00" in texts_of(database, running)[1]
    assert "00" not in texts_of(database, resting)[1]
