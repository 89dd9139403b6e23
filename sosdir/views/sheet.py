"""What a counselor hands over: the services collected in the address, on a sheet or on cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask import Blueprint, Response, render_template, request

from sosdir import context, db, evidence, multilingual, referral
from sosdir.forms.collection import Collection, SheetForm, read_collection
from sosdir.locales import Speech
from sosdir.models import Service
from sosdir.presentation import Result
from sosdir.store import services

blueprint = Blueprint("sheet", __name__)


@blueprint.get("/sheet")
def sheet() -> Response:
    """Show the services collected; nothing of it is stored anywhere.

    Raises:
        BadParametersError: none is named, too many are, or a parameter cannot be used.
    """
    collection, query = read_collection(request.args), context.query()
    presenter, speech = context.presenter(query.at), multilingual.current()
    found = services.find(db.current(), collection.ids)
    listed = [each for each in found if evidence.is_listed(each)]
    results = [presenter.result(evidence.publish(each, query.today)) for each in listed]
    entries = referral.entries(results, speech)
    at_label = None if presenter.is_present else presenter.at_label()
    made, url = speech.full_date(query.today), _url(collection, results)
    page = render_template(
        f"{collection.form}.html",
        entries=entries,
        left_out=list(_left_out(collection.ids, found, speech)),
        made=made,
        seen=_seen(listed, speech),
        url=url,
        others=_others(results),
        text=referral.plain_text(entries, made, url, speech, at_label),
        at_label=at_label,
    )
    return Response(page, status=200 if entries else 404)


def _left_out(ids: Iterable[str], found: Iterable[Service], speech: Speech) -> Iterator[str]:
    """Say which of those collected are not on the sheet, and why; what is on hold is unknown."""
    by_id = {each.id: each for each in found}
    for number, service_id in enumerate(ids, 1):
        service = by_id.get(service_id)
        if service is None or not evidence.is_public(service):
            yield speech.gettext(
                "えらばれたうち%(number)s番目の窓口は、ここにはありません。", number=number
            )
        elif not evidence.is_listed(service):
            yield speech.gettext("%(name)sは、もう相談を受けていません。", name=service.name)


def _url(collection: Collection, results: Iterable[Result]) -> str:
    """Return the address to share: of what is on the sheet, at the moment it was asked about."""
    kept = {name: request.args[name] for name in ("at",) if request.args.get(name)}
    if collection.form is not SheetForm.SHEET:
        kept["form"] = collection.form
    return context.public_url("sheet.sheet", ids=",".join(each.id for each in results), **kept)


def _others(results: Iterable[Result]) -> dict[str, str]:
    """Return the links from here: to both forms of the sheet, and to the list to choose more."""
    address = context.address().collecting(each.id for each in results)
    return {
        "sheet": address.url("sheet.sheet"),
        "card": address.url("sheet.sheet", form=SheetForm.CARD),
        "list": address.url("home.home"),
    }


def _seen(listed: Iterable[Service], speech: Speech) -> str | None:
    """Return the day, or the first and last, on which the facts were collected or checked."""
    days: list[date] = sorted({evidence.looked_at(each) for each in listed})
    if len(days) < 2:
        return speech.full_date(days[0]) if days else None
    first, last = speech.full_date(days[0]), speech.full_date(days[-1])
    return speech.gettext("%(first)sから%(last)s", first=first, last=last)
