"""Read rows of the municipal standard: each a facility, taken for a help line of its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from sosdir import evidence, romaji
from sosdir.errors import InputError
from sosdir.models import (
    NATIONWIDE,
    Organization,
    Position,
    Precision,
    Service,
)
from sosdir.spreadsheets import contacts, municipal, newcomers, repairs
from sosdir.spreadsheets.bodies import Bodies
from sosdir.spreadsheets.contacts import Facts
from sosdir.spreadsheets.decoding import Row
from sosdir.spreadsheets.known import Known
from sosdir.spreadsheets.proposals import Proposal
from sosdir.tabular import TABLE, read_value
from sosdir.text import fold

_OWN_NAMES = {"name": "name", "url": "website", "address": "address"}
_POSITION = {each.name: each for each in TABLE["service"].columns if each.limits}
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヴ") + 1)}
_NO_LETTER = re.compile("[^a-z0-9]+")


class FacilityReader:
    """Read the rows of one file of the municipal standard.

    Args:
        header: of the file.
        known: the directory as it is.
    """

    layout = "municipal"

    def __init__(self, header: Sequence[str], known: Known) -> None:
        self._header = tuple(header)
        self._places, self.warnings = municipal.understand(header)
        self._known = known
        self._bodies = Bodies(known)
        self._by_name: dict[tuple[str, str], list[Service]] = {}
        for service in known.services.values():
            for code in service.service_areas:
                self._by_name.setdefault((fold(service.name), code), []).append(service)
        # By slug, the last number that was given behind it.
        self._numbers: dict[str, int] = {}
        self._new_lines: dict[tuple[str, str, Organization | None], int] = {}

    def read(self, row: Row) -> Proposal:
        """Return what a row says.

        Args:
            row: of the file.
        """
        proposal = Proposal(row.line)
        if len(row.cells) > len(self._header):
            proposal.refuse("", '見出しより列が多い行です。「,」を含む欄は「"」で囲んでください。')
            return proposal
        facts = {
            fact: _tidy(repairs.unquoted(row.cells[place].strip()))
            for fact, place in self._places.items()
        }
        proposal.name = facts.get("name", "")
        self._check(proposal, facts)
        code = self._area(proposal, "code", facts)
        if proposal.faults or code is None:
            return proposal
        same = self._known.services.get(facts.get("id", ""))
        if same and not facts.get("body"):
            organization = same.organization
        else:
            organization = self._organization(proposal, facts, code)
        if not proposal.faults:
            self._place(proposal, facts, code, organization)
        return proposal

    def _column(self, fact: str) -> str:
        return municipal.column(fact, self._header, self._places)

    def _check(self, proposal: Proposal, facts: Facts) -> None:
        if not proposal.name:
            proposal.refuse(self._column("name"), "名称がありません。書いてください。")
        number = re.sub(
            r"[\s-]", "", unicodedata.normalize("NFKC", facts.get("corporate_number", ""))
        )
        if number and not municipal.is_corporate_number(number):
            told = "法人番号は13桁で、検査数字が合わなければなりません。確かめてください。"
            proposal.refuse(self._column("corporate_number"), f"「{number[:20]}」: {told}")

    def _area(self, proposal: Proposal, fact: str, facts: Facts) -> str | None:
        text = facts.get(fact, "")
        if not text:
            proposal.refuse(self._column(fact), "コードがありません。6桁で書いてください。")
            return None
        try:
            code = repairs.area_code(text, self._known.rules.codes)
        except InputError as error:
            proposal.refuse(self._column(fact), str(error))
            return None
        if code == NATIONWIDE or code not in self._known.rules.codes:
            proposal.refuse(self._column(fact), f"「{text}」という地域はありません。")
            return None
        if code != text and not text.startswith(f"{code}000"):
            proposal.note(f"{self._column(fact)}の「{text}」を「{code}」と読みました。")
        return code

    def _organization(self, proposal: Proposal, facts: Facts, code: str) -> Organization:
        """Return who runs it: the body that is named, else the authority itself."""
        place = self._known.gazetteer.get(code)
        name = facts.get("body") or facts.get("authority") or place.name
        if name in (place.full_name, place.name):
            name = place.name
        found = self._bodies.known_as(name)
        if found:
            return found
        slug = (
            place.name_romaji.lower()
            if name == place.name
            else f"{_slug(place.name_romaji)}-dantai"
        )
        key = self._unused(_slug(slug), self._bodies.bears)
        body = Organization(key, name)
        self._bodies.learn(body)
        proposal.note(f"団体「{name}」を新しく加えます(識別子 {key})。")
        return body

    def _place(
        self, proposal: Proposal, facts: Facts, code: str, organization: Organization | None
    ) -> None:
        proposal.base = self._known_service(proposal, facts, code, organization)
        if proposal.faults:
            return
        if proposal.base is None:
            if self._is_told_twice(proposal, (facts["name"], code, organization)):
                return
            proposal.service_id = self._new_id(facts, code)
            start = newcomers.new_service(
                proposal.service_id, facts, code, organization, self._known.today
            )
            proposal.note(newcomers.GUESSED)
        else:
            proposal.service_id = proposal.base.id
            start = _changed(proposal.base, facts, organization)
        service = self._with_position(proposal, start, facts)
        past = self._known.part_ids(service.id) if proposal.base else ()
        for fact, name in _OWN_NAMES.items():
            proposal.columns[name] = self._column(fact)
        for fact in ("url", *contacts.FACTS):
            proposal.columns[fact] = self._column(fact)
        service = contacts.with_contacts(proposal, service, facts, past)
        if proposal.base is None:
            level, _ = evidence.from_sources(service.sources)
            service = replace(service, evidence=level)
        proposal.service = service

    def _is_told_twice(self, proposal: Proposal, key: tuple[str, str, Organization | None]) -> bool:
        line = self._new_lines.setdefault(key, proposal.line)
        if line != proposal.line:
            proposal.refuse("", f"{line}行目と同じ窓口です。どちらかの行を消してください。")
        return line != proposal.line

    def _unused(self, slug: str, is_taken: Callable[[str], bool]) -> str:
        """Return a slug, with the first number that makes it free where it is not."""
        key = slug
        while key in self._numbers or is_taken(key):
            number = self._numbers.get(slug, 1) + 1
            self._numbers[slug] = number
            key = f"{slug}-{number}"
        self._numbers.setdefault(key, 1)
        return key

    def _known_service(
        self, proposal: Proposal, facts: Facts, code: str, organization: Organization | None
    ) -> Service | None:
        if found := self._known.services.get(facts.get("id", "")):
            return found
        same = [
            each
            for each in self._by_name.get((fold(facts["name"]), code), ())
            if each.organization is None or each.organization == organization
        ]
        if len(same) > 1:
            ids = "、".join(each.id for each in same)
            told = f"同じ名称の窓口がいくつもあります({ids})。IDの欄に、どれかを書いてください。"
            proposal.refuse(self._column("id"), told)
        return same[0] if len(same) == 1 else None

    def _new_id(self, facts: Facts, code: str) -> str:
        """Return an id made of how the name and the place are read."""
        place = self._known.gazetteer.get(code)
        home = _slug(place.short_romaji)
        name = _slug(romaji.hepburn(_hiragana(facts.get("kana", ""))))
        name = name.removeprefix(home)[:40].strip("-") or "madoguchi"
        slug = f"{home}-{name}"
        return self._unused(slug, self._known.is_used)

    def _with_position(self, proposal: Proposal, service: Service, facts: Facts) -> Service:
        if facts.get("place_code"):
            place = self._area(proposal, "place_code", facts)
            if place and len(place) == 6:
                service = replace(service, prefecture_code=place[:2], municipality_code=place)
        texts = [facts.get(name, "") for name in ("latitude", "longitude")]
        if not any(texts):
            return service
        numbers = []
        for name, text in zip(("latitude", "longitude"), texts, strict=True):
            try:
                column = _POSITION[name]
                numbers.append(read_value(column, repairs.plain(column, text)))
            except InputError as error:
                proposal.refuse(self._column(name), str(error))
        if len(numbers) < 2 or None in numbers:
            return service
        # As fine as the directory keeps it, so that the next reading finds it unchanged.
        latitude, longitude = (round(number, 5) for number in numbers)
        return replace(service, position=Position(latitude, longitude, Precision.ADDRESS))


def _changed(base: Service, facts: Facts, organization: Organization | None) -> Service:
    """Return a service with what a row states of it; what the row does not know stays."""
    return replace(
        base,
        name=facts["name"],
        organization=organization,
        address=newcomers.address(facts) or base.address,
        website=base.website or facts.get("url") or None,
        contact_missing=base.contact_missing
        and not any(facts.get(each) for each in contacts.FACTS),
    )


def _tidy(text: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", text)


def _hiragana(kana: str) -> str:
    """Return a reading in hiragana without spaces or marks."""
    plain = unicodedata.normalize("NFKC", kana).translate(_TO_HIRAGANA)
    return re.sub(r"[\sー・]", "", plain)


def _slug(text: str) -> str:
    return _NO_LETTER.sub("-", text.lower()).strip("-")
