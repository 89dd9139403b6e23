"""Our taxonomies and their terms: the closed vocabularies, and what sources write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sosdir.hsds.identifiers import identifier
from sosdir.hsds.shape import Identifier, WebAddress
from sosdir.models import AnswersFor, ChannelKind, EvidenceLevel, Focus, Need
from sosdir.vocabulary import (
    ANSWERS_FOR_LABELS,
    CHANNEL_LABELS,
    EVIDENCE_LABELS,
    FOCUS_LABELS,
    NEED_LABELS,
)

_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """A vocabulary of ours by which services are described."""

    id: Identifier
    name: str
    description: str
    uri: WebAddress | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonomyTerm:
    """One term of a taxonomy."""

    id: Identifier
    code: str
    name: str
    description: str
    taxonomy: str
    taxonomy_id: Identifier
    taxonomy_detail: Taxonomy | None = None
    language: str


FOCUS, ANSWERS_FOR, CHANNEL = "focus", "answers_for", "channel"
NEED, EVIDENCE, OFFER, STAFF = "need", "evidence", "offer", "staff"

_MEANINGS = {
    FOCUS: "What a service is for.",
    ANSWERS_FOR: "Who answers for a service.",
    CHANNEL: "By which means a service is reached.",
    NEED: "What a person may need of a service, met where a source says so.",
    EVIDENCE: "How well a service is known on the day it is asked.",
    OFFER: "What a service does, in the words of its sources; terms come and go with them.",
    STAFF: "Who answers, in the words of the sources; terms come and go with them.",
}
_LABELS = {
    FOCUS: FOCUS_LABELS,
    ANSWERS_FOR: ANSWERS_FOR_LABELS,
    CHANNEL: CHANNEL_LABELS,
    NEED: NEED_LABELS,
    EVIDENCE: EVIDENCE_LABELS,
}
_WORDS = {
    Focus.PREGNANCY_SOS: "A line for people who may be pregnant and do not know what to do.",
    Focus.WOMENS_HEALTH: "A desk for women's health or for adolescents, pregnancy among it.",
    Focus.MATERNITY: "A general desk for pregnancy, birth and raising children.",
    AnswersFor.NATIONAL: "A body that works in the whole country.",
    AnswersFor.PREFECTURE: "A prefecture.",
    AnswersFor.MUNICIPALITY: "A municipality.",
    AnswersFor.NPO: "A private body such as an NPO.",
    AnswersFor.PROFESSIONAL_BODY: "A body of midwives, nurses or other professionals.",
    AnswersFor.SOCIAL_WELFARE: "A social welfare corporation or a home for infants.",
    AnswersFor.MEDICAL: "A hospital or clinic.",
    ChannelKind.PHONE: "A call.",
    ChannelKind.LINE: "The messenger LINE.",
    ChannelKind.CHAT: "A chat on a page.",
    ChannelKind.SMS: "A text message.",
    ChannelKind.EMAIL: "A mail.",
    ChannelKind.WEB_FORM: "A form on a page.",
    ChannelKind.IN_PERSON: "A visit.",
    ChannelKind.CHATBOT: "A program that answers.",
    ChannelKind.X: "A direct message on X, formerly Twitter.",
    ChannelKind.FAX: "A fax.",
    Need.NIGHT: "A channel is open at 20:00 or later, or before 5:00, on some day.",
    Need.WEEKEND: "A channel is open on a Saturday or a Sunday.",
    Need.HOLIDAY: "The hours of a channel speak of public holidays, and are open then.",
    Need.AROUND_THE_CLOCK: "A channel is open at every hour of every ordinary day.",
    Need.TEXT_ONLY: "A channel needs neither voice nor a visit.",
    Need.FREE: "Asking costs nothing.",
    Need.ACCOMPANIMENT: "Somebody comes along, to a clinic or an office.",
    Need.SHELTER: "There is a place to be or to sleep.",
    Need.COSTS: "There is help with costs, or advice on them.",
    Need.TEENS: "It is, among others, for teenagers.",
    Need.PARTNERS: "It is, among others, for men and partners.",
    EvidenceLevel.CONFIRMED: "Its operator's or a government's page says so, or an admin's check.",
    EvidenceLevel.REPORTED: "Another source says so, of the last five years or undated.",
    EvidenceLevel.UNCONFIRMED: "What is known is old or weak: its ways to be reached are withheld.",
}

CODES = tuple(_MEANINGS)


def taxonomies(profile: str) -> tuple[Taxonomy, ...]:
    """Return our taxonomies.

    Args:
        profile: address of the page that describes them.
    """
    return tuple(_taxonomy(code, profile) for code in CODES)


def taxonomy_id(code: str) -> str:
    """Return the UUID of a taxonomy.

    Args:
        code: one of ``CODES``.
    """
    return identifier("taxonomy", code)


def term_id(taxonomy: str, code: str) -> str:
    """Return the UUID of a term.

    Args:
        taxonomy: one of ``CODES``.
        code: of the term.
    """
    return identifier("taxonomy_term", taxonomy, code)


@cache
def closed_terms() -> tuple[TaxonomyTerm, ...]:
    """Return the terms of the closed vocabularies, in order."""
    return tuple(term(taxonomy, code) for taxonomy, labels in _LABELS.items() for code in labels)


def open_terms(offers: Iterable[str], staff: Iterable[str]) -> tuple[TaxonomyTerm, ...]:
    """Return the terms that sources write, each once, in order.

    Args:
        offers: of the services.
        staff: of the services.
    """
    return (
        *(term(OFFER, each) for each in sorted(set(offers))),
        *(term(STAFF, each) for each in sorted(set(staff))),
    )


def term(taxonomy: str, code: str) -> TaxonomyTerm:
    """Return one term.

    Args:
        taxonomy: one of ``CODES``.
        code: a value of that vocabulary, or the words of a source.
    """
    label = _LABELS.get(taxonomy, {}).get(code, code)  # type: ignore[call-overload]
    return TaxonomyTerm(
        id=term_id(taxonomy, code),
        code=str(code),
        name=label,
        description=_WORDS.get(code, "In the words of a source."),  # type: ignore[call-overload]
        taxonomy=taxonomy,
        taxonomy_id=taxonomy_id(taxonomy),
        language=_LANGUAGE,
    )


def _taxonomy(code: str, profile: str) -> Taxonomy:
    return Taxonomy(
        id=taxonomy_id(code),
        name=code,
        description=_MEANINGS[code],
        uri=f"{profile}#taxonomy-{code}",
        version="1",
    )
