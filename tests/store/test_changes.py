"""History tells when something public changed, and a load tells it once."""

from datetime import timedelta

from sqlite_utils import Database

from sosdir.models import EvidenceLevel, Service
from sosdir.reports import Answer, Message, Reply, Subject
from sosdir.revising import Action
from sosdir.store import changes, reports, revisions
from sosdir.store.revisions import Entry
from tests.cast import NOON, a_service
from tests.reviewing import HANAKO


def add(database: Database, action: Action, service: Service, minute: int = 0) -> None:
    at = NOON + timedelta(minutes=minute)
    revisions.add(database, Entry(service, action, HANAKO, at))


def counts(database: Database, *areas: str) -> list[tuple[int, int]]:
    found = changes.moments(database, areas or None)
    return [((each.at - NOON) // timedelta(minutes=1), each.services) for each in found]


def test_a_change_is_a_moment_and_what_was_there_before_is_none(database: Database) -> None:
    add(database, Action.LOADED, a_service(), 1)
    add(database, Action.PUBLISHED, a_service(name="新"), 1)
    assert counts(database) == [(1, 1)]
    (step,) = changes.of_moment(database, NOON + timedelta(minutes=1))
    assert step.former is not None
    assert (step.former.service.name, step.revision.service.name) == ("みなとSOS", "新")


def test_what_changes_at_one_moment_is_one_moment(database: Database) -> None:
    for key in ("minato-sos", "sagami-night"):
        add(database, Action.LOADED, a_service(key))
        add(database, Action.LOADED, a_service(key, name="新"), 5)
    assert counts(database) == [(5, 2)]


def test_drafts_and_looks_that_changed_nothing_are_no_moment(database: Database) -> None:
    add(database, Action.LOADED, a_service())
    add(database, Action.DRAFTED, a_service(name="下書き"), 1)
    add(database, Action.REJECTED, a_service(name="下書き"), 2)
    add(database, Action.CHECKED_BY_PHONE, a_service(), 3)
    add(database, Action.UNDONE, a_service(), 4)
    assert counts(database) == []


def test_a_look_that_brought_the_contacts_into_view_is_a_moment(database: Database) -> None:
    add(database, Action.LOADED, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    add(database, Action.CHECKED_BY_PHONE, a_service(), 1)
    assert counts(database) == [(1, 1)]


def test_what_is_on_hold_or_gone_is_no_moment(database: Database) -> None:
    for key in ("kakushi-line", "gone-line"):
        add(database, Action.PUBLISHED, a_service(key), 1)
    assert counts(database) == []


def test_an_area_sees_its_own_changes(database: Database) -> None:
    add(database, Action.PUBLISHED, a_service())
    add(database, Action.PUBLISHED, a_service("nihon-always"), 1)
    assert counts(database, "141003") == [(0, 1)]
    assert counts(database, "141003", "14", "00") == [(1, 1), (0, 1)]
    assert counts(database, "13") == []


def test_the_last_instant_of_each_service_is_that_of_its_last_public_change(
    database: Database,
) -> None:
    add(database, Action.LOADED, a_service("sagami-night"))
    add(database, Action.PUBLISHED, a_service(), 1)
    add(database, Action.DRAFTED, a_service(), 2)
    assert changes.last_instants(database) == {"minato-sos": NOON + timedelta(minutes=1)}


def test_a_doubt_and_its_answer_change_what_is_shown(database: Database) -> None:
    add(database, Action.PUBLISHED, a_service())
    doubted_at, answered_at = (NOON + timedelta(hours=each) for each in (1, 2))
    message = Message("minato-sos", "minato-sos-1", Subject.NUMBER, None, None)
    number = reports.add(database, message, doubted_at).id
    assert changes.last_shown(database) == {"minato-sos": doubted_at}
    reports.answer(database, number, Reply(Answer.NOTHING_WRONG, None, answered_at, "花子"))
    assert changes.last_shown(database) == {"minato-sos": answered_at}
