"""Who commissions whom in a prefecture, as a picture and as a list that says the same."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from sosdir import context, freshness, multilingual
from sosdir.areas import Place
from sosdir.errors import NotFoundError
from sosdir.forms.involved import read_asked
from sosdir.listing.involved import known, page_of
from sosdir.listing.paging import Pagination
from sosdir.locales import mark
from sosdir.partnerships import Labels, Tie, by_commissioners, in_order, picture, program_of, within

blueprint = Blueprint("partners", __name__)

# More make no picture that anyone can take in.
PER_PAGE = 20
_PARTNERS, _PROGRAMS = mark("ともに行う団体"), mark("事業")


@blueprint.get("/areas/<code>/partners")
def partners(code: str) -> str:
    """Show who commissions whom with whom in a prefecture.

    Raises:
        NotFoundError: the code is no prefecture.
        BadParametersError: a parameter cannot be used.
    """
    place = _prefecture(code)
    paging, shown = _page(place)
    return render_template(
        "partners.html",
        name=place.named(multilingual.locale()),
        code=place.code,
        page=paging,
        branches=list(by_commissioners(shown)),
        slug_of=_slug,
        picture=picture(shown, _labels()) if shown else None,
        svg_url=url_for(".picture_file", code=code, page=paging.page if paging.page > 1 else None),
    )


@blueprint.get("/areas/<code>/partners.svg")
def picture_file(code: str) -> Response:
    """Give the same picture as a file, with where and when it was made.

    Raises:
        NotFoundError: the code is no prefecture, or there is nothing to draw.
        BadParametersError: a parameter cannot be used.
    """
    place = _prefecture(code)
    _, shown = _page(place)
    if not shown:
        raise NotFoundError(f"There is nothing to draw of {code!r}.")
    text = render_template(
        "partners.svg",
        name=place.named(multilingual.locale()),
        picture=picture(shown, _labels()),
        url=context.public_url(".partners", code=code),
        to=context.public_url,
        day=multilingual.current().full_date(context.now().date()),
    )
    response = Response(text, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="partners-{code}.svg"'
    return freshness.fresh(response)


def _prefecture(code: str) -> Place:
    place = context.gazetteer().get(code)
    if not place.is_prefecture:
        raise NotFoundError(f"{code!r} is no prefecture.")
    return place


def _page(place: Place) -> tuple[Pagination, list[Tie]]:
    """Return the services of the page asked for, those that belong together side by side."""
    held = in_order(each for each in within(known().ties, place.code) if each.says_something)
    asked = read_asked(request.args)
    paging, shown = page_of(held, PER_PAGE, asked.page, lambda page: _url(place.code, page))
    return paging, list(shown)


def _labels() -> Labels:
    speech = multilingual.current()
    return Labels(speech.gettext(_PARTNERS), speech.gettext(_PROGRAMS))


def _slug(wording: str) -> str:
    return program_of(wording).slug


def _url(code: str, page: int) -> str:
    return url_for(".partners", code=code, page=page if page > 1 else None)
