"""Where is there no line, no LINE, nothing at night: for those who plan the next one."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from sosdir import context, freshness, multilingual, planning
from sosdir.areas import Place
from sosdir.coverage import Line
from sosdir.errors import UnknownAreaError
from sosdir.forms.planning import read_choice, read_since
from sosdir.planning import pictures, tables
from sosdir.planning.map import script_url

blueprint = Blueprint("coverage", __name__)

AN_HOUR = 3600
_MEDIA = {"png": "image/png", "svg": "image/svg+xml; charset=utf-8"}


@blueprint.get("/coverage")
def japan() -> str:
    """Show the country: a map and a table with the same numbers.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    show, since = _show(), _since()
    sort = _sort(tables.PREFECTURE_COLUMNS)
    counted, gazetteer = planning.coverage(), context.gazetteer()
    return render_template(
        "coverage.html",
        gaps=tables.gaps(counted, gazetteer),
        map=planning.choropleth(counted, gazetteer, context.places().outlines, show),
        script_url=script_url(show),
        outlines_url=_outlines_url(),
        shown=[_shown(key, key == show) for key in planning.SHOWN],
        hidden=_asked("show", "sort"),
        table=planning.prefectures_table(counted, gazetteer, sort, _asked("show", "since")),
        nationwide=tables.nationwide_figures(counted),
        strip=counted.nationwide_strip,
        spans=planning.spans_by_scope((counted.nationwide_strip,)),
        pictures=[_picture(f"japan-{key}") for key in (*planning.SHOWN, "channels")],
        csv_url=_file_url("coverage.japan_csv"),
        happened=planning.happened(gazetteer, since) if since else None,
        since=since,
        day=multilingual.current().full_date(counted.day),
    )


@blueprint.get("/coverage/<code>")
def prefecture(code: str) -> str:
    """Show one prefecture: its numbers, its hours, its municipalities, the lines counted.

    Raises:
        BadParametersError: a parameter cannot be used.
        UnknownAreaError: the code is no prefecture.
    """
    place, since = _prefecture(code), _since()
    sort = _sort(tables.MUNICIPAL_COLUMNS)
    counted, gazetteer = planning.coverage(), context.gazetteer()
    share = counted.share(code)
    return render_template(
        "coverage_prefecture.html",
        name=place.named(multilingual.locale()),
        code=code,
        figures=planning.figures_by_scope(counted, share),
        strip=share.strip,
        spans=planning.spans_by_scope((share.strip, counted.nationwide_strip)),
        table=planning.municipalities_table(counted, gazetteer, place, sort),
        lines=[_line(line) for line in share.own],
        hidden=_asked("sort"),
        pictures=[_picture(f"{code}-hours"), _picture(f"{code}-channels")],
        csv_url=_file_url("coverage.prefecture_csv", code=code),
        happened=planning.happened(gazetteer, since, code) if since else None,
        since=since,
        day=multilingual.current().full_date(counted.day),
    )


@blueprint.get("/coverage.js")
def script() -> Response:
    """Give the script of the map.

    Raises:
        BadParametersError: the map cannot show that.
    """
    drawn = planning.choropleth(
        planning.coverage(), context.gazetteer(), context.places().outlines, _show()
    )
    return Response(drawn.script, content_type="text/javascript; charset=utf-8")


@blueprint.get("/coverage.csv")
def japan_csv() -> Response:
    """Give the numbers of all prefectures as a file for a spreadsheet."""
    return _csv(planning.prefectures_csv(planning.coverage(), context.gazetteer()), "coverage")


@blueprint.get("/coverage/<code>.csv")
def prefecture_csv(code: str) -> Response:
    """Give the numbers of a prefecture and of its municipalities as a file for a spreadsheet.

    Raises:
        UnknownAreaError: the code is no prefecture.
    """
    place = _prefecture(code)
    text = planning.prefecture_csv(planning.coverage(), context.gazetteer(), place)
    return _csv(text, f"coverage-{code}")


@blueprint.get("/coverage/<name>.<any(png, svg):form>")
def picture(name: str, form: str) -> Response:
    """Give a picture for a slide."""
    drawn = pictures.drawn(name, form)
    if drawn is None:
        abort(404)
    response = Response(drawn, content_type=_MEDIA[form])
    response.headers["Cache-Control"] = f"public, max-age={AN_HOUR}"
    response.set_etag(sha256(drawn).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _show() -> str:
    return read_choice("show", request.args.get("show"), planning.SHOWN) or planning.SHOWN[0]


def _asked(*names: str) -> dict[str, Any]:
    """Return those parameters that are asked, for an address that changes another one."""
    return {name: value for name in names if (value := request.args.get(name))}


def _sort(layout: tables.Layout) -> str | None:
    return read_choice("sort", request.args.get("sort"), tables.keys_of(layout))


def _since() -> date | None:
    return read_since(request.args.get("since"), context.now().date())


def _prefecture(code: str) -> Place:
    place = context.gazetteer().get(code)
    if not place.is_prefecture:
        raise UnknownAreaError(f"{code} is no prefecture.")
    return place


def _outlines_url() -> str:
    url = url_for("map.outlines", v=context.places().version)
    return multilingual.without_language(url)


def _file_url(endpoint: str, **values: Any) -> str:
    """Return the address of a file that is Japanese, whatever the language of the page."""
    return multilingual.without_language(url_for(endpoint, **values))


def _shown(key: str, active: bool) -> dict[str, Any]:
    label = multilingual.current().gettext(tables.label_of(planning.coverage(), key))
    url = url_for("coverage.japan", show=key, **_asked("since", "sort"))
    return {"label": label, "url": url, "active": active}


def _picture(name: str) -> dict[str, str]:
    return {
        "title": pictures.title(planning.coverage(), name),
        "png": _file_url("coverage.picture", name=name, form="png"),
        "svg": _file_url("coverage.picture", name=name, form="svg"),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "url": url_for("services.service", service_id=line.service_id),
        "sought": not (line.usable or line.resting),
        "resting": line.resting,
        "presumed": line.presumed,
    }


def _csv(text: str, name: str) -> Response:
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return freshness.open_to_all(freshness.fresh(response))
