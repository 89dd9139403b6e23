"""What the pages of organizations, programmes and partnerships share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, url_for

from sosdir import context, db, evidence, multilingual
from sosdir.forms.query import BadParametersError
from sosdir.kept import Kept
from sosdir.listing.paging import Pagination, paginate
from sosdir.locales import Told, mark
from sosdir.models import NATIONWIDE
from sosdir.partnerships import Involvement, Tie, Usage, involvements, usages
from sosdir.presentation import Result
from sosdir.store import services, versions
from sosdir.store import ties as stored_ties
from sosdir.vocabulary import NATIONWIDE_LABEL

Entry = TypeVar("Entry")

_PAGES = mark("全部で%(num)sページです。")
_KEPT = "ties"


@dataclass(frozen=True, slots=True)
class AreaLink:
    """Hold a prefecture with the link to who commissions whom there, None for the country."""

    code: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what all listed services say of those who have to do with them.

    Args:
        ties: by name.
        organizations: by id.
        programs: by slug.
    """

    ties: tuple[Tie, ...]
    organizations: Mapping[str, Involvement]
    programs: Mapping[str, Usage]


def known() -> Known:
    """Return what all listed services say of those who have to do with them."""
    # Until a service changes: reading ten thousand takes a while.
    keeper: Kept[int, Known] = current_app.extensions.setdefault(_KEPT, Kept[int, Known]())
    return keeper.get(versions.current(db.current()), _read)


def _read() -> Known:
    ties = stored_ties.everything(db.current())
    return Known(ties, involvements(ties), usages(ties))


def results(held: Iterable[Tie]) -> tuple[Result, ...]:
    """Return services as the public may see them, in the same order.

    Args:
        held: of the services; few, for they are read whole.
    """
    presenter, today = context.presenter(), context.now().date()
    found = services.find(db.current(), [each.service_id for each in held])
    listed = (each for each in found if evidence.is_listed(each))
    return tuple(presenter.result(evidence.publish(each, today)) for each in listed)


def area_links(codes: Iterable[str]) -> tuple[AreaLink, ...]:
    """Return areas by name, each with its link.

    Args:
        codes: two digits each, 00 for the whole country.
    """
    return tuple(_area_link(code) for code in codes)


def _area_link(code: str) -> AreaLink:
    if code == NATIONWIDE:
        return AreaLink(code, multilingual.current().gettext(NATIONWIDE_LABEL), None)
    name = context.gazetteer().get(code).named(multilingual.locale())
    return AreaLink(code, name, url_for("partners.partners", code=code))


def page_of(
    entries: Sequence[Entry], per_page: int, asked: int, url: Callable[[int], str]
) -> tuple[Pagination, Sequence[Entry]]:
    """Return where a page stands and what is on it.

    Args:
        entries: all of them.
        per_page: how many stand on one page.
        asked: number of the page.
        url: gives the address of a page.

    Raises:
        BadParametersError: the list ends before that page.
    """
    paging = paginate(len(entries), per_page, asked, url)
    if asked != paging.page:
        raise BadParametersError({"page": Told(_PAGES, num=paging.pages)})
    return paging, entries[paging.start : paging.start + per_page]
