"""The programmes under which lines are run, as the sources word them."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from sosdir.errors import NotFoundError
from sosdir.forms.involved import read_asked
from sosdir.listing.involved import area_links, known, page_of, results
from sosdir.models import Organization
from sosdir.partnerships import Usage

blueprint = Blueprint("programs", __name__)

PER_PAGE = 50
SERVICES_PER_PAGE = 20


@blueprint.get("/programs")
def programs() -> str:
    """List the programmes that a source names.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    found = list(known().programs.values())
    asked = read_asked(request.args)
    paging, shown = page_of(found, PER_PAGE, asked.page, _list_url)
    return render_template(
        "programs.html",
        page=paging,
        total=len(found),
        national=[_row(each) for each in shown if each.program.is_known],
        others=[_row(each) for each in shown if not each.program.is_known],
    )


@blueprint.get("/programs/<slug>")
def program(slug: str) -> str:
    """Show what the sources say of one programme.

    Raises:
        NotFoundError: no listed service names it.
        BadParametersError: a parameter cannot be used.
    """
    found = known().programs.get(slug)
    if found is None:
        raise NotFoundError(f"There is no programme {slug!r}.")
    asked = read_asked(request.args)
    paging, shown = page_of(
        found.ties, SERVICES_PER_PAGE, asked.page, lambda page: _one_url(slug, page)
    )
    return render_template(
        "program.html",
        program=found.program,
        wordings=[(wording, len(held)) for wording, held in found.wordings],
        commissioners=_bodies(found, "commissioners"),
        operators=_bodies(found, "operator"),
        areas=area_links(found.areas),
        page=paging,
        services=results(shown),
    )


def _row(usage: Usage) -> dict[str, object]:
    return {
        "slug": usage.program.slug,
        "name": usage.program.name,
        "count": len(usage.ties),
        "areas": area_links(usage.areas),
    }


def _bodies(usage: Usage, role: str) -> list[Organization]:
    """Return the commissioners, or the operators, of a programme's services, each once."""
    held: list[Organization] = []
    for tie in usage.ties:
        if role == "commissioners":
            held.extend(tie.commissioners)
        elif tie.operator:
            held.append(tie.operator)
    return list(dict.fromkeys(held))


def _list_url(page: int) -> str:
    return url_for(".programs", page=page if page > 1 else None)


def _one_url(slug: str, page: int) -> str:
    return url_for(".program", slug=slug, page=page if page > 1 else None)
