"""What is new comes newest first, fifty a page, and a load is one thing."""

from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from sosdir import announcing, news, publishing
from sosdir.models import Service
from sosdir.news import NewsPage
from sosdir.revising import Action, Author
from sosdir.store import revisions, services
from sosdir.store.revisions import Entry
from tests.cast import NOON, TODAY, YOKOHAMA, a_service, the_cast
from tests.noticing import a_notice
from tests.reviewing import HANAKO

LOADER = Author(None, "sosdir load")


def read(database: Database, page: int = 1, areas: set[str] | None = None) -> NewsPage:
    return news.read(database, announcing.shown(database, TODAY), TODAY, page, areas)


def change(database: Database, service: Service, minute: int) -> None:
    before = next(iter(services.find(database, [service.id])), None)
    if before is not None and revisions.latest(database, service.id) is None:
        revisions.add(database, Entry(before, Action.LOADED, HANAKO, NOON))
    services.save(database, service)
    at = NOON + timedelta(minutes=minute)
    revisions.add(database, Entry(service, Action.PUBLISHED, HANAKO, at))


def test_nothing_is_new_in_what_was_only_loaded(database: Database) -> None:
    assert read(database) == NewsPage((), 1, 1, None)


def test_changes_and_notices_stand_together_the_newest_first(database: Database) -> None:
    change(database, a_service(name="みなと新SOS"), 1)
    at = NOON + timedelta(minutes=2)
    announcing.keep(database, a_notice(), None, HANAKO, at)
    change(database, a_service(name="みなと新SOS", anonymous=False), 3)
    found = read(database)
    assert [each.title for each in found.news] == [
        "みなと新SOS: 匿名で話せるかの説明が変わりました。",
        "みなとSOSの受付時間が変わります",
        "みなと新SOS: 窓口の名前が変わりました。",
    ]
    assert found.updated_at == NOON + timedelta(minutes=3)
    assert len({each.key for each in found.news}) == 3


def test_a_key_stays_when_other_things_are_new(database: Database) -> None:
    change(database, a_service(name="新"), 1)
    before = read(database).news[0].key
    change(database, a_service(name="新", anonymous=False), 2)
    assert read(database).news[1].key == before


def test_a_notice_keeps_its_key_and_tells_when_it_was_changed(database: Database) -> None:
    announcing.keep(database, a_notice(), None, HANAKO, NOON)
    (before,) = read(database).news
    later = NOON + timedelta(hours=1)
    announcing.keep(database, a_notice(title="新しい題"), 1, HANAKO, later)
    (after,) = read(database).news
    assert (after.key, after.published_at) == (before.key, NOON)
    assert (after.title, after.updated_at) == ("新しい題", later)


def test_a_load_that_changes_several_lines_is_told_once(database: Database) -> None:
    before = {each.id: each for each in services.everything(database)}
    for service in the_cast()[:3]:
        services.save(database, replace(service, anonymous=False))
    publishing.keep_history_of_load(database, before, LOADER, NOON)
    (told,) = read(database).news
    assert told.title == "3件の窓口の情報が変わりました。"
    assert len(told.paragraphs) == 3
    assert "みなとSOS: 匿名で話せるかの説明が変わりました。" in told.paragraphs


def test_of_a_load_that_changes_very_many_lines_only_the_number_is_told(
    database: Database,
) -> None:
    for number in range(news.MOST_TOLD + 1):
        change(database, a_service(f"line-{number}"), 1)
    (told,) = read(database).news
    assert told.paragraphs == ("21件の窓口の情報を、まとめて新しくしました。",)


def test_older_news_stand_on_further_pages_and_nothing_twice(database: Database) -> None:
    for minute in range(news.PER_PAGE + 5):
        change(database, a_service(eligibility=f"対象{minute}"), minute)
    pages = [read(database, page) for page in (1, 2)]
    assert {each.pages for each in pages} == {2}
    assert pages[0].updated_at == pages[1].updated_at
    keys = [each.key for page in pages for each in page.news]
    assert len(keys) == len(set(keys)) == news.PER_PAGE + 5


def test_an_area_hears_of_its_own_lines_and_notices(database: Database) -> None:
    change(database, a_service(name="新"), 1)
    change(database, replace(the_cast()[3], name="かわさき新"), 2)
    announcing.keep(database, a_notice(), None, HANAKO, NOON)
    announcing.keep(database, a_notice("far", areas=("01",), services=()), None, HANAKO, NOON)
    titles = [each.title for each in read(database, areas={YOKOHAMA, "14", "00"}).news]
    assert titles == ["新: 窓口の名前が変わりました。", "みなとSOSの受付時間が変わります"]


def test_no_admin_no_reason_and_no_number_is_told(database: Database) -> None:
    change(database, replace(a_service(), editor_note="ひみつ", name="新"), 1)
    told = str(read(database))
    for secret in (HANAKO.name, "ひみつ", "03-0000"):
        assert secret not in told
