"""Say a service in the words of schema.org."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sosdir import channels
from sosdir.linked_data.hours import specifications
from sosdir.linked_data.writing import SCHEMA_ORG, told
from sosdir.models import NATIONWIDE, AnswersFor, ChannelKind
from sosdir.presentation import ChannelLine, Result

# Those whose own public body answers for them; "national" are bodies that work nationwide.
_GOVERNMENT = frozenset({AnswersFor.PREFECTURE, AnswersFor.MUNICIPALITY})


def service(result: Result, url: str, area_name: Callable[[str], str]) -> dict[str, Any]:
    """Return a service as ``GovernmentService`` or ``Service``.

    Args:
        result: as shown.
        url: of its page, the same in every language.
        area_name: gives the name of a prefecture or municipality from its code.
    """
    is_government = AnswersFor(result.answers_for) in _GOVERNMENT
    return told(
        context_=SCHEMA_ORG,
        type_="GovernmentService" if is_government else "Service",
        id_=url,
        url=url,
        name=result.name,
        serviceType=result.focus_label,
        sameAs=result.website,
        **_who(result, is_government),
        areaServed=[_area(code, area_name) for code in result.service_areas],
        audience=_typed("Audience", audienceType=result.eligibility),
        offers=_typed("Offer", price=0, priceCurrency="JPY") if result.free else None,
        availableChannel=list(_channels(result)),
        mainEntityOfPage=_page(result, url),
    )


def _who(result: Result, is_government: bool) -> dict[str, Any]:
    """Return who provides it, and of a public service who runs it for them."""
    operator = _organizations(filter(None, [result.organization]))
    commissioners = _organizations(result.commissioners)
    if is_government and commissioners:
        runs = operator if operator != commissioners else None
        return told(provider=commissioners, serviceOperator=runs)
    return told(provider=operator)


def _organizations(names: Iterable[str]) -> Any:
    found = [_typed("Organization", name=name) for name in names]
    return found if found[1:] else next(iter(found), None)


def _area(code: str, area_name: Callable[[str], str]) -> dict[str, Any] | None:
    if code == NATIONWIDE:
        return _typed("Country", name="Japan", identifier="JP")
    # The codes of prefectures and those of municipalities are two standards.
    standard = "JIS X 0401" if len(code) == 2 else "JIS X 0402"
    identifier = _typed("PropertyValue", propertyID=standard, value=code)
    return _typed("AdministrativeArea", name=area_name(code), identifier=identifier)


def _channels(result: Result) -> Iterator[dict[str, Any]]:
    for channel in result.channels:
        # Where a value was reported as wrong, no label of that could travel with it.
        reached = {} if channel.doubted or not channel.reachable else _reached(channel)
        if reached:
            yield told(
                type_="ServiceChannel",
                name=channel.kind_label,
                **reached,
                availableLanguage=list(channel.languages),
            )


def _reached(channel: ChannelLine) -> dict[str, Any]:
    """Return how a channel is reached; nothing of a fax, for nobody knows who reads it."""
    kind = ChannelKind(channel.kind)
    if channel.value and kind in (ChannelKind.PHONE, ChannelKind.SMS):
        name = "servicePhone" if kind is ChannelKind.PHONE else "serviceSmsNumber"
        return told(**{name: _contact_point(channel)})
    if channel.value and kind is ChannelKind.IN_PERSON:
        hours = specifications(channel.answering_hours)
        place = _typed("Place", address=channel.value, openingHoursSpecification=hours)
        return told(serviceLocation=place)
    return {} if kind is ChannelKind.FAX else told(serviceUrl=channel.href)


def _contact_point(channel: ChannelLine) -> dict[str, Any] | None:
    return _typed(
        "ContactPoint",
        telephone=channels.international(channel.value or "") or channel.value,
        hoursAvailable=specifications(channel.answering_hours),
    )


def _page(result: Result, url: str) -> dict[str, Any] | None:
    """Return the page with the day the facts were collected, and that of an admin's check."""
    return _typed(
        "WebPage",
        url=url,
        dateCreated=result.collected_on.isoformat(),
        lastReviewed=result.checked_on.isoformat() if result.checked_on else None,
    )


def _typed(kind: str, **properties: Any) -> dict[str, Any] | None:
    """Return a thing of a kind, None where nothing is said of it."""
    said = told(**properties)
    return {"@type": kind, **said} if said else None
