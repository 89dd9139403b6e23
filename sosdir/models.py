"""What the directory speaks of: frozen records and their closed vocabularies.

Names are those of Open Referral HSDS 3.1; ``Channel`` and ``Source`` are ours beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NATIONWIDE = "00"


class Focus(StrEnum):
    """Tell what a service is for, from the dedicated line to the general desk."""

    PREGNANCY_SOS = "pregnancy_sos"
    WOMENS_HEALTH = "womens_health"
    MATERNITY = "maternity"


class AnswersFor(StrEnum):
    """Tell who answers for a service."""

    NATIONAL = "national"
    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"
    NPO = "npo"
    PROFESSIONAL_BODY = "professional_body"
    SOCIAL_WELFARE = "social_welfare"
    MEDICAL = "medical"


class ChannelKind(StrEnum):
    """Tell by which means a channel reaches a service."""

    PHONE = "phone"
    LINE = "line"
    CHAT = "chat"
    SMS = "sms"
    EMAIL = "email"
    WEB_FORM = "web_form"
    IN_PERSON = "in_person"
    CHATBOT = "chatbot"
    X = "x"
    FAX = "fax"


class Scope(StrEnum):
    """Tell how wide the area is by which a service serves a place."""

    MUNICIPALITY = "municipality"
    PREFECTURE = "prefecture"
    COUNTRY = "country"


class State(StrEnum):
    """Tell whether someone answers at an instant."""

    OPEN = "open"
    MESSAGES = "messages"
    UNKNOWN = "unknown"
    CLOSED = "closed"


class Need(StrEnum):
    """Tell what a person needs of a service, beside a place, a channel and a language."""

    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    AROUND_THE_CLOCK = "around_the_clock"
    TEXT_ONLY = "text_only"
    FREE = "free"
    ACCOMPANIMENT = "accompaniment"
    SHELTER = "shelter"
    COSTS = "costs"
    TEENS = "teens"
    PARTNERS = "partners"


class EvidenceLevel(StrEnum):
    """Tell how well a service is known."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"


class Basis(StrEnum):
    """Tell whether the area of a service is stated by a page or presumed."""

    STATED = "stated"
    PRESUMED = "presumed"


class SourceKind(StrEnum):
    """Tell who publishes the page that states a fact."""

    OPERATOR = "operator"
    GOVERNMENT = "government"
    NEWS = "news"
    OTHER = "other"


class Precision(StrEnum):
    """Tell how exactly a position is known."""

    ADDRESS = "address"
    MUNICIPALITY = "municipality"


class ServiceStatus(StrEnum):
    """Tell whether a service runs, in the words of HSDS."""

    ACTIVE = "active"
    TEMPORARILY_CLOSED = "temporarily closed"
    DEFUNCT = "defunct"


@dataclass(frozen=True, slots=True)
class Position:
    """Hold a point on the earth.

    Args:
        latitude: degrees north, WGS 84.
        longitude: degrees east, WGS 84.
        precision: the service's own address, or only its town hall.
    """

    latitude: float
    longitude: float
    precision: Precision


@dataclass(frozen=True, slots=True)
class Prefecture:
    """Name one of the 47 prefectures; ``code`` is its JIS X 0401 number, two digits."""

    code: str
    name: str
    name_kana: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """Name a municipality or Tokyo ward.

    Args:
        code: JIS X 0402 with check digit, six digits; the first two are the prefecture's.
        name: such as 横浜市.
        name_kana: in hiragana.
        latitude: of the town hall, degrees north.
        longitude: of the town hall, degrees east.
    """

    code: str
    name: str
    name_kana: str
    latitude: float
    longitude: float

    @property
    def prefecture_code(self) -> str:
        """Return the two digits of its prefecture."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Ward:
    """Name an administrative ward (行政区) of a designated city.

    Args:
        municipality_code: the designated city's six digits.
        name: such as 鶴見区.
        name_kana: in hiragana.
    """

    municipality_code: str
    name: str
    name_kana: str


@dataclass(frozen=True, slots=True)
class Organization:
    """Name a body that runs, commissions or answers for services."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Point at a page that states facts of a service; ``page_date`` is in the page's words."""

    id: str
    url: str
    publisher: str
    kind: SourceKind
    page_date: str | None


@dataclass(frozen=True, slots=True)
class Channel:
    """Describe one way to reach a service.

    Args:
        id: unique in the directory, ``<service id>-<n>``.
        kind: by which means.
        value: number, address, id or place; None when no source gives it.
        hours: OSM opening_hours expression, or None.
        hours_text: the operator's own words on its hours, or None.
        toll_free: whether the call is free, None when no source says.
        languages: codes of those it can be used in, where a source says so of this channel alone.
        caller_id: how a call back shows, or what a withheld number does, in the source's words.
        reply: how and when a reply comes, in the source's words, or None.
        note: what a caller should know, or None.
        editor_note: what only admins see, or None.
        source_ids: the sources that state it (any one of them, where it is not known which).
    """

    id: str
    kind: ChannelKind
    value: str | None
    hours: str | None
    hours_text: str | None
    toll_free: bool | None
    languages: tuple[str, ...]
    caller_id: str | None
    reply: str | None
    note: str | None
    editor_note: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statistic:
    """State a dated figure of a service, such as the friends of its LINE account.

    Args:
        name: what is counted, the unit in its words.
        value: how many.
        on: the day of which it is said.
        source_ids: the sources that state it (any one of them, where it is not known which).
    """

    name: str
    value: int
    on: date
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Describe one help line with everything that is known of it: the aggregate we read and save.

    Args:
        id: slug, part of public addresses, never reused.
        name: as the operator writes it.
        focus: dedicated line, women's health, or general maternity desk.
        answers_for: who answers for it.
        organization: who runs it, None when no source names them.
        department: the part of the organization, in the source's words, or None.
        operator_text: the source's whole words on who runs it, where they say more; for admins.
        commissioners: who commissions it.
        partners: who works with it, in the sources' words.
        programs: the programmes it belongs to, in the sources' words.
        prefecture_code: two digits of where it sits, or None.
        municipality_code: six digits of where it sits, or None.
        address: as published, or None.
        position: where it can be shown on a map, None for a line that has only an area.
        area_served: who it serves in the source's words, or None.
        service_areas: area codes (00, two or six digits), at least one.
        service_area_basis: whether a page states that area.
        eligibility: for whom, in the source's words, or None.
        channels: the ways to reach it, in the order to show.
        fee: ``free``, or the source's own words, or None when no source says.
        anonymous: whether no name is needed, None when no source says.
        confidentiality: who may be told, or that nobody is, in the source's words, or None.
        languages: codes (ISO 639) of those it can be used in, empty when no source says.
        staff: who answers.
        offers: what it does.
        website: the operator's page, or None.
        statistics: dated figures.
        established: since when, in the source's words, or None.
        evidence: how well it was known when collected or last checked.
        newest_source_year: year of the newest dated page, None when none is dated.
        collected_on: the day the facts were collected.
        checked_on: the day an admin last checked, or None.
        contact_missing: it exists, but no source gives how to reach it.
        status: whether it runs, rests or has ended.
        status_note: what the public should know of that, or None.
        successor_id: the service that took its place, for one that has ended, or None.
        hold: why it must not be public, or None.
        editor_note: what only admins see, or None.
        sources: the pages that state all this.
    """

    id: str
    name: str
    focus: Focus
    answers_for: AnswersFor
    organization: Organization | None
    department: str | None
    operator_text: str | None
    commissioners: tuple[Organization, ...]
    partners: tuple[str, ...]
    programs: tuple[str, ...]
    prefecture_code: str | None
    municipality_code: str | None
    address: str | None
    position: Position | None
    area_served: str | None
    service_areas: tuple[str, ...]
    service_area_basis: Basis
    eligibility: str | None
    channels: tuple[Channel, ...]
    fee: str | None
    anonymous: bool | None
    confidentiality: str | None
    languages: tuple[str, ...]
    staff: tuple[str, ...]
    offers: tuple[str, ...]
    website: str | None
    statistics: tuple[Statistic, ...]
    established: str | None
    evidence: EvidenceLevel
    newest_source_year: int | None
    collected_on: date
    checked_on: date | None
    contact_missing: bool
    status: ServiceStatus
    status_note: str | None
    successor_id: str | None
    hold: str | None
    editor_note: str | None
    sources: tuple[Source, ...]

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Return the languages that a source states of it or of any of its channels."""
        stated = (self.languages, *(each.languages for each in self.channels))
        return tuple(dict.fromkeys(code for codes in stated for code in codes))

    @property
    def is_free(self) -> bool:
        """Tell whether a source says that it costs nothing."""
        return self.fee is not None and (self.fee == "free" or self.fee.startswith("無料"))


@dataclass(frozen=True, slots=True)
class RetiredNumber:
    """Name a number that must never be published or imported; ``retired`` is a date if known."""

    number: str
    name: str
    retired: date | None
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Hold the outline of a prefecture; ``geometry`` is GeoJSON text."""

    prefecture: Prefecture
    geometry: str


@dataclass(frozen=True, slots=True)
class DataPackage:
    """Hold a whole directory, as a folder of files or a database holds it."""

    organizations: tuple[Organization, ...]
    services: tuple[Service, ...]
    municipalities: tuple[Municipality, ...]
    wards: tuple[Ward, ...]
    retired_numbers: tuple[RetiredNumber, ...]
    outlines: tuple[Outline, ...]
