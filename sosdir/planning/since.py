"""Tell what changed since a day in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from flask import url_for

from sosdir import db, multilingual
from sosdir.areas import Gazetteer
from sosdir.coverage import Event, Happening, changes
from sosdir.locales import mark
from sosdir.models import NATIONWIDE
from sosdir.planning.kept import opened
from sosdir.schedules import TOKYO
from sosdir.store import recent, services
from sosdir.vocabulary import CHANNEL_LABELS, NATIONWIDE_LABEL

_SAID: Final = {
    Happening.OPENED: mark("開設(出典のことばから)"),
    Happening.ADDED: mark("この案内に加わりました"),
    Happening.ENDED: mark("終了"),
    Happening.GAINED: mark("加わった連絡の方法:%(channels)s"),
    Happening.LOST: mark("なくなった連絡の方法:%(channels)s"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """Hold one change as shown.

    Args:
        day: written out.
        place: whom the line serves.
        name: of the line.
        url: of its page.
        what: happened.
    """

    day: str
    place: str
    name: str
    url: str
    what: str


def happened(gazetteer: Gazetteer, since: date, code: str | None = None) -> list[Happened]:
    """Return what changed since a day, by prefecture from north to south, the newest first.

    Args:
        gazetteer: of the same data.
        since: the first day that counts.
        code: of the prefecture, None for the whole country.
    """
    database = db.current()
    start = datetime.combine(since, time(tzinfo=TOKYO))
    histories = recent.histories(database, start)
    found = [each for each in opened() if each.on >= since]
    found += changes(services.find(database, list(histories)), histories, since)
    told = (each for each in found if code is None or code in _prefectures(each))
    return [_said(gazetteer, each) for each in sorted(told, key=_order)]


def _order(event: Event) -> tuple[list[str], int, str]:
    """Put prefectures from north to south, and in each the newest first."""
    return _prefectures(event), -event.on.toordinal(), event.service_id


def _prefectures(event: Event) -> list[str]:
    return sorted({area[:2] for area in event.areas})


def _said(gazetteer: Gazetteer, event: Event) -> Happened:
    speech = multilingual.current()
    kinds = speech.listed(speech.gettext(CHANNEL_LABELS[kind]) for kind in event.kinds)
    values = {"channels": kinds} if event.kinds else {}
    return Happened(
        day=speech.full_date(event.on),
        place=speech.listed(_named(gazetteer, area) for area in event.areas),
        name=event.name,
        url=url_for("services.service", service_id=event.service_id),
        what=speech.gettext(_SAID[event.happening], **values),
    )


def _named(gazetteer: Gazetteer, code: str) -> str:
    if code == NATIONWIDE:
        return multilingual.current().gettext(NATIONWIDE_LABEL)
    locale, place = multilingual.locale(), gazetteer.get(code)
    if place.is_prefecture:
        return place.named(locale)
    prefecture = gazetteer.get(place.prefecture_code).named(locale)
    return f"{prefecture} {place.named(locale)}"
