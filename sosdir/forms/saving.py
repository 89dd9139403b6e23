"""Save the form of a service, as a draft or published; never over another's change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sosdir import checking, publishing
from sosdir.areas import Gazetteer
from sosdir.db import Database
from sosdir.errors import RefusedError, SosdirError
from sosdir.forms import rows
from sosdir.forms.bodies import Bodies
from sosdir.forms.entering import Entries, entries_of
from sosdir.forms.faults import FaultyFormError, place_faults
from sosdir.forms.parts import too_many
from sosdir.forms.reading import read_service
from sosdir.forms.service import ServiceForm
from sosdir.forms.sheet import Sheet, Surroundings, known_of
from sosdir.models import NATIONWIDE, Service
from sosdir.publishing import Rules
from sosdir.revising import Author, Conflict, Merge, Reason, Revision, StaleError, merge
from sosdir.schedules import TOKYO
from sosdir.store import organizations, revisions
from sosdir.vocabulary import NATIONWIDE_LABEL

# What the form asks beside the facts: it outlives a merge.
_BESIDE = ("why", "given_source_other", "confirmation", "new_organizations")


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what an admin asks to be saved.

    Args:
        service_id: whose form it is, None for a new service.
        publish: whether the public shall see it at once.
        author: who asks.
        now: with a zone.
        gazetteer: of all places.
    """

    service_id: str | None
    publish: bool
    author: Author
    now: datetime
    gazetteer: Gazetteer


class ClashError(SosdirError):
    """Say that another saved meanwhile, and carry both changes in one; nothing was written.

    Args:
        merged: both changes.
        others: what was saved since the form was opened, the newest first.
        entries: of the form, with the merged values and the number it is now opened at.
    """

    def __init__(self, merged: Merge, others: list[Revision], entries: Entries) -> None:
        super().__init__(f"{merged.service.id} was changed meanwhile.")
        self.merged = merged
        self.others = others
        self.entries = entries


def surroundings(database: Database, entries: Entries, asked: Asked) -> Surroundings:
    """Return what a form is read against.

    Args:
        database: to read.
        entries: of the form.
        asked: whose form it is, and when.
    """
    base = _base(database, entries, asked.service_id)
    used = revisions.part_ids(database, asked.service_id) if asked.service_id else frozenset()
    return Surroundings(
        base=base,
        known_ids=known_of(used, base),
        bodies=bodies(database, base),
        gazetteer=asked.gazetteer,
        today=asked.now.astimezone(TOKYO).date(),
        is_taken=lambda wanted: revisions.is_known(database, wanted),
    )


def bodies(database: Database, base: Service | None) -> Bodies:
    """Return the organizations of the directory, and those that a draft alone names.

    Args:
        database: to read.
        base: the service at hand, or None.
    """
    drafted = [*base.commissioners, *filter(None, [base.organization])] if base else []
    return Bodies([*drafted, *organizations.everything(database)])


def read_checked(
    form: ServiceForm,
    around: Surroundings,
    rules: Rules,
    known_faults: Mapping[str, str],
    *,
    needs_sources: bool,
) -> Service:
    """Return the service that a form tells, if it keeps every rule.

    Args:
        form: as typed; normal forms are written into it.
        around: what it is read against.
        rules: what every service is checked against.
        known_faults: what was found wrong before, by the id of the field.
        needs_sources: whether each channel must point at a source.

    Raises:
        FaultyFormError: it does not; each reason is told with its field.
    """
    is_valid = form.validate()
    sheet = Sheet(form, around)
    service = read_service(sheet)
    faults = checking.check_service(
        service, rules.codes, rules.dead, needs_sources=needs_sources and service.hold is None
    )
    found = place_faults(form, faults)
    reasons = {**found, **sheet.faults, **dict(too_many(form)), **known_faults}
    if not is_valid or reasons:
        raise FaultyFormError(reasons)
    return service


def save(
    database: Database,
    entries: Entries,
    form: ServiceForm,
    asked: Asked,
    known_faults: Mapping[str, str],
) -> Revision:
    """Save what a form tells.

    Args:
        database: to write, within a transaction.
        entries: of the form.
        form: made from them; normal forms are written into it.
        asked: what is asked.
        known_faults: what was found wrong before, by the id of the field.

    Raises:
        FaultyFormError: a rule is broken.
        ClashError: another saved since the form was opened.
    """
    around = surroundings(database, entries, asked)
    rules = publishing.rules(database)
    mine = read_checked(form, around, rules, known_faults, needs_sources=asked.publish)
    mine = _with_theirs(database, mine, entries, asked)
    opened = _number(entries["opened"]) if asked.service_id else None
    keep = publishing.publish if asked.publish else publishing.save_draft
    try:
        return keep(database, mine, opened, asked.author, _reason(form), asked.now, rules)
    except RefusedError as error:
        raise FaultyFormError(place_faults(form, error.faults)) from error
    except StaleError as error:
        raise _clash(database, mine, entries, error, around) from error


def open_conflicts(database: Database, entries: Entries, asked: Asked) -> tuple[Conflict, ...]:
    """Return where two changes still conflict in a form that came back with both.

    Args:
        database: to read.
        entries: of the form.
        asked: whose form it is.
    """
    if not entries.get("base"):
        return ()
    around = surroundings(database, entries, asked)
    mine = read_service(Sheet(ServiceForm(data=entries), around))
    merged = _merged_before(database, mine, entries, asked)
    return merged.conflicts if merged else ()


def finish_area(entries: Entries, gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, str]]:
    """Add an area that was typed but not yet added, so that it is not lost by saving.

    Args:
        entries: of the form, changed in place.
        gazetteer: of all places.

    Returns:
        What is wrong by the id of the field, and the places to choose from.
    """
    if not entries["area_name"].strip():
        return {}, {}
    reason, choices = rows.add_area(entries, gazetteer)
    return ({} if reason is None else {"area_name": reason}), choices


def area_name(gazetteer: Gazetteer, code: str) -> str:
    """Return the name of an area, its code where it has none.

    Args:
        gazetteer: of all places.
        code: 00, two or six digits.
    """
    if code == NATIONWIDE:
        return NATIONWIDE_LABEL
    return gazetteer.get(code).full_name if gazetteer.exists(code) else code


def _base(database: Database, entries: Entries, service_id: str | None) -> Service | None:
    """Return the service as the form was opened on it."""
    if service_id is None:
        return None
    opened = _number(entries.get("opened"))
    found = next(
        (each for each in revisions.of_service(database, service_id) if each.number == opened),
        None,
    )
    return found.service if found else publishing.open_edition(database, service_id).service


def _with_theirs(database: Database, mine: Service, entries: Entries, asked: Asked) -> Service:
    """Return what is to be saved with the other's values where she chose them."""
    merged = _merged_before(database, mine, entries, asked)
    return merged.choosing(entries["theirs"]) if merged else mine


def _merged_before(
    database: Database, mine: Service, entries: Entries, asked: Asked
) -> Merge | None:
    """Return the merge that the form came back with; None where there was none, or it is stale."""
    if not entries["base"] or asked.service_id is None:
        return None
    edition = publishing.open_edition(database, asked.service_id)
    history = revisions.of_service(database, asked.service_id)
    if edition.revision != _number(entries["opened"]) or not history:
        return None
    wanted = _number(entries["base"])
    base = next((each for each in history if each.number == wanted), history[-1])
    name = partial(area_name, asked.gazetteer)
    return merge(base.service, mine, edition.service, name)


def _clash(
    database: Database, mine: Service, entries: Entries, error: StaleError, around: Surroundings
) -> ClashError:
    name = partial(area_name, around.gazetteer)
    merged = merge(error.base or error.theirs, mine, error.theirs, name)
    opened = _number(entries["opened"])
    history = revisions.of_service(database, mine.id)
    others = [
        each
        for each in history
        if each.number > opened and each.author != publishing.BEFORE_HISTORY
    ]
    known = known_of(around.known_ids, error.theirs)
    told = {
        **entries_of(merged.service, around.gazetteer, known),
        **{each: entries[each] for each in _BESIDE},
        "opened": str(error.latest.number),
        "base": str(opened),
    }
    return ClashError(merged, others, told)


def _reason(form: ServiceForm) -> Reason:
    given = form.given_source_other.data.strip() or form.given_source.data
    return Reason(form.why.data.strip() or None, given or None)


def _number(text: Any) -> int:
    typed = str(text)
    return int(typed) if len(typed) < 16 and typed.isascii() and typed.isdigit() else 0
