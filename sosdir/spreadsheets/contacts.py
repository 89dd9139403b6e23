"""Read how a facility of the municipal standard is reached, into the channels of a service."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sosdir.models import Channel, ChannelKind, Service, Source, SourceKind
from sosdir.revising import channel_prefix, next_ids, source_prefix
from sosdir.spreadsheets import repairs, weekdays
from sosdir.spreadsheets.proposals import Proposal

Facts = Mapping[str, str]
_KINDS = {
    "phone": ChannelKind.PHONE,
    "fax": ChannelKind.FAX,
    "email": ChannelKind.EMAIL,
    "form": ChannelKind.WEB_FORM,
}
# The facts of a row that say how it is reached.
FACTS = tuple(_KINDS)


def with_contacts(
    proposal: Proposal, service: Service, facts: Facts, past: Collection[str]
) -> Service:
    """Return a service with the source and the channels that a row states; others stay.

    A channel of the same value is the same; else the only one of its kind is the one meant; else
    it is new.

    Args:
        proposal: of the row.
        service: as it is so far.
        facts: cells by fact.
        past: the ids that its channels and sources ever bore.
    """
    source = _source(service, facts, past)
    if source and source not in service.sources:
        service = replace(service, sources=(*service.sources, source))
    fresh = next_ids(channel_prefix(service.id), {*past, *(each.id for each in service.channels)})
    found = list(service.channels)
    for fact, kind in _KINDS.items():
        text = facts.get(fact, "")
        value = repairs.channel_value(kind, text)
        if not value:
            continue
        column = proposal.columns.get(fact, fact)
        if value != text:
            proposal.note(f"{column}の「{text}」を「{value}」と読みました。")
        at = _meant(found, kind, value)
        if at is None:
            at = len(found)
            found.append(_blank(next(fresh), kind, facts))
        found[at] = _told(proposal, found[at], value, facts, source)
        proposal.columns["channel", at] = column
    return replace(service, channels=tuple(found))


def _source(service: Service, facts: Facts, past: Collection[str]) -> Source | None:
    url = facts.get("url", "")
    if not url:
        return None
    for each in service.sources:
        if each.url == url:
            return each
    used = {*past, *(each.id for each in service.sources)}
    authority = facts.get("authority") or (
        facts.get("prefecture", "") + facts.get("municipality", "")
    )
    runner = service.organization.name if service.organization else ""
    key = next(next_ids(source_prefix(service.id), used))
    return Source(key, url, authority or runner, SourceKind.GOVERNMENT, None)


def _meant(channels: list[Channel], kind: ChannelKind, value: str) -> int | None:
    """Return the place of the channel that a value is about."""
    alike = [at for at, each in enumerate(channels) if each.kind is kind]
    same = [at for at in alike if channels[at].value == value]
    meant = same or (alike if len(alike) == 1 else [])
    return meant[0] if meant else None


def _blank(key: str, kind: ChannelKind, facts: Facts) -> Channel:
    extension = facts.get("extension") if kind is ChannelKind.PHONE else None
    note = f"内線 {extension}" if extension else None
    return Channel(key, kind, None, None, None, None, (), None, None, note, None, ())


def _told(
    proposal: Proposal, channel: Channel, value: str, facts: Facts, source: Source | None
) -> Channel:
    """Return a channel with what the row says of it."""
    stated = (source.id,) if source else ()
    # What stated another value does not state this one.
    kept = channel.source_ids if channel.value == value else ()
    sources = tuple(dict.fromkeys((*kept, *stated)))
    hours = _hours(proposal, channel, facts) if channel.kind is ChannelKind.PHONE else {}
    return replace(channel, value=value, source_ids=sources, **hours)


def _hours(proposal: Proposal, channel: Channel, facts: Facts) -> dict[str, Any]:
    days, start, end = (facts.get(each, "") for each in ("days", "start", "end"))
    remarks = facts.get("hours_remarks", "")
    text = weekdays.words(days, start, end, remarks)
    hours = weekdays.opening_hours(days, start, end, remarks)
    if text is None or text == channel.hours_text:
        return {}
    if hours is None:
        proposal.note(f"受付時間「{text}」は式にできないため、ことばのまま残しました。")
        return {"hours": None, "hours_text": text}
    # The same days and times; what is known of holidays besides stays.
    if channel.hours and channel.hours.startswith((f"{hours};", f"{hours} ")):
        return {}
    if hours == channel.hours:
        return {}
    return {"hours": hours, "hours_text": text}
