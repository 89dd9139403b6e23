"""What came of asking addresses is kept, failures in a row are counted, the dead are told."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlite_utils import Database

from sosdir.links import Outcome, Verdict
from sosdir.models import ChannelKind, ServiceStatus
from sosdir.store import links, services
from tests.cast import NOON, a_channel, a_service, a_source

SITE = "https://example.jp/minato"
SOURCE = "https://example.jp/minato-sos-s1"


@pytest.fixture
def directory(stage: object, database: Database) -> Database:
    """Give a directory of one public line, one on hold and one that has ended."""
    for service in services.everything(database):
        services.remove(database, service.id)
    channels = (
        a_channel("minato-sos"),
        a_channel("minato-sos", 2, ChannelKind.WEB_FORM, "https://example.jp/form", None, None),
        a_channel("minato-sos", 3, ChannelKind.CHAT, "公式ページから", None, None),
        a_channel("minato-sos", 4, ChannelKind.LINE, "https://lin.ee/minato", None, None),
    )
    services.save(database, a_service(channels=channels))
    held = a_service("held", website="https://example.jp/held", hold="理由")
    ended = a_service("ended", website="https://example.jp/ended", status=ServiceStatus.DEFUNCT)
    for service in (held, ended):
        services.save(database, service)
    return database


def run(database: Database, *outcomes: Outcome, url: str = SITE) -> None:
    """Ask an address once a week, with these outcomes."""
    for week, outcome in enumerate(outcomes):
        links.save(database, [Verdict(url, outcome)], NOON + timedelta(weeks=week))


def dead(database: Database) -> list[str]:
    return [each.verdict.url for each in links.dead(database)]


def test_the_addresses_of_public_services_are_asked(directory: Database) -> None:
    assert links.urls(directory) == ["https://example.jp/form", SITE, SOURCE]


def test_every_shipped_address_is_asked_once(shipped: Database) -> None:
    found = links.urls(shipped)
    assert len(found) == len(set(found)) > 200


def test_the_longest_unasked_comes_first(directory: Database) -> None:
    links.save(directory, [Verdict(SITE, Outcome.OK)], NOON)
    links.save(directory, [Verdict(SOURCE, Outcome.OK)], NOON - timedelta(days=9))
    assert links.urls(directory) == ["https://example.jp/form", SOURCE, SITE]
    since = NOON - timedelta(days=7)
    assert links.urls(directory, since) == ["https://example.jp/form", SOURCE]


@pytest.mark.parametrize(
    ("outcomes", "is_dead"),
    [
        ([Outcome.OK], False),
        ([Outcome.MOVED], False),
        ([Outcome.REFUSED] * 5, False),
        ([Outcome.NOT_ALLOWED] * 5, False),
        ([Outcome.GONE], True),
        ([Outcome.GONE, Outcome.OK], False),
        ([Outcome.FAILING] * 2, False),
        ([Outcome.FAILING] * 3, True),
        ([Outcome.BAD_CERTIFICATE, Outcome.FAILING, Outcome.BAD_CERTIFICATE], True),
        ([Outcome.FAILING, Outcome.FAILING, Outcome.OK, Outcome.FAILING], False),
        ([Outcome.FAILING, Outcome.FAILING, Outcome.REFUSED, Outcome.FAILING], False),
    ],
)
def test_a_link_is_dead_when_it_is_gone_or_failed_three_runs_in_a_row(
    directory: Database, outcomes: Sequence[Outcome], is_dead: bool
) -> None:
    run(directory, *outcomes)
    assert dead(directory) == ([SITE] if is_dead else [])


def test_a_dead_link_says_since_when_and_where_it_stands(directory: Database) -> None:
    services.save(directory, a_service("other", name="べつの窓口", website=SITE))
    run(directory, Outcome.OK, Outcome.FAILING, Outcome.FAILING, Outcome.FAILING)
    (link,) = links.dead(directory)
    assert link.failures == 3
    assert link.failing_since == NOON + timedelta(weeks=1)
    assert link.checked_at == NOON + timedelta(weeks=3)
    assert {(use.service_id, use.place) for use in link.uses} == {
        ("minato-sos", "website"),
        ("other", "website"),
    }


def test_a_source_and_a_form_are_named_as_such(directory: Database) -> None:
    for url in (SOURCE, "https://example.jp/form"):
        links.save(directory, [Verdict(url, Outcome.GONE, 404)], NOON)
    places = {each.verdict.url: each.uses[0].place for each in links.dead(directory)}
    assert places == {SOURCE: "source", "https://example.jp/form": "channel"}


def test_what_nobody_points_at_any_more_is_no_dead_link(directory: Database) -> None:
    run(directory, Outcome.GONE)
    services.save(directory, a_service(website="https://example.jp/new"))
    assert dead(directory) == []


def test_the_dead_stand_before_those_that_fail_and_those_that_moved(directory: Database) -> None:
    sources = tuple(a_source("minato-sos", number) for number in (1, 2, 3, 4))
    services.save(directory, a_service(sources=sources))
    by_url = {
        sources[0].url: Outcome.MOVED,
        sources[1].url: Outcome.FAILING,
        sources[2].url: Outcome.GONE,
        sources[3].url: Outcome.OK,
    }
    links.save(directory, [Verdict(url, outcome) for url, outcome in by_url.items()], NOON)
    found = [each.verdict.outcome for each in links.to_look_at(directory)]
    assert found == [Outcome.GONE, Outcome.FAILING, Outcome.MOVED]


def test_a_verdict_is_read_as_it_was_kept(directory: Database) -> None:
    verdict = Verdict(SITE, Outcome.MOVED, 200, "https://new.example/", "見本")
    links.save(directory, [verdict], NOON)
    (link,) = links.to_look_at(directory)
    assert link.verdict == verdict
    assert links.last_checked(directory) == NOON


def test_before_the_first_run_nothing_is_known(directory: Database) -> None:
    assert links.last_checked(directory) is None
    assert links.to_look_at(directory) == []
