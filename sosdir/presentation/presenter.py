"""Make what evidence has published into what people read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sosdir import channels, evidence, geocoding, languages
from sosdir.areas import Gazetteer, Place
from sosdir.evidence import Published
from sosdir.locales import JAPANESE, SPEECH, Speech
from sosdir.models import NATIONWIDE, Basis, Channel, Need, Organization, Position, Service
from sosdir.needs import NO_WISH, Wish
from sosdir.partnerships import program_of
from sosdir.presentation import wording
from sosdir.presentation.figures import figures, source_numbers
from sosdir.presentation.records import ChannelLine, Named, Result, SourceLine
from sosdir.presentation.rota import Rota
from sosdir.schedules import (
    TOKYO,
    Availability,
    answering_hours,
    describe,
    holiday_name,
    is_live,
    phrase,
)
from sosdir.search import Hit
from sosdir.vocabulary import (
    ANSWERS_FOR_LABELS,
    CHANNEL_LABELS,
    FOCUS_LABELS,
    NATIONWIDE_LABEL,
    SERVICE_STATUS_LABELS,
    SOURCE_KIND_LABELS,
)

MAX_AREAS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Presenter:
    """Present services as of an instant.

    Args:
        gazetteer: to name areas.
        at: the instant asked about, with a zone.
        service_url: gives the address of a service's page from its id.
        is_present: whether that instant is now; another is never called いま.
        doubted: ids of the channels whose value a visitor reported as wrong.
        speech: of the reader.
    """

    gazetteer: Gazetteer
    at: datetime
    service_url: Callable[[str], str]
    is_present: bool = True
    doubted: frozenset[str] = frozenset()
    speech: Speech = SPEECH

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
        return tuple(self.result(hit.published, hit.nearness, place, hit.wish) for hit in hits)

    def result(
        self,
        published: Published,
        nearness: int = 0,
        place: Place | None = None,
        wish: Wish = NO_WISH,
    ) -> Result:
        """Return one service as shown.

        Args:
            published: what may be shown of it.
            nearness: of its area to the place asked.
            place: the place asked, or None.
            wish: what a channel has to meet; the state shown is that of those which do.
        """
        service = published.service
        rota = Rota.of(published)
        fits = zip(service.channels, rota.fitting(wish), strict=True)
        fitting = frozenset(channel.id for channel, fit in fits if fit)
        availability = rota.of_service(self.at, wish)
        position = service.position
        return Result(
            id=service.id,
            name=service.name,
            url=self.service_url(service.id),
            focus=service.focus.value,
            focus_label=self.speech.gettext(FOCUS_LABELS[service.focus]),
            answers_for=service.answers_for.value,
            answers_for_label=self.speech.gettext(ANSWERS_FOR_LABELS[service.answers_for]),
            organization=service.organization.name if service.organization else None,
            operator=_body(service.organization) if service.organization else None,
            department=service.department,
            commissioners=tuple(each.name for each in service.commissioners),
            commissioned_by=tuple(_body(each) for each in service.commissioners),
            partners=service.partners,
            programs=service.programs,
            run_under=tuple(_program(each) for each in service.programs),
            area_label=self._area_label(service),
            area_served=service.area_served,
            area_presumed=service.service_area_basis is Basis.PRESUMED,
            service_areas=service.service_areas,
            service_area_basis=service.service_area_basis.value,
            eligibility=service.eligibility,
            address=service.address,
            evidence=published.level.value,
            evidence_label=self.speech.gettext(published.label),
            age_label=self._age_label(published),
            checked_on=service.checked_on,
            collected_on=service.collected_on,
            checked_label=wording.checked_label(service, self.speech),
            source_year=service.newest_source_year,
            state=availability.state.value,
            state_text=self._state_text(published, availability, fitting),
            next_change=availability.next_change,
            anonymous=service.anonymous,
            confidentiality=service.confidentiality,
            free=service.is_free,
            fee=service.fee,
            fee_text=None if service.fee == "free" else service.fee,
            languages=service.all_languages,
            language_names=languages.names(service.all_languages, self.speech.locale.cldr),
            offers=service.offers,
            staff=service.staff,
            established=service.established,
            website=channels.website_href(service.website) if service.website else None,
            withheld=published.withheld,
            contact_missing=service.contact_missing,
            status=service.status.value,
            status_label=self.speech.gettext(SERVICE_STATUS_LABELS[service.status]),
            status_note=service.status_note,
            resting=evidence.is_resting(service),
            reachable=_is_reachable(published),
            distance_km=distance(service.position, place),
            nearness=nearness,
            prefecture_code=service.prefecture_code,
            latitude=position.latitude if position else None,
            longitude=position.longitude if position else None,
            position_precision=position.precision.value if position else None,
            channels=tuple(
                self._channel(published, number, rota, fits=each.id in fitting)
                for number, each in enumerate(service.channels)
            ),
            narrowed=bool(wish),
            voiceless=Need.TEXT_ONLY in wish.needs,
            sources=self._sources(service),
            figures=figures(service, self.speech),
        )

    def instant_label(self) -> str:
        """Return the instant asked about in words, such as 11月23日(月・祝)18時20分."""
        holiday = "・祝" if holiday_name(self.now.date()) else ""
        return self.speech.instant(self.now, holiday)

    def at_label(self) -> str:
        """Return what the states shown are as of."""
        if self.is_present:
            return self.speech.gettext("%(instant)sの状態", instant=self.instant_label())
        return self.speech.gettext("%(instant)sの予定", instant=self.instant_label())

    def _describe(self, availability: Availability) -> str:
        return describe(availability, self.now, present=self.is_present, speech=self.speech)

    def _age_label(self, published: Published) -> str | None:
        label = wording.age_label(published)
        return self.speech.gettext(label) if label else None

    def opens_at(self, hit: Hit) -> datetime | None:
        """Return when a channel that meets what is asked is next answered, None if not known.

        Args:
            hit: as found.
        """
        return Rota.of(hit.published).of_service(self.at, hit.wish).opens_at

    def _state_text(
        self, published: Published, availability: Availability, fitting: frozenset[str]
    ) -> str:
        if evidence.is_resting(published.service):
            return self.speech.gettext(SERVICE_STATUS_LABELS[published.service.status])
        if published.withheld:
            return self.speech.gettext(wording.withheld_label(published.service))
        if not _is_reachable(published, fitting):
            return wording.sought_label(published.service, fitting, self.speech)
        return self._describe(availability)

    def _channel(self, published: Published, number: int, rota: Rota, *, fits: bool) -> ChannelLine:
        service = published.service
        channel, reachable = service.channels[number], rota.turns[number] is not None
        hours = answering_hours(channel)
        resting = evidence.is_resting(service)
        availability = rota.of_channel(number, self.at)
        via_website = reachable and channel.value is None
        return ChannelLine(
            kind=channel.kind.value,
            kind_label=self.speech.gettext(CHANNEL_LABELS[channel.kind]),
            value=None if resting else channel.value,
            href=None if resting else _href(channel, service.website if via_website else None),
            live=is_live(channel.kind, channel.hours),
            withheld=published.withheld,
            via_website=via_website,
            reachable=reachable,
            fits=fits,
            state=availability.state.value,
            state_text=self._channel_text(published, channel, reachable, availability),
            next_change=availability.next_change,
            hours=channel.hours,
            hours_text=channel.hours_text,
            hours_phrase=self._hours_phrase(channel),
            note=channel.note,
            toll_free=channel.toll_free,
            languages=channel.languages,
            language_names=languages.names(channel.languages, self.speech.locale.cldr),
            caller_id=channel.caller_id,
            reply=channel.reply,
            action_label=wording.action_label(channel.kind, via_website, self.speech),
            sources=source_numbers(service, channel.source_ids),
            sources_are_certain=len(channel.source_ids) == 1,
            answering_hours=hours,
            today=self.now.date(),
            doubted=channel.value is not None and not resting and channel.id in self.doubted,
            speech=self.speech,
        )

    def _channel_text(
        self,
        published: Published,
        channel: Channel,
        reachable: bool,
        availability: Availability,
    ) -> str:
        if evidence.is_resting(published.service):
            return self.speech.gettext(SERVICE_STATUS_LABELS[published.service.status])
        if published.withheld:
            return self.speech.gettext(wording.withheld_label(published.service))
        if not reachable:
            return self.speech.gettext(wording.unreachable_label(channel))
        return self._describe(availability)

    def _hours_phrase(self, channel: Channel) -> str | None:
        """Say the hours to those who do not read the operator's own words."""
        if channel.hours is None or self.speech.locale == JAPANESE:
            return None
        return phrase(channel.hours, self.speech)

    def _area_label(self, service: Service) -> str:
        names = [self.area_name(code) for code in service.service_areas]
        if len(names) > MAX_AREAS_NAMED:
            first = self.speech.listed(names[:MAX_AREAS_NAMED])
            return self.speech.gettext("%(places)sほか", places=first)
        return self.speech.listed(names)

    def area_name(self, code: str) -> str:
        """Return the name of an area, 全国 for the whole country.

        Args:
            code: 00, two or six digits.
        """
        if code == NATIONWIDE:
            return self.speech.gettext(NATIONWIDE_LABEL)
        return self.gazetteer.get(code).named(self.speech.locale)

    def _sources(self, service: Service) -> tuple[SourceLine, ...]:
        return tuple(
            SourceLine(
                number=number,
                url=channels.website_href(each.url),
                publisher=each.publisher,
                kind_label=self.speech.gettext(SOURCE_KIND_LABELS[each.kind]),
                page_date=each.page_date,
            )
            for number, each in enumerate(service.sources, 1)
        )


def _body(organization: Organization) -> Named:
    return Named("organization", organization.id, organization.name)


def _program(wording: str) -> Named:
    return Named("program", program_of(wording).slug, wording)


def _is_reachable(published: Published, among: frozenset[str] | None = None) -> bool:
    service = published.service
    if published.withheld:
        return False
    return any(
        evidence.is_reachable(service, channel)
        for channel in service.channels
        if among is None or channel.id in among
    )


def _href(channel: Channel, website: str | None) -> str | None:
    if channel.value is not None:
        return channels.href(channel.kind, channel.value)
    return channels.website_href(website) if website else None


def distance(position: Position | None, place: Place | None) -> float | None:
    """Return how far a service is from a place in km, None where one of them is not known.

    Args:
        position: of the service.
        place: a municipality, or None.
    """
    if position is None or place is None or place.latitude is None or place.longitude is None:
        return None
    here = (place.latitude, place.longitude)
    return geocoding.distance_km(here, (position.latitude, position.longitude))
