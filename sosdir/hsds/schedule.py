"""Tell the hours of each channel: as RRULE where that is exact, always as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier, own
from sosdir.models import Channel, ChannelKind, Service
from sosdir.schedules import OnHolidays, Recurrence, answering_hours, recurring
from sosdir.vocabulary import CHANNEL_LABELS

JAPAN = 9  # hours before UTC, all year
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a channel of a service answers; a ``closes_at`` not after ``opens_at`` is next day."""

    id: Identifier
    service_id: Identifier
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    interval: int | None = None
    byday: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    timezone: int | None = None
    description: str | None = None
    attending_type: str
    notes: str | None = None
    channel_id: str | None = own("The id of the channel whose hours these are.")
    channel_kind: ChannelKind | None = own("By which means that channel reaches the service.")
    public_holidays: OnHolidays | None = own(
        "What holds on Japan's public holidays, of which freq and byday know nothing."
    )
    year_end: Literal["unknown"] | None = own(
        "Unknown where its words except the turn of the year and give no dates:"
        " from 29 December to 3 January, freq and byday promise nothing."
    )


def schedules(service: Service, kind: ChannelKind | None = None) -> tuple[Schedule, ...]:
    """Return the schedules of a service, one for each span of each channel.

    Args:
        service: published.
        kind: of the channels, None for all.
    """
    told = (each for each in service.channels if kind in {None, each.kind})
    return tuple(made for channel in told for made in _schedules(service.id, channel))


def _schedules(service_id: str, channel: Channel) -> Iterator[Schedule]:
    if not (channel.hours or channel.hours_text):
        return
    said = recurring(channel.hours) if channel.hours else None
    if said is None:
        yield _schedule(service_id, channel, 1)
        return
    for number, each in enumerate(said.spans, start=1):
        yield _schedule(service_id, channel, number, each, said.on_holidays)


def _schedule(
    service_id: str,
    channel: Channel,
    number: int,
    span: Recurrence | None = None,
    on_holidays: OnHolidays | None = None,
) -> Schedule:
    hides_year_end = answering_hours(channel) != channel.hours
    return Schedule(
        id=identifier("schedule", channel.id, str(number)),
        service_id=identifier("service", service_id),
        freq=span.freq if span else None,  # type: ignore[arg-type]
        interval=1 if span else None,
        byday=span.byday if span else None,
        opens_at=_clock(span.start) if span else None,
        closes_at=_clock(span.end) if span else None,
        timezone=JAPAN if span else None,
        description=channel.hours,
        attending_type=CHANNEL_LABELS[channel.kind],
        notes=channel.hours_text,
        channel_id=channel.id,
        channel_kind=channel.kind,
        public_holidays=on_holidays,
        year_end="unknown" if hides_year_end else None,
    )


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % _MIDNIGHT, 60)
    return f"{hour:02}:{minute:02}+09:00"
