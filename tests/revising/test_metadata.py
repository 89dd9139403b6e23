"""The metadata of HSDS tells what changed in public, never how somebody was once reached."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sosdir.models import ChannelKind, EvidenceLevel, Service, ServiceStatus, Statistic
from sosdir.revising import Action, Author, Revision
from sosdir.revising.metadata import MetadataEntry, metadata, resource_id
from tests.cast import NOON, TODAY, a_channel, a_service, an_importable_service
from tests.conftest import DATA

SCHEMA = DATA.parent.parent / "shared" / "hsds" / "3.1" / "metadata.json"
HANAKO = Author(7, "ひみつの花子")


def history(*states: Service | tuple[Action, Service]) -> list[Revision]:
    """Return a history of published states, or of those actions."""
    told = [each if isinstance(each, tuple) else (Action.PUBLISHED, each) for each in states]
    return [
        Revision(
            number=100 + version,
            service_id=service.id,
            version=version,
            action=action,
            made_at=NOON,
            author=HANAKO,
            why="ひみつの理由",
            given_source="https://example.jp/himitsu",
            based_on=None,
            service=service,
        )
        for version, (action, service) in enumerate(told, 1)
    ]


def entries(
    *states: Service | tuple[Action, Service], stored: Service | None = None, day: date = TODAY
) -> tuple[MetadataEntry, ...]:
    last = states[-1]
    now = stored or (last[1] if isinstance(last, tuple) else last)
    return metadata(history(*states), now, day)


def told(found: Iterable[MetadataEntry]) -> dict[str, tuple[str, str]]:
    return {
        each.field_name: (each.previous_value, each.replacement_value)
        for each in found
        if each.last_action_type == "update"
    }


def text(found: Iterable[MetadataEntry]) -> str:
    return json.dumps([asdict(each) for each in found], ensure_ascii=False)


def test_a_change_is_told_with_what_was_and_what_is() -> None:
    found = entries(a_service(), a_service(name="新しい名前", anonymous=False))
    assert [each.last_action_type for each in found] == ["create", "update", "update"]
    assert told(found) == {
        "name": ("みなとSOS", "新しい名前"),
        "anonymous": ("はい", "いいえ"),
    }
    assert {each.last_action_date for each in found} == {"2026-11-25"}


def test_no_admin_and_no_reason_is_named() -> None:
    found = entries(a_service(), a_service(name="新しい名前"))
    assert {each.updated_by for each in found} == {"sosdir"}
    assert "ひみつ" not in text(found)
    assert "himitsu" not in text(found)


def test_an_old_number_is_never_told() -> None:
    new = a_service(channels=(a_channel("minato-sos", value="03-0000-0009"),))
    found = entries(a_service(), new)
    assert told(found) == {"channel/minato-sos-1/value": ("", "03-0000-0009")}


def test_a_number_that_has_gone_again_is_told_nowhere() -> None:
    between = a_service(channels=(a_channel("minato-sos", value="03-0000-0009"),))
    found = entries(a_service(), between, a_service())
    assert "0009" not in text(found)
    assert told(found) == {"channel/minato-sos-1/value": ("", "03-0000-0001")}


def test_a_channel_removed_takes_its_number_with_it() -> None:
    found = entries(a_service(), a_service(channels=()))
    assert told(found) == {"channel/minato-sos-1": ("removed", "")}
    assert "03-0000" not in text(found)


def test_a_channel_added_is_told_with_what_is_shown_of_it() -> None:
    line = a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", None, None)
    found = told(entries(a_service(), a_service(channels=(*a_service().channels, line))))
    assert found["channel/minato-sos-2"] == ("", "added")
    assert found["channel/minato-sos-2/value"] == ("", "@minato")


SECRETS: dict[str, dict[str, Any]] = {
    "address": {"address": "横浜市見本町8-8"},
    "value": {"channels": (a_channel("minato-sos", value="03-0000-0009"),)},
    "hours": {"channels": (a_channel("minato-sos", hours="24/7", hours_text="深夜も"),)},
    "note": {"channels": (a_channel("minato-sos", note="深夜の番号"),)},
    "reply": {"channels": (a_channel("minato-sos", reply="深夜に返事"),)},
    "caller_id": {"channels": (a_channel("minato-sos", caller_id="03-0000-0009 と出る"),)},
    "statistics": {"statistics": (Statistic("LINE友だち数", 120, date(2025, 4, 1)),)},
}


@pytest.mark.parametrize("changes", SECRETS.values(), ids=list(SECRETS))
def test_what_evidence_withholds_today_is_told_neither_new_nor_old(
    changes: dict[str, Any],
) -> None:
    aged = {"evidence": EvidenceLevel.REPORTED, "newest_source_year": 2020}
    before, after = a_service(**aged), a_service(**aged, **changes)
    assert told(entries(before, after)) == {}
    assert told(entries(after, before)) == {}
    assert told(entries(before, after, day=date(2025, 12, 31))) != {}


def test_what_was_confirmed_then_and_is_withheld_now_is_not_told() -> None:
    confirmed = a_service(channels=(a_channel("minato-sos", value="03-0000-0009"),))
    found = entries(a_service(), confirmed, replace(confirmed, evidence=EvidenceLevel.UNCONFIRMED))
    assert told(found) == {"evidence": ("確認済み", "確認待ち")}


@pytest.mark.parametrize(
    "changes",
    [
        {"editor_note": "ひみつ"},
        {"operator_text": "ひみつ"},
        {"channels": (a_channel("minato-sos", editor_note="ひみつ"),)},
    ],
)
def test_what_only_admins_see_is_not_told(changes: dict[str, Any]) -> None:
    assert told(entries(a_service(), a_service(**changes))) == {}
    assert told(entries(a_service(**changes), a_service())) == {}


def test_what_was_on_hold_is_not_told() -> None:
    held = a_service(name="ひみつの名前", hold="ひみつ")
    found = entries(a_service(), held, a_service(name="新しい名前"))
    assert told(found) == {"name": ("みなとSOS", "新しい名前")}
    assert "ひみつ" not in text(found)


def test_what_is_on_hold_or_gone_has_no_metadata() -> None:
    states = (a_service(), a_service(name="新しい名前"))
    assert entries(*states, stored=a_service(hold="見直し中")) == ()
    assert metadata(history(*states), None, TODAY) == ()


def test_drafts_are_not_told() -> None:
    draft = a_service(name="ひみつの案")
    found = entries(
        a_service(), (Action.DRAFTED, draft), (Action.REJECTED, draft), stored=a_service()
    )
    assert [each.last_action_type for each in found] == ["create"]


@pytest.mark.parametrize(
    "words",
    ["古い番号は03-0000-0007", "〇三のあと ０３ー００００ー０００７", "45-1234へ", "x@example.jp"],
)
def test_a_number_or_mail_in_old_words_is_not_told(words: str) -> None:
    found = told(entries(a_service(status_note=words), a_service(status_note="移りました")))
    assert found == {"status_note": ("", "移りました")}


def test_an_old_website_is_not_told() -> None:
    found = told(entries(a_service(), a_service(website="https://example.jp/new")))
    assert found == {"website": ("", "https://example.jp/new")}


def test_codes_and_days_are_no_numbers() -> None:
    day = date(2026, 11, 1)
    found = told(entries(a_service(checked_on=day), a_service(service_areas=("14",))))
    assert found["service_areas"] == ("141003", "14")
    assert found["checked_on"] == ("2026-11-01", "")


def test_another_order_is_no_news() -> None:
    two = (a_channel("minato-sos"), a_channel("minato-sos", 2, value="03-0000-0002"))
    assert told(entries(a_service(channels=two), a_service(channels=two[::-1]))) == {}


def test_every_entry_bears_an_id_of_its_own_that_stays() -> None:
    states = (a_service(), an_importable_service(), a_service(name="新しい名前"))
    found = entries(*states)
    ids = [each.id for each in found]
    assert len(set(ids)) == len(ids)
    assert found == entries(*states)
    assert {each.resource_id for each in found} == {resource_id("service", "minato-sos")}
    assert resource_id("service", "a") != resource_id("organization", "a")
    assert all(UUID(each).version == 5 for each in ids)


def test_the_order_of_the_revisions_does_not_matter() -> None:
    revisions = history(a_service(), a_service(name="二"), a_service(name="三"))
    assert metadata(revisions[::-1], a_service(name="三"), TODAY) == metadata(
        revisions, a_service(name="三"), TODAY
    )


def test_without_history_there_is_no_metadata() -> None:
    assert metadata([], a_service(), TODAY) == ()


# Where the schemas lie beside the checkout, the entries are held against theirs.
if SCHEMA.is_file():

    def test_the_entries_follow_the_schema_of_hsds() -> None:
        from jsonschema import Draft202012Validator, FormatChecker

        schema = json.loads(Path(SCHEMA).read_text("utf-8"))
        check = Draft202012Validator(schema, format_checker=FormatChecker())
        found = entries(a_service(), an_importable_service(), a_service(name="新しい名前"))
        assert len(found) > 10
        for each in found:
            assert list(check.iter_errors(asdict(each))) == []
            assert set(asdict(each)) == set(schema["properties"])


def test_of_a_line_that_rests_no_way_to_reach_it_is_told() -> None:
    before = a_service("minato-sos", channels=(a_channel("minato-sos", value="03-0000-0001"),))
    way = a_channel("minato-sos", value="03-0000-0009", note="夜は03-0000-0008へ")
    after = replace(before, channels=(way,), address="港区9-9")
    resting = replace(after, status=ServiceStatus.TEMPORARILY_CLOSED)
    assert "03-0000-0009" in text(entries(before, after))
    for found in (entries(before, after, resting), entries(before, resting)):
        assert "03-0000" not in text(found)
        assert "港区9-9" not in text(found)


def test_who_may_be_told_is_withheld_like_on_the_page() -> None:
    before = a_service("minato-sos", confidentiality="家族には伝えません")
    after = replace(before, confidentiality="だれにも伝えません")
    assert "だれにも伝えません" in text(entries(before, after))
    weak = replace(after, evidence=EvidenceLevel.UNCONFIRMED)
    assert "伝えません" not in text(entries(before, after, stored=weak))
