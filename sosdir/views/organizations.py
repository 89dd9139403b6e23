"""The organizations: what each runs, what it commissions, with whom and under which programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, render_template, request, url_for

from sosdir import context, linked_data, multilingual
from sosdir.errors import NotFoundError
from sosdir.forms.involved import Asked, read_asked
from sosdir.forms.query import BadParametersError
from sosdir.listing.involved import area_links, known, page_of, results
from sosdir.locales import mark
from sosdir.models import NATIONWIDE
from sosdir.partnerships import Involvement, Role, chosen, usages
from sosdir.presentation import Result
from sosdir.vocabulary import NATIONWIDE_LABEL

blueprint = Blueprint("organizations", __name__)

PER_PAGE = 50
SERVICES_PER_PAGE = 20

_ROLE_LABELS = {
    Role.RUNS: mark("窓口を運営している"),
    Role.COMMISSIONS: mark("窓口を委託している"),
    Role.BOTH: mark("運営も委託もしている"),
}


@blueprint.get("/organizations")
def organizations() -> str:
    """List the organizations that run or commission a line, by name, prefecture and role.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    asked = read_asked(request.args)
    gazetteer = context.gazetteer()
    if asked.area not in (None, NATIONWIDE) and not gazetteer.exists(asked.area or ""):
        raise BadParametersError({"area": mark("都道府県を選んでください。")})
    found = chosen(known().organizations.values(), asked.text, asked.area, asked.role)
    paging, shown = page_of(found, PER_PAGE, asked.page, lambda page: _url(asked, page))
    return render_template(
        "organizations.html",
        total=len(found),
        page=paging,
        organizations=[_row(each) for each in shown],
        asked=asked,
        areas=[_nationwide(), *((each.code, _named(each.code)) for each in gazetteer.prefectures)],
        regions=_regions(),
        roles=[(role.value, _said(label)) for role, label in _ROLE_LABELS.items()],
    )


@blueprint.get("/organizations/<organization_id>")
def organization(organization_id: str) -> str:
    """Show what one organization has to do with; one of no listed service is not known here.

    Raises:
        NotFoundError: no listed service names it.
        BadParametersError: a parameter cannot be used.
    """
    found = known().organizations.get(organization_id)
    if found is None:
        raise NotFoundError(f"There is no organization {organization_id!r}.")
    asked = read_asked(request.args)
    paging, shown = page_of(
        found.ties, SERVICES_PER_PAGE, asked.page, lambda page: _one_url(organization_id, page)
    )
    runs = {each.service_id for each in found.runs}
    told = results(shown)
    return render_template(
        "organization.html",
        organization=_row(found),
        page=paging,
        runs=[each for each in told if each.id in runs],
        commissions=[each for each in told if each.id not in runs],
        partners=list(dict.fromkeys(name for each in found.ties for name in each.partners)),
        programs=[each.program for each in usages(found.ties).values()],
        linked=linked_data.script(_linked(found, [each for each in told if each.id in runs])),
    )


def _linked(found: Involvement, runs: Iterable[Result]) -> dict[str, Any]:
    """Return the page for machines, the same in every language."""
    body = found.organization
    address = context.lasting_url(".organization", organization_id=body.id)
    services = (
        (each.name, context.lasting_url("services.service", service_id=each.id)) for each in runs
    )
    return linked_data.organization(body.name, address, services)


def _row(found: Involvement) -> dict[str, Any]:
    return {
        "id": found.organization.id,
        "name": found.organization.name,
        "runs": len(found.runs),
        "commissions": len(found.commissions),
        "areas": area_links(found.areas),
    }


def _regions() -> list[dict[str, Any]]:
    return [
        {
            "name": _said(region.name),
            "prefectures": area_links(each.code for each in region.prefectures),
        }
        for region in context.gazetteer().regions()
    ]


def _url(asked: Asked, page: int) -> str:
    return url_for(
        ".organizations",
        q=asked.text or None,
        area=asked.area,
        role=asked.role.value if asked.role else None,
        page=page if page > 1 else None,
    )


def _one_url(organization_id: str, page: int) -> str:
    number = page if page > 1 else None
    return url_for(".organization", organization_id=organization_id, page=number)


def _named(code: str) -> str:
    return context.gazetteer().get(code).named(multilingual.locale())


def _nationwide() -> tuple[str, str]:
    return NATIONWIDE, _said(NATIONWIDE_LABEL)


def _said(label: str) -> str:
    return multilingual.current().gettext(label)
