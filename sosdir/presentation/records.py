"""A service as people read it: what templates and data forms show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sosdir.locales import SPEECH, Speech
from sosdir.presentation.figures import Figures
from sosdir.schedules import Day, Span, week


@dataclass(frozen=True, slots=True)
class DayHours:
    """Hold one day of a channel's coming week, as printed; ``note`` stands beside the spans."""

    label: str
    date_label: str
    holiday: str | None
    is_today: bool
    spans: str
    note: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Hold one source as listed under a service.

    Args:
        number: its place in that list, from 1.
        url: of the page, None where what is stored is no web address.
    """

    number: int
    url: str | None
    publisher: str
    kind_label: str
    page_date: str | None


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """Hold one channel as shown.

    Args:
        value: where it is reached, None where evidence withholds it or its service rests.
        href: the link that reaches it, or the operator's page where ``via_website``.
        withheld: whether evidence withholds its value.
        via_website: whether only the operator's page leads to it.
        reachable: whether a person can reach it with what is shown.
        hours_phrase: its hours in the reader's language, None in Japanese or where words fail.
        fits: whether it meets what is asked of channels.
        sources: numbers of the sources that state it.
        sources_are_certain: whether each of them states it, or any one of them.
        answering_hours: as they hold, the turn of the year included.
        today: the day in Japan from which its week is laid out.
        doubted: whether a visitor reported the value shown as wrong and nobody has answered yet.
        speech: of the reader, for its week.
    """

    kind: str
    kind_label: str
    value: str | None
    href: str | None
    live: bool
    withheld: bool
    via_website: bool
    reachable: bool
    fits: bool
    state: str
    state_text: str
    next_change: datetime | None
    hours: str | None
    hours_text: str | None
    hours_phrase: str | None
    note: str | None
    toll_free: bool | None
    languages: tuple[str, ...]
    language_names: tuple[str, ...]
    caller_id: str | None
    reply: str | None
    action_label: str | None
    sources: tuple[int, ...]
    sources_are_certain: bool
    answering_hours: str | None
    today: date
    doubted: bool = False
    speech: Speech = SPEECH

    @property
    def week(self) -> tuple[DayHours, ...]:
        """Return seven days from today, none where no hours are known."""
        return coming_week(self.answering_hours, self.today, self.speech)

    @property
    def display(self) -> str | None:
        """Return the text that a button or line shows: its value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a name that has a page of its own.

    Args:
        kind: ``organization`` or ``program``.
        key: by which its page is found.
        name: as a source has it.
    """

    kind: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Result:
    """Hold one service as shown; names follow the record and the data forms.

    Args:
        operator: the organization that runs it.
        commissioned_by: the commissioners.
        run_under: the programmes, each in the source's words.
        voiceless: whether who asks cannot speak: then no other way is offered instead.
        narrowed: whether something is asked of channels, so that the state is that of some.
    """

    id: str
    name: str
    url: str
    focus: str
    focus_label: str
    answers_for: str
    answers_for_label: str
    organization: str | None
    operator: Named | None
    department: str | None
    commissioners: tuple[str, ...]
    commissioned_by: tuple[Named, ...]
    partners: tuple[str, ...]
    programs: tuple[str, ...]
    run_under: tuple[Named, ...]
    area_label: str
    area_served: str | None
    area_presumed: bool
    service_areas: tuple[str, ...]
    service_area_basis: str
    eligibility: str | None
    address: str | None
    evidence: str
    evidence_label: str
    age_label: str | None
    checked_on: date | None
    collected_on: date
    checked_label: str
    source_year: int | None
    state: str
    state_text: str
    next_change: datetime | None
    anonymous: bool | None
    confidentiality: str | None
    free: bool
    fee: str | None
    fee_text: str | None
    languages: tuple[str, ...]
    language_names: tuple[str, ...]
    offers: tuple[str, ...]
    staff: tuple[str, ...]
    established: str | None
    website: str | None
    withheld: bool
    contact_missing: bool
    status: str
    status_label: str
    status_note: str | None
    resting: bool
    reachable: bool
    distance_km: float | None
    nearness: int
    prefecture_code: str | None
    latitude: float | None
    longitude: float | None
    position_precision: str | None
    channels: tuple[ChannelLine, ...]
    narrowed: bool
    voiceless: bool
    sources: tuple[SourceLine, ...]
    figures: tuple[Figures, ...]


def coming_week(hours: str | None, today: date, speech: Speech = SPEECH) -> tuple[DayHours, ...]:
    """Return seven days of hours from today as printed, none where no hours are known.

    Args:
        hours: an opening_hours expression, or None.
        today: in Japan.
        speech: of the reader.

    Raises:
        HoursError: the expression cannot be read.
    """
    if hours is None:
        return ()
    return tuple(_day_hours(day, today, speech) for day in week(hours, today))


def _day_hours(day: Day, today: date, speech: Speech) -> DayHours:
    spans = [_span(each, speech) for each in day.spans] if day.state_note != "24時間" else []
    return DayHours(
        label=speech.weekday(day.date.weekday()),
        date_label=speech.month_and_day(day.date),
        holiday=speech.gettext(day.holiday) if day.holiday else None,
        is_today=day.date == today,
        spans=("、" if speech.locale.is_japanese else ", ").join(spans),
        note=speech.gettext(day.state_note) if day.state_note else "",
        unknown=day.unknown,
    )


def _span(span: Span, speech: Speech) -> str:
    end = span.end.removeprefix("翌")
    if end != span.end:
        end = speech.gettext("翌%(time)s", time=end)
    told = f"{span.start}{'〜' if speech.locale.is_japanese else '–'}{end}"
    return speech.gettext("%(span)s(要確認)", span=told) if span.unknown else told
