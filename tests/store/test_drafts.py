"""At most one draft of a service waits, and knows what it was made from."""

from sqlite_utils import Database

from sosdir.revising import Action, Author, Revision
from sosdir.store import drafts, revisions
from sosdir.store.drafts import Draft
from sosdir.store.revisions import Entry
from tests.cast import NOON, a_service

HANAKO = Author(7, "花子")


def revision(
    database: Database, service_id: str = "minato-sos", action: Action = Action.DRAFTED
) -> Revision:
    """Add a revision of a service."""
    return revisions.add(database, Entry(a_service(service_id), action, HANAKO, NOON))


def test_no_draft_waits_at_first(database: Database) -> None:
    assert drafts.find(database, "minato-sos") is None
    assert (drafts.everything(database), drafts.ids(database), drafts.count(database)) == (
        [],
        frozenset(),
        0,
    )


def test_a_draft_knows_what_it_was_made_from(database: Database) -> None:
    base = revision(database, action=Action.LOADED)
    drafted = revision(database)
    drafts.put(database, drafted, base.number)
    assert drafts.find(database, "minato-sos") == Draft(drafted, base)


def test_the_draft_of_a_new_service_was_made_from_nothing(database: Database) -> None:
    drafted = revision(database, "atarashii")
    drafts.put(database, drafted, None)
    assert drafts.find(database, "atarashii") == Draft(drafted, None)


def test_a_later_draft_stands_in_place_of_the_first(database: Database) -> None:
    base = revision(database, action=Action.LOADED)
    drafts.put(database, revision(database), base.number)
    later = revision(database)
    drafts.put(database, later, base.number)
    assert [each.revision for each in drafts.everything(database)] == [later]


def test_the_draft_that_waits_longest_is_first(database: Database) -> None:
    for service_id in ("sagami-night", "minato-sos", "nihon-always"):
        drafts.put(database, revision(database, service_id), None)
    drafts.put(database, revision(database, "sagami-night"), None)
    waiting = [each.revision.service_id for each in drafts.everything(database)]
    assert waiting == ["minato-sos", "nihon-always", "sagami-night"]
    assert drafts.ids(database) == frozenset(waiting)
    assert drafts.count(database) == 3
    (second,) = drafts.everything(database, limit=1, offset=1)
    assert second.revision.service_id == "nihon-always"


def test_a_draft_that_is_removed_stays_in_history(database: Database) -> None:
    drafted = revision(database)
    drafts.put(database, drafted, None)
    drafts.remove(database, "minato-sos")
    drafts.remove(database, "nobody")
    assert drafts.find(database, "minato-sos") is None
    assert revisions.get(database, drafted.number) == drafted
