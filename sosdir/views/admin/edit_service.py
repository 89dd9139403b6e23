"""The form of a service: a new one, or one that is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from sosdir import context, db, evidence, geocoding, publishing
from sosdir.accounts import Role
from sosdir.auth import allowed, author, current_account, require
from sosdir.errors import DatabaseError, HoursError
from sosdir.forms import saving
from sosdir.forms.entering import Entries, blank_entries, entries_of
from sosdir.forms.faults import FaultyFormError, mark, troubles
from sosdir.forms.fields import offered
from sosdir.forms.pressing import Helpers, Pressed, choices_of_bodies, press
from sosdir.forms.reading import known_by
from sosdir.forms.saving import Asked, ClashError, finish_area
from sosdir.forms.service import ServiceForm
from sosdir.forms.sheet import Sheet, known_of
from sosdir.models import EvidenceLevel
from sosdir.presentation import DayHours, coming_week
from sosdir.revising import ACTION_LABELS, Conflict, Revision
from sosdir.schedules import TOKYO
from sosdir.store import revisions
from sosdir.vocabulary import CHANNEL_LABELS

blueprint = Blueprint("admin_edit_service", __name__, url_prefix="/admin/services")

# A form of thirty channels with long notes, percent-encoded.
MAX_BODY = 1024 * 1024
MAX_PARTS = 4000

_NO_DATABASE = (
    "いまは保存できませんでした。入力したことは、下にすべて残っています。"
    "少し待って、もう一度保存してください。続くときは、この案内を動かしている人に知らせてください。"
)


@dataclass(frozen=True, slots=True)
class Around:
    """Hold what the page of a form says beside the form.

    Args:
        reasons: what is wrong, by the id of the field.
        pressed: what came of a button.
        clash: what another saved meanwhile.
        failed: why it could not be saved, in words, or empty.
        conflicts: where a waiting draft and the public state disagree.
        all_open: whether every folded part is shown open.
    """

    reasons: Mapping[str, str] = field(default_factory=dict)
    pressed: Pressed = field(default_factory=Pressed)
    clash: ClashError | None = None
    failed: str = ""
    conflicts: tuple[Conflict, ...] = ()
    all_open: bool = False


@blueprint.get("/new")
@allowed(Role.EDITOR)
def new_service() -> str:
    """Show the form of a new service."""
    return _page(blank_entries(), None, Around())


@blueprint.post("/new")
@allowed(Role.EDITOR, max_body=MAX_BODY, max_parts=MAX_PARTS)
def change_new_service() -> Response | tuple[str, int]:
    """Do what a button of the form of a new service says."""
    return _change(None)


@blueprint.get("/<service_id>/edit")
@allowed(Role.EDITOR)
def edit_service(service_id: str) -> str:
    """Show the form of a service: its draft if one waits.

    Raises:
        NotFoundError: there is neither a service nor a draft of that id.
    """
    edition = publishing.open_edition(db.current(), service_id)
    known = known_of(revisions.part_ids(db.current(), service_id), edition.service)
    entries = entries_of(edition.service, context.gazetteer(), known)
    entries["opened"] = str(edition.revision)
    return _page(entries, service_id, Around(conflicts=edition.conflicts))


@blueprint.post("/<service_id>/edit")
@allowed(Role.EDITOR, max_body=MAX_BODY, max_parts=MAX_PARTS)
def change_service(service_id: str) -> Response | tuple[str, int]:
    """Do what a button of the form of a service says.

    Raises:
        NotFoundError: there is neither a service nor a draft of that id.
    """
    publishing.open_edition(db.current(), service_id)
    return _change(service_id)


def _change(service_id: str | None) -> Response | tuple[str, int]:
    entries: Entries = ServiceForm(request.form).data
    button = request.form.get("do", "preview")
    if button in ("save_draft", "publish", "preview"):
        return _finish(entries, service_id, button)
    pressed = press(entries, button, _helpers())
    return _page(entries, service_id, Around(pressed.reasons, pressed)), 200


def _helpers() -> Helpers:
    settings = context.settings()
    online = (
        partial(geocoding.find_online, settings.geocoder_url) if settings.geocoder_url else None
    )
    return Helpers(context.gazetteer(), saving.bodies(db.current(), None), online)


def _finish(entries: Entries, service_id: str | None, button: str) -> Response | tuple[str, int]:
    """Save or only check what was typed, and say what came of it."""
    if button == "publish":
        require(Role.PUBLISHER)
    asked = _asked(service_id, publish=button == "publish")
    known_faults, choices = finish_area(entries, context.gazetteer())
    form = ServiceForm(data=entries)
    try:
        if button == "preview":
            return _checked(entries, form, asked, known_faults), 200
        settings = context.settings()
        with db.changing(settings.database) as database:
            revision = saving.save(database, entries, form, asked, known_faults)
    except FaultyFormError as error:
        # What was read carries the normal forms; what could not be read is as it was typed.
        return _page(form.data, service_id, Around(error.reasons, Pressed(areas=choices))), 422
    except ClashError as error:
        # What another wrote meanwhile is to be seen.
        db.close_current()
        return _page(error.entries, service_id, Around(clash=error)), 409
    except DatabaseError as error:
        current_app.logger.error("%s", error)
        return _page(entries, service_id, Around(failed=_NO_DATABASE)), 503
    return _saved(revision)


def _checked(
    entries: Entries, form: ServiceForm, asked: Asked, known_faults: Mapping[str, str]
) -> str:
    around = saving.surroundings(db.current(), entries, asked)
    rules = publishing.rules(db.current())
    saving.read_checked(form, around, rules, known_faults, needs_sources=False)
    news = Pressed(news="このまま保存できます。受付時間は、各連絡手段の下で確かめられます。")
    return _page(form.data, asked.service_id, Around(pressed=news, all_open=True))


def _saved(revision: Revision) -> Response:
    if revision.is_public:
        flash(f"「{revision.service.name}」を公開しました。")
    else:
        flash(
            f"「{revision.service.name}」の下書きを保存しました。"
            "公開担当の人が確かめるまで、公開のページは変わりません。"
        )
    return redirect(url_for("admin_service.show", service_id=revision.service_id), 303)


def _asked(service_id: str | None, *, publish: bool = False) -> Asked:
    return Asked(service_id, publish, author(), context.now(), context.gazetteer())


def _page(entries: Entries, service_id: str | None, around: Around) -> str:
    """Show the form with what was typed, and everything that helps to finish it."""
    form = ServiceForm(data=entries)
    read_against = saving.surroundings(db.current(), entries, _asked(service_id))
    bodies = choices_of_bodies(form.organization.data.strip(), read_against.bodies)
    # What she chose is offered again, or the next button would forget it.
    is_open = "organization" in around.reasons or form.organization_choice.data in bodies
    _offer(form, around.pressed, bodies if is_open else {})
    if around.reasons:
        form.validate()
        mark(form, around.reasons)
    errors = [(each.field_id, each.label, each.reason) for each in troubles(form, around.reasons)]
    edition = publishing.open_edition(db.current(), service_id) if service_id else None
    settings = context.settings()
    return render_template(
        "admin/edit_service.html",
        form=form,
        service_id=service_id,
        edition=edition,
        around=around,
        errors=errors,
        open_conflicts=saving.open_conflicts(db.current(), entries, _asked(service_id)),
        focus="" if errors else around.pressed.focus,
        weeks=[_week(part.form.hours.data) for part in form.channels],
        unknown_bodies=_unknown_bodies(form, read_against.bodies, around),
        outcome=_outcome(Sheet(form, read_against)),
        may_publish=current_account().role.may(Role.PUBLISHER),
        has_geocoder=settings.geocoder_url is not None,
        area_name=partial(saving.area_name, context.gazetteer()),
        action_labels=ACTION_LABELS,
        outlines_url=url_for("map.outlines", v=context.places().version),
        kinds=CHANNEL_LABELS,
        tokyo=TOKYO,
    )


def _offer(form: ServiceForm, pressed: Pressed, bodies: Mapping[str, str]) -> None:
    form.area_choice.choices = offered(pressed.areas)
    form.organization_choice.choices = offered(pressed.bodies or bodies)


def _unknown_bodies(form: ServiceForm, bodies: Any, around: Around) -> list[str]:
    """Return the commissioners that would be registered as new, to be ticked."""
    names = [name.strip() for name in form.commissioners.data.split("\n") if name.strip()]
    ticked = form.new_organizations.data
    return [
        name
        for name in dict.fromkeys(names)
        if bodies.named(name) is None and (name in ticked or "commissioners" in around.reasons)
    ]


def _week(hours: str) -> tuple[DayHours, ...]:
    try:
        return coming_week(hours.strip() or None, context.now().date())
    except HoursError:
        return ()


def _outcome(sheet: Sheet) -> str:
    """Say what the public will be told of how well the service is known without a new check."""
    level, year = known_by(sheet)
    if level is EvidenceLevel.CONFIRMED:
        return "「公式ページの情報」または「確認済み」として、連絡先も公開されます。"
    if level is EvidenceLevel.REPORTED and context.now().date() < evidence.counts_until(year):
        return "「報道・他機関による」として、連絡先も公開されます。"
    return "「確認待ち」になり、公開されるのは名前と公式サイトだけです。連絡先は出ません。"
