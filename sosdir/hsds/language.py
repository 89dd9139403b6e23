"""Tell in which languages a service or a phone can be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosdir import languages
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that can be used."""

    id: Identifier
    service_id: Identifier | None = None
    phone_id: Identifier | None = None
    name: str
    code: str


def of_service(service_id: str, codes: Iterable[str]) -> tuple[Language, ...]:
    """Return the languages that a source states of a service.

    Args:
        service_id: ours.
        codes: of the languages.
    """
    owner = identifier("service", service_id)
    return tuple(_language(service_id, code, service_id=owner) for code in codes)


def of_phone(channel_id: str, codes: Iterable[str]) -> tuple[Language, ...]:
    """Return the languages that a source states of one phone alone.

    Args:
        channel_id: ours.
        codes: of the languages.
    """
    owner = identifier("phone", channel_id)
    return tuple(_language(channel_id, code, phone_id=owner) for code in codes)


def _language(owner: str, code: str, **links: str) -> Language:
    made = identifier("language", owner, code)
    return Language(id=made, name=languages.name(code), code=code, **links)
