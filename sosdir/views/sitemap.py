"""The addresses that robots may keep, with the day of the last change where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from flask import Blueprint, Response, render_template, request, url_for

from sosdir import context, db, evidence, multilingual, noticeboard
from sosdir.errors import NotFoundError
from sosdir.locales import LOCALES
from sosdir.schedules import TOKYO
from sosdir.store import changes, standings

blueprint = Blueprint("sitemap", __name__)

# sitemaps.org: the most addresses of one file.
MOST = 50_000
# The pages that stand by themselves. A page that has more of its kind is listed in ``pages``.
ENDPOINTS = (
    "home.home",
    "map.map_page",
    "pages.about",
    "pages.privacy",
    "pages.traces",
    "pages.open_data",
    "offline.offline",
    "embedding.how_to",
    "hsds.documentation",
    "coverage.japan",
    "organizations.organizations",
    "programs.programs",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Hold an address without host or language, and when its page changed; None for unknown."""

    path: str
    changed_on: date | None = None


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages that robots may keep, or the files that list them where they are many."""
    found = list(pages())
    files = _files(len(found))
    if files == 1:
        return _urls(found, 1)
    names = [
        {"url": _base() + _plain(url_for("sitemap.part", number=each))}
        for each in range(1, files + 1)
    ]
    return _xml(render_template("sitemap_index.xml", files=names))


@blueprint.get("/sitemap-<int(min=1, max=9999):number>.xml")
def part(number: int) -> Response:
    """List a part of the pages.

    Raises:
        NotFoundError: there are not so many parts.
    """
    found = list(pages())
    if number > _files(len(found)):
        raise NotFoundError(f"There is no part {number} of the sitemap.")
    return _urls(found, number)


def _urls(found: list[Address], number: int) -> Response:
    start, base = (number - 1) * MOST, _base()
    everything = [
        {"url": base + locale.prefix + page.path, "changed_on": page.changed_on}
        for locale in LOCALES
        for page in found
    ]
    return _xml(render_template("sitemap.xml", addresses=everything[start : start + MOST]))


def _files(count: int) -> int:
    return max(1, ceil(count * len(LOCALES) / MOST))


def pages() -> Iterator[Address]:
    """Give every page that robots may keep once, without language.

    When the page of a place changed is not known: it shows the lines of many.
    """
    yield from (Address(_plain(url_for(each))) for each in ENDPOINTS)
    yield from _notices()
    for code in _codes():
        yield Address(_plain(url_for("areas.area", code=code)))
    for prefecture in context.gazetteer().prefectures:
        yield Address(_plain(url_for("coverage.prefecture", code=prefecture.code)))
        yield Address(_plain(url_for("partners.partners", code=prefecture.code)))
    yield from _services()


def _notices() -> Iterator[Address]:
    told = [
        (each.notice.id, each.updated_at.astimezone(TOKYO).date())
        for each in noticeboard.everything()
    ]
    newest = max((day for _, day in told), default=None)
    yield Address(_plain(url_for("notices.notices")), newest)
    for key, day in told:
        yield Address(_plain(url_for("notices.notice", notice_id=key)), day)


def _services() -> Iterator[Address]:
    today, last = context.now().date(), changes.last_shown(db.current())
    for each in sorted(standings.everything(db.current()), key=lambda one: one.service_id):
        recorded = last.get(each.service_id)
        changed = evidence.changed_at(each.looked_at, each.withheld_from, recorded, today)
        path = url_for("services.service", service_id=each.service_id)
        yield Address(_plain(path), changed.astimezone(TOKYO).date())


def _codes() -> Iterator[str]:
    gazetteer = context.gazetteer()
    for prefecture in gazetteer.prefectures:
        yield prefecture.code
        yield from (each.code for each in gazetteer.municipalities_of(prefecture.code))


def _plain(url: str) -> str:
    return multilingual.without_language(url)


def _base() -> str:
    return (context.settings().url or request.host_url).rstrip("/")


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8")
