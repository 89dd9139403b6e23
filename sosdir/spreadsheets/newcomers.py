"""Make a service of a facility that the directory does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sosdir.models import (
    AnswersFor,
    Basis,
    EvidenceLevel,
    Focus,
    Organization,
    Service,
    ServiceStatus,
)
from sosdir.spreadsheets import contacts
from sosdir.spreadsheets.contacts import Facts
from sosdir.text import fold

T = TypeVar("T")
# No column says these, so they are guessed, and a person is told to look.
_FOCUS = (
    (Focus.PREGNANCY_SOS, re.compile("妊娠.*(sos|エスオーエス|葛藤)|予期せぬ|思いがけない")),
    (Focus.WOMENS_HEALTH, re.compile("女性|思春期|不妊")),
)
_ANSWERS = (
    (AnswersFor.SOCIAL_WELFARE, re.compile("社会福祉法人|乳児院")),
    (AnswersFor.MEDICAL, re.compile("病院|医療|診療所|クリニック|助産院")),
    (AnswersFor.PROFESSIONAL_BODY, re.compile("助産師会|看護協会|医師会")),
    (AnswersFor.NPO, re.compile("NPO|特定非営利|一般社団|一般財団|公益")),
)

GUESSED = "「何の窓口か」と「どういう主体が答えるか」は名称から推しました。確かめてください。"


def new_service(
    key: str, facts: Facts, code: str, organization: Organization | None, today: date
) -> Service:
    """Return the service that a facility becomes, before its position, sources and channels.

    Nothing is known of it until a source is.

    Args:
        key: its id.
        facts: cells by fact.
        code: of its area.
        organization: who runs it.
        today: in Japan.
    """
    focus = _first(_FOCUS, fold(facts["name"])) or Focus.MATERNITY
    authority = AnswersFor.PREFECTURE if len(code) == 2 else AnswersFor.MUNICIPALITY
    answers_for = _first(_ANSWERS, facts.get("body", "")) or authority
    return Service(
        id=key,
        name=facts["name"],
        focus=focus,
        answers_for=answers_for,
        organization=organization,
        department=None,
        operator_text=None,
        commissioners=(),
        partners=(),
        programs=(),
        prefecture_code=code[:2],
        municipality_code=code if len(code) == 6 else None,
        address=address(facts),
        position=None,
        area_served=None,
        service_areas=(code,),
        service_area_basis=Basis.STATED,
        eligibility=None,
        channels=(),
        fee=None,
        anonymous=None,
        confidentiality=None,
        languages=(),
        staff=(),
        offers=(),
        website=facts.get("url") or None,
        statistics=(),
        established=None,
        evidence=EvidenceLevel.UNCONFIRMED,
        newest_source_year=None,
        collected_on=today,
        checked_on=None,
        contact_missing=not any(facts.get(each) for each in contacts.FACTS),
        status=ServiceStatus.ACTIVE,
        status_note=None,
        successor_id=None,
        hold=None,
        editor_note=_remarks(facts),
        sources=(),
    )


def address(facts: Facts) -> str | None:
    """Return the address of a facility with its building, or None.

    Args:
        facts: cells by fact.
    """
    return " ".join(filter(None, (facts.get("address"), facts.get("building")))) or None


def _remarks(facts: Facts) -> str | None:
    told = (facts.get(each) for each in ("description", "contact_remarks", "remarks"))
    return " / ".join(filter(None, told)) or None


def _first(rules: Sequence[tuple[T, re.Pattern[str]]], text: str) -> T | None:
    return next((value for value, pattern in rules if pattern.search(text)), None)
