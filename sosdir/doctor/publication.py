"""Look into every text that the public may read for what nobody may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

from sosdir import announcing, evidence
from sosdir.db import Database
from sosdir.models import ChannelKind, Service
from sosdir.notices import Contact
from sosdir.store import contacts, retired_numbers
from sosdir.text import fold


def leaks(db: Database, everything: list[Service], day: date) -> list[str]:
    """Return where a text that is public on a day names a contact that it must not.

    That is a number that is out of use, or a contact of the line itself that evidence withholds
    and that no other line shows. The values of channels are judged with the facts.

    Args:
        db: to read.
        everything: all services.
        day: in Japan.
    """
    dead = [
        Contact(ChannelKind.PHONE, each.number, each.name)
        for each in retired_numbers.everything(db)
    ]
    shown = {each.key for each in contacts.everything(db, day).shown}
    found = []
    for service in everything:
        if evidence.is_listed(service):
            published = evidence.publish(service, day)
            own = _own(service) if published.withheld else ()
            secret = [*dead, *(each for each in own if each.key not in shown)]
            text = "\n".join(_texts(_without_values(published.service)))
            found += [f"{service.id} ({value})" for value in _among(text, secret)]
    for each in announcing.shown(db, day):
        text = "\n".join(_texts(each.notice))
        found += [f"notice {each.notice.id} ({value})" for value in _among(text, dead)]
    return found


def _own(service: Service) -> Iterator[Contact]:
    for each in service.channels:
        # Where one may go is often the office that runs the line, whose name is always shown.
        if each.value is not None and each.kind is not ChannelKind.IN_PERSON:
            yield Contact(each.kind, each.value, service.name)


def _without_values(service: Service) -> Service:
    """Return a service without its contacts, nor its sources, whose addresses hold any digits."""
    bare = tuple(replace(each, value=None) for each in service.channels)
    return replace(service, channels=bare, sources=())


def _among(text: str, secret: Iterable[Contact]) -> Iterator[str]:
    folded = fold(text)
    digits = "".join(re.findall("[0-9]", folded))
    for each in secret:
        if each.stands_in(folded, digits):
            yield each.value


def _texts(value: object) -> Iterator[str]:
    """Give every text of a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
