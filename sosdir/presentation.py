"""Say a service as people read it: what templates and data forms show, already decided.

Nothing here decides what may be shown: it takes what ``evidence`` has published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sosdir import channels, evidence, geocoding
from sosdir.areas import Gazetteer, Place
from sosdir.evidence import Age, Published
from sosdir.models import (
    NATIONWIDE,
    Basis,
    Channel,
    ChannelKind,
    EvidenceLevel,
    Service,
    State,
)
from sosdir.schedules import (
    TOKYO,
    Availability,
    channel_availability,
    describe,
    holiday_name,
    is_live,
    service_availability,
    week,
)
from sosdir.search import Hit
from sosdir.vocabulary import (
    ANSWERS_FOR_LABELS,
    CHANNEL_LABELS,
    EVIDENCE_LABELS,
    FOCUS_LABELS,
    NATIONWIDE_LABEL,
    SOURCE_KIND_LABELS,
)

MAX_AREAS_NAMED = 3

_WEEKDAYS = "月火水木金土日"

_NOT_KNOWN = Availability(State.UNKNOWN, None, None, None)

_AGE_LABELS: Mapping[Age, str | None] = MappingProxyType(
    {
        Age.FRESH: None,
        Age.DUE: "確認から半年たちました",
        Age.OVERDUE: "1年以上確認していません",
    }
)

_ACTIONS: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.PHONE: "電話する",
        ChannelKind.LINE: "LINEをひらく",
        ChannelKind.CHAT: "チャットをひらく",
        ChannelKind.SMS: "SMSを書く",
        ChannelKind.EMAIL: "メールを書く",
        ChannelKind.WEB_FORM: "入力フォームをひらく",
        ChannelKind.CHATBOT: "自動応答をひらく",
        ChannelKind.X: "Xをひらく",
    }
)


@dataclass(frozen=True, slots=True)
class DayHours:
    """Hold one day of a channel's coming week, as printed."""

    label: str
    date_label: str
    holiday: str | None
    is_today: bool
    spans: str
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
        href: the link that reaches it, or the operator's page where ``via_website``.
        withheld: whether evidence withholds its value.
        via_website: whether only the operator's page leads to it.
        sources: numbers of the sources that state it.
        today: the day in Japan from which its week is laid out.
    """

    kind: str
    kind_label: str
    value: str | None
    href: str | None
    live: bool
    withheld: bool
    via_website: bool
    state: str
    state_text: str
    next_change: datetime | None
    hours: str | None
    hours_text: str | None
    note: str | None
    toll_free: bool | None
    action_label: str | None
    sources: tuple[int, ...]
    today: date

    @property
    def week(self) -> tuple[DayHours, ...]:
        """Return seven days from today, none where no hours are known."""
        return _week(self.hours, self.today)

    @property
    def display(self) -> str | None:
        """Return the text that a button or line shows: its value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Result:
    """Hold one service as shown; names follow the record and the data forms."""

    id: str
    name: str
    url: str
    focus: str
    focus_label: str
    answers_for: str
    answers_for_label: str
    organization: str | None
    department: str | None
    commissioners: tuple[str, ...]
    partners: tuple[str, ...]
    programs: tuple[str, ...]
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
    free: bool
    fee: str | None
    fee_text: str | None
    languages: tuple[str, ...]
    offers: tuple[str, ...]
    staff: tuple[str, ...]
    established: str | None
    website: str | None
    withheld: bool
    contact_missing: bool
    distance_km: float | None
    nearness: int
    prefecture_code: str | None
    latitude: float | None
    longitude: float | None
    position_precision: str | None
    channels: tuple[ChannelLine, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Presenter:
    """Present services as of an instant.

    Args:
        gazetteer: to name areas.
        at: the instant asked about, with a zone.
        service_url: gives the address of a service's page from its id.
    """

    gazetteer: Gazetteer
    at: datetime
    service_url: Callable[[str], str]

    @property
    def now(self) -> datetime:
        """Return the instant asked about, in Japan."""
        return self.at.astimezone(TOKYO)

    def results(self, hits: Sequence[Hit], place: Place | None) -> tuple[Result, ...]:
        """Return the services found, as shown, in the same order.

        Args:
            hits: as found.
            place: the place asked, to give distances from; None for none.
        """
        return tuple(self.result(hit.published, hit.nearness, place) for hit in hits)

    def result(self, published: Published, nearness: int = 0, place: Place | None = None) -> Result:
        """Return one service as shown.

        Args:
            published: what may be shown of it.
            nearness: of its area to the place asked.
            place: the place asked, or None.
        """
        service = published.service
        availability = self._availability(published)
        position = service.position
        return Result(
            id=service.id,
            name=service.name,
            url=self.service_url(service.id),
            focus=service.focus.value,
            focus_label=FOCUS_LABELS[service.focus],
            answers_for=service.answers_for.value,
            answers_for_label=ANSWERS_FOR_LABELS[service.answers_for],
            organization=service.organization.name if service.organization else None,
            department=service.department,
            commissioners=tuple(each.name for each in service.commissioners),
            partners=service.partners,
            programs=service.programs,
            area_label=self._area_label(service),
            area_served=service.area_served,
            area_presumed=service.service_area_basis is Basis.PRESUMED,
            service_areas=service.service_areas,
            service_area_basis=service.service_area_basis.value,
            eligibility=service.eligibility,
            address=service.address,
            evidence=published.level.value,
            evidence_label=_evidence_label(published),
            age_label=_age_label(published),
            checked_on=service.checked_on,
            collected_on=service.collected_on,
            checked_label=_checked_label(service),
            source_year=service.newest_source_year,
            state=availability.state.value,
            state_text=_state_text(published, availability, self.now),
            next_change=availability.next_change,
            anonymous=service.anonymous,
            free=service.is_free,
            fee=service.fee,
            fee_text=None if service.fee == "free" else service.fee,
            languages=service.languages,
            offers=service.offers,
            staff=service.staff,
            established=service.established,
            website=channels.website_href(service.website) if service.website else None,
            withheld=published.withheld,
            contact_missing=service.contact_missing,
            distance_km=_distance(service, place),
            nearness=nearness,
            prefecture_code=service.prefecture_code,
            latitude=position.latitude if position else None,
            longitude=position.longitude if position else None,
            position_precision=position.precision.value if position else None,
            channels=tuple(self._channel(published, each) for each in service.channels),
            sources=_sources(service),
        )

    def at_label(self) -> str:
        """Return the instant asked about in words, such as 11月23日(月・祝)18時20分の状態."""
        now = self.now
        holiday = "・祝" if holiday_name(now.date()) else ""
        return (
            f"{now.month}月{now.day}日({_WEEKDAYS[now.weekday()]}{holiday})"
            f"{now.hour}時{now.minute:02d}分の状態"
        )

    def _availability(self, published: Published) -> Availability:
        if published.withheld:
            return _NOT_KNOWN
        service = published.service
        reachable = [
            (channel.kind, channel.hours)
            for channel in service.channels
            if evidence.is_reachable(service, channel)
        ]
        return service_availability(reachable, self.at)

    def _channel(self, published: Published, channel: Channel) -> ChannelLine:
        service = published.service
        reachable = not published.withheld and evidence.is_reachable(service, channel)
        availability = (
            channel_availability(channel.kind, channel.hours, self.at) if reachable else _NOT_KNOWN
        )
        via_website = reachable and channel.value is None
        return ChannelLine(
            kind=channel.kind.value,
            kind_label=CHANNEL_LABELS[channel.kind],
            value=channel.value,
            href=_href(channel, service.website if via_website else None),
            live=is_live(channel.kind, channel.hours),
            withheld=published.withheld,
            via_website=via_website,
            state=availability.state.value,
            state_text=_channel_text(
                channel, published.withheld, reachable, availability, self.now
            ),
            next_change=availability.next_change,
            hours=channel.hours,
            hours_text=channel.hours_text,
            note=channel.note,
            toll_free=channel.toll_free,
            action_label=_action_label(channel.kind, via_website),
            sources=_source_numbers(service, channel),
            today=self.now.date(),
        )

    def _area_label(self, service: Service) -> str:
        names = [self.area_name(code) for code in service.service_areas]
        if len(names) > MAX_AREAS_NAMED:
            return f"{'・'.join(names[:MAX_AREAS_NAMED])}ほか"
        return "・".join(names)

    def area_name(self, code: str) -> str:
        """Return the name of an area, 全国 for the whole country.

        Args:
            code: 00, two or six digits.
        """
        return NATIONWIDE_LABEL if code == NATIONWIDE else self.gazetteer.get(code).name


def japanese_date(day: date) -> str:
    """Return a day as 2026年11月23日.

    Args:
        day: to write.
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _week(hours: str | None, today: date) -> tuple[DayHours, ...]:
    if hours is None:
        return ()
    return tuple(
        DayHours(
            label=day.weekday_ja,
            date_label=f"{day.date.month}月{day.date.day}日",
            holiday=day.holiday,
            is_today=day.date == today,
            spans="、".join(f"{span.start}〜{span.end}" for span in day.spans),
            unknown=day.unknown,
        )
        for day in week(hours, today)
    )


def _evidence_label(published: Published) -> str:
    label = EVIDENCE_LABELS[published.level]
    if published.level is EvidenceLevel.CONFIRMED and published.service.checked_on is None:
        return f"公式のページで{label}"
    return label


def _checked_label(service: Service) -> str:
    if service.checked_on:
        return f"確認日:{japanese_date(service.checked_on)}"
    return f"収集日:{japanese_date(service.collected_on)}"


def _age_label(published: Published) -> str | None:
    if published.age is Age.DUE and published.service.checked_on is None:
        return "情報を集めてから半年たちました"
    return _AGE_LABELS[published.age]


def _state_text(published: Published, availability: Availability, now: datetime) -> str:
    if published.service.contact_missing and availability.state is State.UNKNOWN:
        return "連絡先は確認中"
    if published.withheld:
        return "番号は確認中です"
    return describe(availability, now)


def _channel_text(
    channel: Channel, withheld: bool, reachable: bool, availability: Availability, now: datetime
) -> str:
    if withheld:
        return "番号は確認中です"
    if reachable:
        return describe(availability, now)
    return "場所は確認中" if channel.kind is ChannelKind.IN_PERSON else "連絡先は確認中"


def _href(channel: Channel, website: str | None) -> str | None:
    if channel.value is not None:
        return channels.href(channel.kind, channel.value)
    return channels.website_href(website) if website else None


def _action_label(kind: ChannelKind, via_website: bool) -> str | None:
    if via_website:
        return f"公式ページから{CHANNEL_LABELS[kind]}へ"
    return _ACTIONS.get(kind)


def _source_numbers(service: Service, channel: Channel) -> tuple[int, ...]:
    numbers = {source.id: number for number, source in enumerate(service.sources, 1)}
    return tuple(numbers[key] for key in channel.source_ids)


def _sources(service: Service) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(
            number=number,
            url=channels.website_href(each.url),
            publisher=each.publisher,
            kind_label=SOURCE_KIND_LABELS[each.kind],
            page_date=each.page_date,
        )
        for number, each in enumerate(service.sources, 1)
    )


def _distance(service: Service, place: Place | None) -> float | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    if service.position is None:
        return None
    here = (place.latitude, place.longitude)
    return geocoding.distance_km(here, (service.position.latitude, service.position.longitude))
