"""Write the coming hours of a line as iCalendar (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from sosdir.locales import SPEECH, Speech
from sosdir.pocket.lines import NEUTRAL_NAME, stable_id
from sosdir.presentation import ChannelLine, Result
from sosdir.schedules import Answered, answered

# As far ahead as hours are laid out: four weeks hold the next holidays, and are soon made anew.
DAYS = 28
_ANEW = timedelta(hours=12)
_JAPAN = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Hold the channels of a service that answer at the same times.

    Args:
        number: place of the first of them in the service, from 1.
        channels: in order.
        spans: in which they answer.
    """

    number: int
    channels: tuple[ChannelLine, ...]
    spans: tuple[Answered, ...]


def calendar(
    result: Result,
    changed: datetime,
    today: date,
    speech: Speech = SPEECH,
    *,
    neutral: bool = False,
) -> bytes:
    """Return a calendar of the hours in which a line is answered for sure.

    What is not known is no event, and the calendar says so; nothing is guessed ahead by a rule.

    Args:
        result: the line as shown.
        changed: the instant of its last change, with a zone.
        today: the first day, in Japan.
        speech: of the reader.
        neutral: whether nothing in it tells what it is of.
    """
    groups = tuple(_alike(result, today))
    made = _calendar(result, changed, speech, has_events=any(each.spans for each in groups))
    if neutral:
        made = _calendar_without_words(result, speech)
    made.add_component(_tokyo())
    for group in groups:
        for span in group.spans:
            made.add_component(_event(result, group, span, changed, speech, neutral=neutral))
    return bytes(made.to_ical())


def _alike(result: Result, today: date) -> Iterator[_Alike]:
    by_hours: dict[str, list[tuple[int, ChannelLine]]] = {}
    for number, channel in enumerate(result.channels, 1):
        if channel.live and channel.reachable and channel.answering_hours:
            by_hours.setdefault(channel.answering_hours, []).append((number, channel))
    for hours, numbered in by_hours.items():
        channels = tuple(channel for _, channel in numbered)
        yield _Alike(numbered[0][0], channels, answered(hours, today, DAYS))


def _bare(result: Result, name: str, kind: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//sosdir//sosdir//JA")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("uid", stable_id("calendar", kind, result.id))
    made.add("name", name)
    # What Apple and Google read in place of NAME and REFRESH-INTERVAL.
    made.add("x-wr-calname", vText(name))
    made.add("x-wr-timezone", "Asia/Tokyo")
    made.add("refresh-interval", _ANEW, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    return made


def _calendar(result: Result, changed: datetime, speech: Speech, *, has_events: bool) -> Calendar:
    made = _bare(result, result.name, "named")
    words = _words(result, speech, has_events=has_events)
    made.add("description", words)
    made.add("x-wr-caldesc", vText(words))
    made.add("url", result.url)
    made.add("source", f"{result.url}.ics", parameters={"VALUE": "URI"})
    made.add("last-modified", changed.astimezone(UTC))
    return made


def _calendar_without_words(result: Result, speech: Speech) -> Calendar:
    return _bare(result, speech.gettext(NEUTRAL_NAME), "neutral")


def _words(result: Result, speech: Speech, *, has_events: bool) -> str:
    if has_events:
        known = speech.gettext(
            "分かっている受付時間だけをのせています。のっていない時間は、休みとはかぎりません。"
        )
    else:
        known = speech.gettext("受付時間が分からないため、予定は入っていません。")
    return "\n".join((known, f"{result.evidence_label} / {result.checked_label}"))


def _tokyo() -> Timezone:
    """Return the zone of Japan, which has had no summer time since 1951."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Tokyo")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  # a zone's own time has none
    standard.add("tzoffsetfrom", _JAPAN)
    standard.add("tzoffsetto", _JAPAN)
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone


def _event(
    result: Result,
    group: _Alike,
    span: Answered,
    changed: datetime,
    speech: Speech,
    *,
    neutral: bool,
) -> Event:
    event = Event()
    kind = "neutral" if neutral else "named"
    key = f"{group.number}-{span.start:%Y%m%dT%H%M}"
    event.add("uid", stable_id("event", kind, result.id, key).removeprefix("urn:uuid:"))
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("transp", "TRANSPARENT")
    if neutral:
        event.add("summary", speech.gettext(NEUTRAL_NAME))
        return event
    event.add("summary", f"{result.name} ({_kinds(group.channels, speech)})")
    event.add("description", "\n".join(_reach(group.channels, speech)))
    event.add("url", result.url)
    return event


def _kinds(channels: Iterable[ChannelLine], speech: Speech) -> str:
    return speech.listed(dict.fromkeys(each.kind_label for each in channels))


def _reach(channels: Iterable[ChannelLine], speech: Speech) -> Iterator[str]:
    for each in channels:
        if each.value:
            doubt = f" ({speech.gettext('番号の確認中')})" if each.doubted else ""
            yield f"{each.kind_label}: {each.value}{doubt}"
