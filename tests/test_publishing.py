"""Every way to change a service: what it writes, and what it refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlite_utils import Database

from sosdir import publishing
from sosdir.errors import NotFoundError, RefusedError
from sosdir.models import EvidenceLevel, RetiredNumber, Service, ServiceStatus
from sosdir.publishing import BEFORE_HISTORY
from sosdir.revising import Action, Author, Reason, Revision, StaleError
from sosdir.schedules import TOKYO
from sosdir.store import drafts, retired_numbers, revisions, services
from tests.cast import (
    CITY,
    NOON,
    TODAY,
    YOKOHAMA,
    a_channel,
    a_service,
    a_source,
    an_importable_service,
)

HANAKO, TARO = Author(1, "花子"), Author(2, "太郎")
WHY = Reason("電話で聞いた", "https://example.jp/page")
NOW = NOON


@pytest.fixture
def line(database: Database) -> Service:
    """Give a service that may be published, stored and without history."""
    return keep(database)


def keep(database: Database, **changes: object) -> Service:
    service = replace(an_importable_service(), checked_on=None, **changes)  # type: ignore[arg-type]
    services.save(database, service)
    return service


def stored(database: Database) -> Service:
    return services.get(database, "minato-sos")


def publish(database: Database, service: Service, opened: int | None) -> Revision:
    return publishing.publish(database, service, opened, HANAKO, WHY, NOW)


def draft(database: Database, service: Service, opened: int | None) -> Revision:
    return publishing.save_draft(database, service, opened, HANAKO, WHY, NOW)


def history(database: Database) -> list[Action]:
    return [each.action for each in reversed(revisions.of_service(database, "minato-sos"))]


def reasons(refused: pytest.ExceptionInfo[RefusedError]) -> str:
    return " ".join(
        f"{each.file}:{each.line}:{each.column}:{each.reason}" for each in refused.value.faults
    )


def test_a_service_without_history_opens_at_zero(database: Database, line: Service) -> None:
    edition = publishing.open_edition(database, line.id)
    assert (edition.service, edition.published, edition.revision) == (line, line, 0)
    assert (edition.draft, edition.conflicts) == (None, ())


def test_what_is_nowhere_cannot_be_opened(database: Database) -> None:
    with pytest.raises(NotFoundError):
        publishing.open_edition(database, "nobody")


def test_the_first_change_writes_down_what_was_there(database: Database, line: Service) -> None:
    made = publish(database, replace(line, name="新しい名前"), 0)
    first = revisions.version(database, line.id, 1)
    assert (first.action, first.author, first.service) == (Action.LOADED, BEFORE_HISTORY, line)
    assert (made.version, made.based_on, made.author) == (2, first.number, HANAKO)
    assert (made.why, made.given_source) == (WHY.why, WHY.given_source)
    assert stored(database) == made.service == replace(line, name="新しい名前")


def test_an_edition_carries_the_newest_revision(database: Database, line: Service) -> None:
    made = publish(database, line, 0)
    assert publishing.open_edition(database, line.id).revision == made.number


def test_a_new_service_is_published(database: Database) -> None:
    new = an_importable_service("atarashii-sos")
    made = publish(database, new, None)
    assert (made.version, made.based_on, services.get(database, new.id)) == (1, None, new)


@pytest.mark.parametrize("save", [publish, draft])
def test_an_id_is_never_used_again(
    database: Database, line: Service, save: Callable[..., Revision]
) -> None:
    with pytest.raises(RefusedError) as refused:
        save(database, line, None)
    assert "service.csv:2:id:" in reasons(refused)
    publish(database, line, 0)
    services.remove(database, line.id)
    with pytest.raises(RefusedError):
        save(database, line, None)


def test_an_id_of_a_draft_is_taken(database: Database) -> None:
    new = an_importable_service("atarashii-sos")
    draft(database, new, None)
    with pytest.raises(RefusedError):
        publish(database, new, None)


@pytest.mark.parametrize("save", [publish, draft])
def test_what_is_nowhere_cannot_be_changed(
    database: Database, save: Callable[..., Revision]
) -> None:
    with pytest.raises(NotFoundError):
        save(database, an_importable_service("nobody"), 0)


@pytest.mark.parametrize("save", [publish, draft])
def test_nobody_overwrites_in_silence(
    database: Database, line: Service, save: Callable[..., Revision]
) -> None:
    theirs = publish(database, replace(line, name="人の名前"), 0)
    with pytest.raises(StaleError) as stale:
        save(database, replace(line, fee="無料"), 0)
    assert (stale.value.base, stale.value.latest) == (line, theirs)
    assert stale.value.theirs == theirs.service
    assert stored(database).name == "人の名前"
    assert history(database) == [Action.LOADED, Action.PUBLISHED]


def test_a_save_at_a_known_revision_tells_what_that_was(database: Database, line: Service) -> None:
    first = publish(database, replace(line, name="一"), 0)
    publish(database, replace(line, name="二"), first.number)
    with pytest.raises(StaleError) as stale:
        publish(database, replace(line, name="三"), first.number)
    assert stale.value.base == first.service


def test_a_revision_that_never_was_is_stale(database: Database, line: Service) -> None:
    with pytest.raises(StaleError) as stale:
        publish(database, line, 999)
    assert stale.value.base is None


def test_a_draft_leaves_the_public_state(database: Database, line: Service) -> None:
    made = draft(database, replace(line, name="案の名前"), 0)
    assert stored(database) == line
    edition = publishing.open_edition(database, line.id)
    assert (edition.service.name, edition.published, edition.revision) == (
        "案の名前",
        line,
        made.number,
    )
    assert edition.draft is not None
    assert edition.draft.base is not None
    assert edition.draft.base.service == line


def test_a_draft_is_made_public(database: Database, line: Service) -> None:
    waiting = draft(database, replace(line, name="案の名前"), 0)
    made = publishing.publish_draft(database, line.id, waiting.number, TARO, Reason(), NOW)
    assert (made.action, made.author, made.based_on) == (
        Action.PUBLISHED,
        TARO,
        waiting.number,
    )
    assert stored(database).name == "案の名前"
    assert drafts.find(database, line.id) is None


def test_a_new_service_waits_as_a_draft_and_is_made_public(database: Database) -> None:
    new = an_importable_service("atarashii-sos")
    waiting = draft(database, new, None)
    edition = publishing.open_edition(database, new.id)
    assert (edition.service, edition.published) == (new, None)
    assert services.find(database, [new.id]) == []
    publishing.publish_draft(database, new.id, waiting.number, TARO, Reason(), NOW)
    assert services.get(database, new.id) == new


def test_a_draft_read_before_it_was_changed_is_not_published(
    database: Database, line: Service
) -> None:
    first = draft(database, replace(line, name="一"), 0)
    draft(database, replace(line, name="二"), first.number)
    for decide in (publishing.publish_draft, publishing.reject_draft):
        with pytest.raises(StaleError):
            decide(database, line.id, first.number, TARO, Reason(), NOW)
    assert stored(database) == line


def test_only_a_draft_can_be_decided_on(database: Database, line: Service) -> None:
    for decide in (publishing.publish_draft, publishing.reject_draft):
        with pytest.raises(NotFoundError):
            decide(database, line.id, 0, TARO, Reason(), NOW)


def test_a_rejected_draft_stays_in_history(database: Database, line: Service) -> None:
    waiting = draft(database, replace(line, name="案の名前"), 0)
    made = publishing.reject_draft(
        database, line.id, waiting.number, TARO, Reason("番号が古い"), NOW
    )
    assert (made.action, made.why, made.service.name) == (
        Action.REJECTED,
        "番号が古い",
        "案の名前",
    )
    assert drafts.find(database, line.id) is None
    assert stored(database) == line
    assert publishing.open_edition(database, line.id).service == line


def test_the_draft_of_a_new_service_that_is_rejected_is_gone(database: Database) -> None:
    waiting = draft(database, an_importable_service("atarashii-sos"), None)
    publishing.reject_draft(database, "atarashii-sos", waiting.number, TARO, Reason("重複"), NOW)
    with pytest.raises(NotFoundError):
        publishing.open_edition(database, "atarashii-sos")


def test_publishing_settles_a_waiting_draft(database: Database, line: Service) -> None:
    waiting = draft(database, replace(line, name="案の名前"), 0)
    publish(database, replace(line, name="決めた名前"), waiting.number)
    assert drafts.find(database, line.id) is None
    assert stored(database).name == "決めた名前"


def test_a_draft_is_merged_with_a_later_check(database: Database, line: Service) -> None:
    draft(database, replace(line, name="案の名前"), 0)
    check(database)
    edition = publishing.open_edition(database, line.id)
    assert (edition.service.name, edition.service.checked_on) == ("案の名前", TODAY)
    assert edition.conflicts == ()
    publishing.publish_draft(database, line.id, edition.revision, TARO, Reason(), NOW)
    assert (stored(database).name, stored(database).checked_on) == ("案の名前", TODAY)


RENAMED = replace(CITY, name="横浜市役所")


@pytest.mark.parametrize("opened", [0, None])
def test_a_draft_leaves_the_name_that_the_city_got_while_it_waited(
    database: Database, line: Service, opened: int | None
) -> None:
    key = line.id if opened == 0 else "atarashii-sos"
    draft(database, an_importable_service(key, organization=CITY, fee="500円"), opened)
    services.save(database, a_service("other-line", organization=RENAMED))
    edition = publishing.open_edition(database, key)
    publishing.publish_draft(database, key, edition.revision, TARO, Reason(), NOW)
    assert services.get(database, "other-line").organization == RENAMED
    assert services.get(database, key).organization == RENAMED


def test_a_draft_may_give_the_city_a_new_name(database: Database) -> None:
    keep(database, organization=CITY)
    draft(database, replace(stored(database), organization=RENAMED), 0)
    edition = publishing.open_edition(database, "minato-sos")
    publishing.publish_draft(database, "minato-sos", edition.revision, TARO, Reason(), NOW)
    assert stored(database).organization == RENAMED


def test_a_new_name_of_an_organization_is_kept_in_the_history_of_all_its_services(
    database: Database, line: Service
) -> None:
    other = an_importable_service("sagami-night")
    services.save(database, other)
    renamed = replace(line, organization=replace(CITY, name="新しい横浜市"))
    publish(database, renamed, 0)
    versions = revisions.of_service(database, other.id)
    assert [each.service.organization for each in versions] == [renamed.organization, CITY]
    assert versions[0].service == services.get(database, other.id)
    assert versions[0].based_on == versions[1].number


def test_a_draft_that_conflicts_with_the_public_state_is_not_published(
    database: Database, line: Service
) -> None:
    draft(database, replace(line, name="案の名前"), 0)
    services.save(database, replace(line, name="公開の名前"))
    edition = publishing.open_edition(database, line.id)
    assert [each.path for each in edition.conflicts] == ["name"]
    with pytest.raises(StaleError):
        publishing.publish_draft(database, line.id, edition.revision, TARO, Reason(), NOW)
    assert stored(database).name == "公開の名前"


REFUSED: dict[str, dict[str, object]] = {
    "service_area.csv": {"service_areas": ("99",)},
    "channel.csv:2:value": {"channels": (a_channel("minato-sos", value="03-0000"),)},
    "channel.csv:2:hours": {"channels": (a_channel("minato-sos", value="189", hours="??"),)},
    "service.csv:2:website": {"website": "javascript:alert(1)"},
    "source.csv:2:url": {"sources": (replace(a_source("minato-sos"), url="page"),)},
    "service.csv:2:name": {"name": ""},
    "service.csv:2:successor_id": {"successor_id": "nobody", "status": ServiceStatus.DEFUNCT},
}


@pytest.mark.parametrize("save", [publish, draft])
@pytest.mark.parametrize("where", sorted(REFUSED))
def test_what_breaks_a_rule_is_refused_with_its_place(
    database: Database, line: Service, save: Callable[..., Revision], where: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        save(database, replace(line, **REFUSED[where]), 0)  # type: ignore[arg-type]
    assert where in reasons(refused)
    assert stored(database) == line
    assert history(database) == []


@pytest.mark.parametrize("save", [publish, draft])
def test_what_belongs_to_another_service_is_not_taken_over(
    database: Database, line: Service, save: Callable[..., Revision]
) -> None:
    for file, taken in (
        ("channel.csv", {"channels": (replace(line.channels[0], id="sagami-night-1"),)}),
        ("source.csv", {"sources": (*line.sources, a_source("sagami-night"))}),
    ):
        with pytest.raises(RefusedError) as refused:
            save(database, replace(line, **taken), 0)  # type: ignore[arg-type]
        assert file in reasons(refused)
        assert "ほかの窓口で使われている" in reasons(refused)


def test_a_successor_must_be_there(database: Database, line: Service) -> None:
    ended = replace(line, status=ServiceStatus.DEFUNCT, successor_id="sagami-night")
    assert publish(database, ended, 0).service.successor_id == "sagami-night"


def test_a_channel_without_a_source_may_wait_but_not_be_published(
    database: Database, line: Service
) -> None:
    bare = replace(line, channels=(a_channel(line.id, value="189", source_ids=()),))
    waiting = draft(database, bare, 0)
    for refuse in (
        lambda: publish(database, bare, waiting.number),
        lambda: publishing.publish_draft(database, line.id, waiting.number, TARO, Reason(), NOW),
    ):
        with pytest.raises(RefusedError) as refused:
            refuse()
        assert "channel.csv:2:source_ids:" in reasons(refused)
    assert publish(database, replace(bare, hold="出典を待つ"), waiting.number).is_public


def retire(database: Database, number: str) -> None:
    database.table("retired_number").insert(
        {"number": number, "name": "見本", "reason": "別の方の番号", "source": "x", "position": 9}
    )


def test_a_retired_number_is_neither_saved_nor_published(database: Database, line: Service) -> None:
    known = retired_numbers.everything(database)
    assert known
    assert isinstance(known[0], RetiredNumber)
    dead = replace(line, channels=(a_channel(line.id, value=known[0].number),))
    for save in (publish, draft):
        with pytest.raises(RefusedError) as refused:
            save(database, dead, 0)
        assert "使ってはならない番号" in reasons(refused)
    assert stored(database) == line


def check(
    database: Database,
    how: Action = Action.CHECKED_BY_PHONE,
    author: Author = HANAKO,
    now: datetime = NOW,
) -> Revision:
    return publishing.check(database, "minato-sos", how, author, now)


@pytest.mark.parametrize("how", sorted(publishing.CHECKS))
def test_a_check_confirms_as_of_today(database: Database, line: Service, how: Action) -> None:
    made = check(database, how)
    assert (made.action, made.author) == (how, HANAKO)
    assert stored(database) == replace(line, checked_on=TODAY)
    assert history(database) == [Action.LOADED, how]


def test_a_check_releases_a_withheld_number(database: Database) -> None:
    line = keep(database, evidence=EvidenceLevel.UNCONFIRMED, newest_source_year=2012)
    check(database)
    assert stored(database).evidence is EvidenceLevel.CONFIRMED
    row = database.table("service_index").rows_where("service_id = ?", [line.id])
    assert next(row)["withheld_from"] == date.max.isoformat()


def test_the_day_of_a_check_is_that_of_japan(database: Database, line: Service) -> None:
    late = datetime(2026, 11, 25, 0, 30, tzinfo=TOKYO)
    check(database, now=late)
    assert stored(database).checked_on == date(2026, 11, 25)


def test_a_double_tap_is_noted_once(database: Database, line: Service) -> None:
    first = check(database)
    assert check(database, now=NOW + timedelta(minutes=3)) == first
    assert history(database) == [Action.LOADED, Action.CHECKED_BY_PHONE]


def test_another_check_is_noted(database: Database, line: Service) -> None:
    numbers = [
        check(database).number,
        check(database, Action.CHECKED_ON_SITE).number,
        check(database, Action.CHECKED_ON_SITE, TARO).number,
        check(database, Action.CHECKED_ON_SITE, TARO, NOW + timedelta(days=1)).number,
    ]
    assert numbers == sorted(set(numbers))


def test_a_check_leaves_the_draft_waiting(database: Database, line: Service) -> None:
    waiting = draft(database, replace(line, name="案の名前"), 0)
    check(database)
    found = drafts.find(database, line.id)
    assert found is not None
    assert found.revision == waiting


def test_a_check_of_the_old_number_does_not_confirm_the_new_one_of_a_draft(
    database: Database, line: Service
) -> None:
    publishing.check(database, line.id, Action.CHECKED_BY_PHONE, HANAKO, NOW - timedelta(days=9))
    edition = publishing.open_edition(database, line.id)
    number = replace(line.channels[0], value="110")
    drafted = replace(edition.service, channels=(number, *line.channels[1:]))
    draft(database, drafted, edition.revision)
    checked = publishing.check(database, line.id, Action.CHECKED_BY_PHONE, TARO, NOW)
    edition = publishing.open_edition(database, line.id)
    assert edition.conflicts == ()
    publishing.publish_draft(database, line.id, checked.number, HANAKO, WHY, NOW)
    assert stored(database).channels[0].value == "110"
    assert stored(database).checked_on is None
    assert stored(database).evidence is EvidenceLevel.REPORTED


def test_what_may_not_be_published_is_not_confirmed_by_a_check(
    database: Database, line: Service
) -> None:
    retire(database, "189")
    with pytest.raises(RefusedError) as refused:
        check(database)
    assert "別の方の番号" in reasons(refused)
    assert stored(database) == line
    assert history(database) == []


def test_a_line_that_has_ended_is_not_confirmed_by_a_check(database: Database) -> None:
    line = keep(database, status=ServiceStatus.DEFUNCT, evidence=EvidenceLevel.UNCONFIRMED)
    with pytest.raises(RefusedError) as refused:
        check(database)
    assert "service.csv:2:status:終了した窓口は確認できません" in reasons(refused)
    assert (stored(database), history(database)) == (line, [])


def test_what_is_nowhere_cannot_be_checked(database: Database) -> None:
    with pytest.raises(NotFoundError):
        publishing.check(database, "nobody", Action.CHECKED_ON_SITE, HANAKO, NOW)


def test_a_check_is_taken_back(database: Database) -> None:
    line = keep(database, evidence=EvidenceLevel.UNCONFIRMED)
    made = check(database)
    undone = publishing.undo(database, made.number, TARO, NOW)
    assert (undone.action, undone.author, undone.based_on) == (
        Action.UNDONE,
        TARO,
        made.number,
    )
    assert stored(database) == line


def test_a_check_is_taken_back_while_a_draft_waits(database: Database, line: Service) -> None:
    made = check(database)
    draft(database, replace(line, name="案の名前"), made.number)
    publishing.undo(database, made.number, HANAKO, NOW)
    assert stored(database) == line


def test_a_check_is_not_taken_back_after_something_came(database: Database, line: Service) -> None:
    made = check(database)
    publish(database, replace(stored(database), name="新しい名前"), made.number)
    with pytest.raises(StaleError):
        publishing.undo(database, made.number, HANAKO, NOW)
    assert stored(database).name == "新しい名前"


def test_a_check_is_taken_back_once(database: Database, line: Service) -> None:
    made = check(database)
    publishing.undo(database, made.number, HANAKO, NOW)
    with pytest.raises(StaleError):
        publishing.undo(database, made.number, HANAKO, NOW)


def test_only_a_check_is_taken_back(database: Database, line: Service) -> None:
    made = publish(database, line, 0)
    for number in (made.number, 999):
        with pytest.raises(NotFoundError):
            publishing.undo(database, number, HANAKO, NOW)


def test_taking_back_a_check_leaves_the_new_name_of_the_city(
    database: Database, line: Service
) -> None:
    made = check(database)
    renamed = replace(CITY, name="横浜市役所")
    services.save(database, a_service("other-line", organization=renamed))
    publishing.undo(database, made.number, HANAKO, NOW)
    assert stored(database).organization == renamed


def restore(database: Database, version: int, opened: int, *, as_draft: bool) -> Revision:
    return publishing.restore(
        database, "minato-sos", version, opened, TARO, WHY, NOW, as_draft=as_draft
    )


def test_an_old_version_comes_back_as_a_new_one(database: Database, line: Service) -> None:
    made = publish(database, replace(line, name="まちがい"), 0)
    back = restore(database, 1, made.number, as_draft=False)
    assert (back.action, back.version, back.author) == (Action.RESTORED, 3, TARO)
    assert back.based_on == revisions.version(database, line.id, 1).number
    assert stored(database) == line


def test_an_old_version_comes_back_as_a_draft(database: Database, line: Service) -> None:
    made = publish(database, replace(line, name="まちがい"), 0)
    back = restore(database, 1, made.number, as_draft=True)
    assert back.action is Action.DRAFTED
    assert stored(database).name == "まちがい"
    assert publishing.open_edition(database, line.id).service == line


@pytest.mark.parametrize("as_draft", [True, False])
def test_a_number_retired_since_does_not_come_back(
    database: Database, line: Service, as_draft: bool
) -> None:
    made = publish(database, replace(line, channels=()), 0)
    retire(database, "189")
    with pytest.raises(RefusedError) as refused:
        restore(database, 1, made.number, as_draft=as_draft)
    assert "使ってはならない番号" in reasons(refused)
    assert stored(database).channels == ()


def test_nothing_is_restored_over_what_came_meanwhile(database: Database, line: Service) -> None:
    first = publish(database, replace(line, name="一"), 0)
    publish(database, replace(line, name="二"), first.number)
    with pytest.raises(StaleError):
        restore(database, 1, first.number, as_draft=False)
    with pytest.raises(NotFoundError):
        restore(database, 9, first.number, as_draft=False)


def test_a_service_that_is_gone_comes_back(database: Database, line: Service) -> None:
    made = publish(database, line, 0)
    services.remove(database, line.id)
    restore(database, 1, made.number, as_draft=False)
    assert stored(database) == line


def test_loading_keeps_what_it_changed(database: Database, line: Service) -> None:
    before = {each.id: each for each in services.everything(database)}
    services.save(database, replace(line, name="読み込んだ名前"))
    services.remove(database, "sagami-night")
    services.save(database, a_service("atarashii"))
    publishing.keep_history_of_load(database, before, Author(None, "sosdir load"), NOW)
    assert history(database) == [Action.LOADED, Action.LOADED]
    assert revisions.version(database, line.id, 1).service == line
    assert revisions.version(database, line.id, 2).service == stored(database)
    gone = revisions.of_service(database, "sagami-night")
    assert [each.service for each in gone] == [before["sagami-night"]]
    joined = revisions.of_service(database, "atarashii")
    assert [each.action for each in joined] == [Action.ADDED]
    assert set(revisions.latest_numbers(database)) == {line.id, "sagami-night", "atarashii"}


def test_what_comes_back_by_a_load_is_written_down(database: Database, line: Service) -> None:
    publish(database, line, 0)
    services.remove(database, line.id)
    before = {each.id: each for each in services.everything(database)}
    services.save(database, replace(line, name="もどった名前"))
    publishing.keep_history_of_load(database, before, Author(None, "sosdir load"), NOW)
    made = check(database)
    publishing.undo(database, made.number, HANAKO, NOW)
    assert stored(database).name == "もどった名前"


def test_a_load_leaves_drafts_waiting(database: Database, line: Service) -> None:
    draft(database, replace(line, name="案の名前"), 0)
    before = {each.id: each for each in services.everything(database)}
    services.save(database, replace(line, service_areas=(YOKOHAMA, "14")))
    publishing.keep_history_of_load(database, before, Author(None, "sosdir load"), NOW)
    edition = publishing.open_edition(database, line.id)
    assert (edition.service.name, edition.service.service_areas) == (
        "案の名前",
        (YOKOHAMA, "14"),
    )
