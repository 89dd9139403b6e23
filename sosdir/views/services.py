"""One service by itself, and the services found in their data forms."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, url_for

from sosdir import answers, context, db, evidence, formats, freshness, linked_data, multilingual
from sosdir.errors import NotFoundError
from sosdir.listing import all_found, refuse_page_past_the_end
from sosdir.models import NATIONWIDE, Service
from sosdir.onward import onward, successor
from sosdir.presentation import Presenter, Result
from sosdir.search import Query, search
from sosdir.store import services
from sosdir.vocabulary import NATIONWIDE_LABEL

blueprint = Blueprint("services", __name__)


@blueprint.get("/services/<service_id>")
def service(service_id: str) -> str | Response:
    """Show one service with all that may be shown of it; of one that has ended, the way onward.

    Raises:
        NotFoundError: none bears that id, or it is on hold.
        BadParametersError: a parameter of the question that led here cannot be used.
    """
    found = services.get(db.current(), service_id)
    if not evidence.is_public(found):
        raise NotFoundError(f"There is no service {service_id!r}.")
    if not evidence.is_listed(found):
        return _ended(found)
    query = context.query()
    presenter = context.presenter(query.at)
    result = presenter.result(evidence.publish(found, query.today))
    return render_template(
        "service.html",
        service=result,
        sources=result.sources,
        linked=_linked(presenter, result),
        oembed_url=result.url,
        area=_area(presenter, result),
        onward=_onward(query, found, presenter),
        asked={
            "at_asked": not presenter.is_present,
            "at_label": presenter.at_label(),
            "now_url": context.address().without("at").url(".service", service_id=service_id),
        },
    )


def _linked(presenter: Presenter, result: Result) -> str:
    url = context.lasting_url(".service", service_id=result.id)
    return linked_data.script(linked_data.service(result, url, presenter.area_name))


def _onward(query: Query, service: Service, presenter: Presenter) -> dict[str, Any]:
    """Return who comes next for the same person, as shown."""
    found = onward(context.reading(), context.gazetteer(), query, service)
    return {
        "place": found.place,
        "place_name": found.place.named(multilingual.locale()) if found.place else None,
        "near": presenter.results(found.near, found.place),
        "nationwide": presenter.results(found.nationwide, found.place),
        "general": presenter.results(found.general, found.place),
        "relaxed": found.relaxed,
        "area": found.assumed,
    }


def _ended(service: Service) -> Response:
    """Lead to the service that took the place of one that has ended, else say where to go on."""
    heir = successor(db.current(), service)
    if heir is not None:
        address = url_for("services.service", service_id=heir.id)
        return current_app.make_response(redirect(address, 301))
    page = render_template("ended.html", service=service, area=_area(context.presenter(), service))
    return Response(page, status=410)


def _area(presenter: Presenter, served: Result | Service) -> dict[str, str]:
    """Return the place whose lines are the next ones to try, what was collected kept."""
    code = served.service_areas[0]
    kept = context.address().only("at", context.COLLECTED)
    if code == NATIONWIDE:
        name = presenter.speech.gettext(NATIONWIDE_LABEL)
        return {"name": name, "url": kept.adding("area", code).url("home.home")}
    return {"name": presenter.area_name(code), "url": kept.url("areas.area", code=code)}


@blueprint.get("/services.json")
def services_json() -> Response:
    """Answer the query as JSON."""
    query = context.query()
    page = search(context.reading(), context.gazetteer(), query)
    refuse_page_past_the_end(query, page)
    presenter = context.presenter(query.at)
    told = answers.results_text(page, context.service_texts().told(page, presenter))
    at = formats.instant(presenter.now)
    # The hour on it alone is no other answer.
    return _json(f'{{"at":"{at}",{told}', "application/json", same=f'{{"at":null,{told}')


@blueprint.get("/services.csv")
def services_csv() -> Response:
    """Answer the query as CSV, all pages in one."""
    text = formats.results_csv(_all_results())
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="services.csv"'
    return _fresh(response)


@blueprint.get("/services.geojson")
def services_geojson() -> Response:
    """Answer the query as GeoJSON, all pages in one."""
    told = formats.results_geojson(_all_results())
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _json(text, "application/geo+json")


def _all_results() -> tuple[Result, ...]:
    query = context.query()
    page = all_found(query)
    return context.presenter(query.at).results(page.hits, page.place)


def _json(text: str, media_type: str, same: str | None = None) -> Response:
    response = current_app.response_class(f"{text}\n", content_type=media_type)
    return _fresh(response, same.encode() if same else None)


def _fresh(response: Response, same_as: bytes | None = None) -> Response:
    """Let all sites read the answer, and send it to nobody twice; states change with the minute."""
    return freshness.open_to_all(freshness.fresh(response, same_as=same_as))
