"""Say of a list that is empty what to drop, and when the same would be answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from flask import url_for

from sosdir import multilingual
from sosdir.areas import Gazetteer
from sosdir.context import Address
from sosdir.listing.addresses import as_typed, dropping, in_parameters
from sosdir.listing.labels import said_label
from sosdir.listing.records import Link, Listing
from sosdir.models import NATIONWIDE, State
from sosdir.presentation import Presenter
from sosdir.search import Page, Query, Source, search

_MOST = 5
# Of those that could answer later, the first ones in order are asked when.
_LATER_ASKED = 100


def with_ways_out(
    found: Listing,
    source: Source,
    gazetteer: Gazetteer,
    page: Page,
    address: Address,
    presenter: Presenter,
) -> Listing:
    """Return a list that is empty with what to drop, and how many each would leave.

    Args:
        found: the list; one that is not empty is returned as it is.
        source: to read.
        gazetteer: of the same data.
        page: what was found.
        address: of the query.
        presenter: as of the instant asked about.
    """
    if found.total:
        return found
    links = (
        *_later(source, gazetteer, page, address, presenter),
        *_fewer(page, address),
        *_fewer_by_two(page, address),
        *_without_words(source, gazetteer, page, address),
        *_everything(source, gazetteer, page),
    )
    return replace(found, none_found=links)


def _later(
    source: Source, gazetteer: Gazetteer, page: Page, address: Address, presenter: Presenter
) -> Iterator[Link]:
    """Yield the next time at which the very same is answered."""
    if State.OPEN not in page.query.state:
        return
    anytime = replace(_read(page), state=(), page=1, per_page=_LATER_ASKED)
    moments = (presenter.opens_at(hit) for hit in search(source, gazetteer, anytime).hits)
    at = min((moment for moment in moments if moment is not None), default=None)
    total = search(source, gazetteer, replace(_read(page), at=at, page=1)).total if at else 0
    if at and total:
        speech = multilingual.current()
        url = in_parameters(address, page).setting("at", at.strftime("%Y-%m-%dT%H:%M"))
        label = speech.ngettext(
            "次に話せるのは%(when)s(%(num)s件)",
            "次に話せるのは%(when)s(%(num)s件)",
            total,
            when=speech.instant(at),
        )
        yield Link(label, url.url("home.home"))


def _fewer(page: Page, address: Address) -> Iterator[Link]:
    """Yield each choice that can be dropped, the one that leaves most first."""
    written = in_parameters(address, page)
    useful = sorted((-count, key) for key, count in page.left.items() if count)
    for count, (name, value) in islice(useful, _MOST):
        label = _dropped(said_label(name, value), -count)
        yield Link(label, dropping(written, name, value).url("home.home"))


def _fewer_by_two(page: Page, address: Address) -> Iterator[Link]:
    """Yield each two choices that can be dropped together, where no single one would do."""
    written = in_parameters(address, page)
    useful = sorted((-count, pair) for pair, count in page.left_by_two.items() if count)
    for count, pair in islice(useful, _MOST):
        labels = multilingual.current().listed([said_label(*choice) for choice in pair])
        fewer = dropping(dropping(written, *pair[0]), *pair[1])
        yield Link(_dropped(labels, -count), fewer.url("home.home"))


def _without_words(
    source: Source, gazetteer: Gazetteer, page: Page, address: Address
) -> Iterator[Link]:
    if not page.words:
        return
    total = search(source, gazetteer, replace(_read(page), text="", page=1)).total
    if total:
        label = _dropped(" ".join(as_typed(page.query, page.words)), total)
        yield Link(label, in_parameters(address, page).without("q").url("home.home"))


def _everything(source: Source, gazetteer: Gazetteer, page: Page) -> Iterator[Link]:
    speech = multilingual.current()
    if page.place:
        query = Query(at=page.query.at, today=page.query.today, area=page.place.code)
        label = speech.ngettext(
            "%(place)sの窓口をすべて見る(%(num)s件)",
            "%(place)sの窓口をすべて見る(%(num)s件)",
            search(source, gazetteer, query).total,
            place=page.place.named(multilingual.locale()),
        )
        yield Link(label, url_for("home.home", area=page.place.code))
    yield Link(speech.gettext("全国の窓口を見る"), url_for("home.home", area=NATIONWIDE))


def _read(page: Page) -> Query:
    """Return the query as it was read: place and filters chosen, the other words as text."""
    area = page.place.code if page.place else page.query.area
    return replace(page.query, text=" ".join(page.words), area=area)


def _dropped(label: str, total: int) -> str:
    return multilingual.current().ngettext(
        "「%(label)s」を外す(%(num)s件)", "「%(label)s」を外す(%(num)s件)", total, label=label
    )
