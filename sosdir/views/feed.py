"""The feed of what is new: changes of the lines in plain words, and notices."""

from __future__ import annotations

from datetime import UTC, datetime, time

from flask import Blueprint, Response, current_app, request

from sosdir import atom, context, db, freshness, news, noticeboard
from sosdir.atom import Entry, Feed
from sosdir.errors import NotFoundError
from sosdir.forms.query import BadParametersError
from sosdir.news import News, NewsPage
from sosdir.revising.metadata import resource_id
from sosdir.schedules import TOKYO
from sosdir.search import count_evidence

blueprint = Blueprint("feed", __name__)

_TITLE = "妊娠の相談窓口: お知らせと変更"
_SUBTITLE = (
    "窓口の情報が変わったことと、お知らせを、新しい順に伝えます。"
    "窓口の変更には番号を書きません。いまの番号は、窓口のページで見てください。"
)


@blueprint.get("/feed.xml")
def feed() -> Response:
    """Tell what is new, the newest first, fifty a page; ``area`` narrows it to a place.

    Raises:
        BadParametersError: the area is no place, or the page no number.
        NotFoundError: there is no such page.
    """
    area, page = request.args.get("area"), _page_number()
    found = news.read(
        db.current(),
        noticeboard.everything(),
        context.now().date(),
        page,
        _codes(area) if area else None,
    )
    if page > found.pages:
        raise NotFoundError(f"There is no page {page}.")
    response = current_app.response_class(
        atom.write(_feed(found, area)), content_type=f"{atom.MEDIA_TYPE}; charset=utf-8"
    )
    # Not the time of the newest entry: one that is withdrawn leaves no entry behind.
    return freshness.open_to_all(freshness.fresh(response, freshness.facts_changed_at()))


def _page_number() -> int:
    typed = request.args.get("page", "1")
    known = typed.isascii() and typed.isdigit() and len(typed) < 10
    if not known or int(typed) < 1:
        raise BadParametersError({"page": "1からの番号にしてください。"})
    return int(typed)


def _codes(area: str) -> frozenset[str]:
    if not context.gazetteer().exists(area):
        raise BadParametersError({"area": f"{area} という地域はありません。"})
    return noticeboard.codes_of(area)


def _feed(found: NewsPage, area: str | None) -> Feed:
    name = f"({context.gazetteer().get(area).full_name})" if area else ""
    return Feed(
        # Of no address: a host may be called by several names.
        id=_urn(f"feed/{area or ''}"),
        title=f"{_TITLE}{name}",
        subtitle=_SUBTITLE,
        author="sosdir",
        updated=found.updated_at or _collected(),
        links=_links(found, area),
        rights=f"{current_app.jinja_env.globals['data_licence']}",
        entries=tuple(_entry(each) for each in found.news),
    )


def _links(found: NewsPage, area: str | None) -> dict[str, str]:
    """Return the addresses of the feed, of its other pages and of the page for people."""
    links = {
        "self": _address(found.page, area),
        "alternate": context.public_url("notices.notices"),
        "first": _address(1, area),
        "last": _address(found.pages, area),
    }
    if found.page > 1:
        links["previous"] = _address(found.page - 1, area)
    if found.page < found.pages:
        links["next"] = _address(found.page + 1, area)
    return links


def _address(page: int, area: str | None) -> str:
    told = {"area": area, "page": page if page > 1 else None}
    return context.public_url("feed.feed", **told)


def _entry(told: News) -> Entry:
    return Entry(
        id=_urn(told.key),
        title=told.title,
        text="\n\n".join(told.paragraphs),
        link=_page_of(told),
        published=told.published_at,
        updated=told.updated_at,
        category=told.category,
    )


def _page_of(told: News) -> str:
    if told.notice_id is not None:
        return context.public_url("notices.notice", notice_id=told.notice_id)
    if told.service_id is not None:
        return context.public_url("services.service", service_id=told.service_id)
    return context.public_url("home.home")


def _collected() -> datetime:
    """Return since when there is anything to tell of: the day on which the facts were collected."""
    collected = count_evidence(db.current(), context.now().date()).collected_on
    if collected is None:
        return datetime.fromtimestamp(0, UTC)
    return datetime.combine(collected, time(), TOKYO)


def _urn(key: str) -> str:
    return f"urn:uuid:{resource_id('news', key)}"
