"""Nothing that may not be shown stands on any page or in any file that the public can ask for.

What is secret and what is public is worked out here from the shipped records, not by the code
that decides it for the site.
"""

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID, uuid5
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlite_utils import Database

from sosdir import create_app, db, open_files
from sosdir.config import Settings
from sosdir.models import Channel, ChannelKind, DataPackage, EvidenceLevel, Need, Service
from sosdir.notices import Action
from sosdir.partnerships import program_of
from sosdir.revising import Action as Change
from sosdir.revising import Author
from sosdir.schedules import TOKYO
from sosdir.store import notices as store
from sosdir.store import revisions
from sosdir.store.notices import Entry
from tests.cast import NOON
from tests.noticing import a_notice
from tests.reading import read

ADMIN = Author(1, "ひみつの管理者")

IN_2030 = datetime(2030, 6, 5, 12, 0, tzinfo=TOKYO)

_SEPARATORS = re.compile(r"(?<=\d)[-\s()・.‐-―−]+(?=\d)")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_DIALLED = {ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS}


def closed_up(text: str) -> str:
    """Write every number in the text as one run of plain digits."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def decoded(text: str) -> str:
    """Undo the escapes of HTML, of addresses and of scripts."""
    text = unquote(unescape(text))
    return _UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def is_withheld(service: Service, year: int) -> bool:
    """Tell whether a public service's contacts are kept back in a year."""
    if service.evidence is EvidenceLevel.UNCONFIRMED:
        return True
    if service.evidence is EvidenceLevel.CONFIRMED or service.newest_source_year is None:
        return False
    return service.newest_source_year < year - 5


def number_writings(channel: Channel) -> Iterator[str]:
    """Write the digits of a channel's number in the ways they may be written closed up."""
    digits = "".join(re.findall(r"\d", unicodedata.normalize("NFKC", channel.value or "")))
    if channel.kind in _DIALLED and len(digits) >= 6:
        yield digits
        if digits.startswith("0"):
            yield f"81{digits[1:]}"


def contact_texts(service: Service) -> Iterator[str | None]:
    """Give what tells how, where and when to reach a service."""
    yield service.address
    yield from (each.name for each in service.statistics)
    for channel in service.channels:
        yield from (channel.value, channel.hours, channel.hours_text, channel.note)
        yield from (channel.caller_id, channel.reply)


def told_texts(service: Service) -> Iterator[str | None]:
    """Give what says of a service who it is, which may be told of a withheld one too."""
    organizations = (service.organization, *service.commissioners)
    yield from (each.name for each in organizations if each)
    yield from (service.name, service.department, service.area_served, service.eligibility)
    yield from (*service.partners, *service.programs, *service.languages)
    yield from (*service.staff, *service.offers)
    yield from (service.fee, service.confidentiality, service.established, service.website)
    for source in service.sources:
        yield from (source.url, source.publisher, source.page_date)


def admin_texts(service: Service) -> Iterator[str | None]:
    """Give what only admins see."""
    yield from (service.hold, service.editor_note, service.operator_text)
    yield from (channel.editor_note for channel in service.channels)


@dataclass(frozen=True)
class Knowledge:
    """Know what is secret in a year and what is public.

    Args:
        package: the shipped records.
        year: of the visit.
    """

    package: DataPackage
    year: int

    @cached_property
    def held(self) -> tuple[Service, ...]:
        return tuple(each for each in self.package.services if each.hold)

    @cached_property
    def withheld(self) -> tuple[Service, ...]:
        told = (each for each in self.package.services if not each.hold)
        return tuple(each for each in told if is_withheld(each, self.year))

    @cached_property
    def shown(self) -> tuple[Service, ...]:
        told = (each for each in self.package.services if not each.hold)
        return tuple(each for each in told if not is_withheld(each, self.year))

    @cached_property
    def public_text(self) -> str:
        """Return everything that may be told, line by line."""
        places = (
            *self.package.municipalities,
            *(each.prefecture for each in self.package.outlines),
        )
        told = [place.name for place in places]
        # A place is called with its prefecture where it would be one of several else; that a
        # withheld line says no more of its address than this is no secret of the place.
        prefectures = {each.prefecture.code: each.prefecture.name for each in self.package.outlines}
        told += [
            prefectures[place.prefecture_code] + place.name for place in self.package.municipalities
        ]
        for service in (*self.shown, *self.withheld):
            told += filter(None, told_texts(service))
        for service in self.shown:
            told += filter(None, contact_texts(service))
        return "\n".join(told)

    @cached_property
    def secret_texts(self) -> frozenset[str]:
        """Return the texts that may stand nowhere, as they are written."""
        found: set[str | None] = set()
        for service in self.package.services:
            found.update(admin_texts(service))
        for service in (*self.withheld, *self.held):
            found.update(contact_texts(service))
        for service in self.held:
            found.update((*told_texts(service), service.id))
        return frozenset(text for text in found if text and text not in self.public_text)

    @cached_property
    def secret_numbers(self) -> frozenset[str]:
        """Return the numbers that may stand nowhere, in any writing, closed up."""
        public = closed_up(self.public_text)
        return frozenset(
            digits
            for service in (*self.withheld, *self.held)
            for channel in service.channels
            for digits in number_writings(channel)
            if digits not in public
        )

    def leaks(self, body: str) -> list[str]:
        """Return the secrets that stand in a text."""
        texts = f"{body}\n{decoded(body)}"
        numbers = closed_up(texts)
        found = [secret for secret in self.secret_texts if secret in texts]
        return found + [secret for secret in self.secret_numbers if secret in numbers]


@dataclass(frozen=True)
class Site:
    """Hold a site on a day and what is known of it."""

    app: Flask
    knowledge: Knowledge

    @cached_property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    @cached_property
    def public_ids(self) -> list[str]:
        return [each.id for each in (*self.knowledge.shown, *self.knowledge.withheld)]

    @property
    def everyone(self) -> tuple[Service, ...]:
        return self.knowledge.package.services

    @cached_property
    def prefectures(self) -> list[str]:
        return [each.prefecture.code for each in self.knowledge.package.outlines]

    @cached_property
    def places(self) -> list[str]:
        codes = {code for each in self.knowledge.package.services for code in each.service_areas}
        codes |= {each.municipality_code or "00" for each in self.knowledge.package.services}
        return self.prefectures + sorted(code for code in codes if len(code) == 6)

    def pages_of(self, path: str) -> Iterator[str]:
        """Give the addresses of all pages of a list."""
        total = self.client.get("/services.json").get_json()["pages"]
        yield from (f"{path}?page={number}" for number in range(1, total + 1))


def in_tens(ids: list[str]) -> Iterator[str]:
    """Give ids ten by ten, as one sheet takes them."""
    yield from (",".join(ids[start : start + 10]) for start in range(0, len(ids), 10))


def at_other_times(addresses: Iterable[str]) -> Iterator[str]:
    """Give addresses asked for a day when other reports were fresh: it must change nothing."""
    for address in addresses:
        for at in ("2020-01-01T12:00", "2040-12-31T12:00"):
            yield f"{address}&at={at}"


HSDS_LISTS = (
    "services",
    "organizations",
    "service_at_locations",
    "taxonomies",
    "taxonomy_terms",
)
HSDS_LIST = f"/api/hsds/<any({', '.join(HSDS_LISTS)}):name>"


def uuid_of(kind: str, key: str) -> str:
    """Return the id of an object in the API, as the profile says that it is made."""
    return str(uuid5(UUID("5d3f5a0e-6a53-5b0c-9a5e-0c9b7f4d8e21"), f"{kind}/{key}"))


# Every address of the public site, by its rule. A rule without an entry fails a test below.
EXAMPLES: dict[str, Callable[[Site], Iterable[str]]] = {
    "/": lambda site: [
        "/",
        "/?q=横浜",
        "/?q=府中市",
        "/?q=zzzz",
        "/?at=x",
        *(f"/?need={need}" for need in Need),
        *(f"/?need={need}&channel=phone,email&at=2026-11-28T23:00" for need in Need),
        "/?q=夜 電話",
        "/?q=声を出せない",
        *site.pages_of("/"),
        *at_other_times(site.pages_of("/")),
    ],
    "/search": lambda _: ["/search"],
    "/services/<service_id>": lambda site: [
        *(f"/services/{each.id}" for each in site.knowledge.package.services),
        *(
            f"/services/{each.id}?area={code}&at=2040-12-31T12:00"
            for each, code in zip(site.knowledge.package.services, site.places * 9, strict=False)
        ),
    ],
    "/services/<service_id>.vcf": lambda site: [
        *(f"/services/{each.id}.vcf" for each in site.knowledge.package.services),
        *(f"/services/{each.id}.vcf?neutral=1" for each in site.knowledge.withheld),
    ],
    "/services/<service_id>.ics": lambda site: [
        *(f"/services/{each.id}.ics" for each in site.knowledge.package.services),
        *(f"/services/{each.id}.ics?neutral=1" for each in site.knowledge.withheld),
    ],
    "/sheet": lambda site: [
        f"/sheet?ids={ids}&form={form}"
        for ids in in_tens(site.public_ids)
        for form in ("sheet", "card", "sheet&at=2020-01-01T12:00", "sheet&at=2040-12-31T12:00")
    ],
    "/services.json": lambda site: [
        "/services.json?at=x",
        "/services.json?sort=near&area=13",
        *(f"/services.json?need={need}" for need in Need),
        "/services.json?q=夜 電話",
        *site.pages_of("/services.json"),
        *at_other_times(site.pages_of("/services.json")),
    ],
    "/services.csv": lambda _: [
        "/services.csv",
        "/services.csv?at=x",
        *at_other_times(["/services.csv?sort=now"]),
    ],
    "/services.geojson": lambda _: [
        "/services.geojson",
        "/services.geojson?at=x",
        *at_other_times(["/services.geojson?sort=now"]),
    ],
    "/areas/<code>": lambda site: [
        *(f"/areas/{code}" for code in site.places),
        *at_other_times(f"/areas/{code}?sort=now" for code in site.prefectures),
    ],
    "/areas/<code>/partners": lambda site: [f"/areas/{code}/partners" for code in site.prefectures],
    "/areas/<code>/partners.svg": lambda site: [
        f"/areas/{code}/partners.svg" for code in site.prefectures
    ],
    "/organizations": lambda _: [
        "/organizations",
        "/organizations?page=2",
        "/organizations?page=3",
        "/organizations?area=x",
    ],
    "/organizations/<organization_id>": lambda site: [
        f"/organizations/{each.id}" for each in site.knowledge.package.organizations
    ],
    "/programs": lambda _: ["/programs", "/programs?page=x"],
    "/programs/<slug>": lambda site: [
        f"/programs/{slug}"
        for slug in sorted(
            {
                program_of(name).slug
                for each in site.knowledge.package.services
                for name in each.programs
            }
        )
    ],
    "/map": lambda site: [
        "/map",
        *(f"/map?area={code}" for code in site.prefectures),
        *at_other_times(["/map?area=43", "/map?area=13"]),
    ],
    "/map.js": lambda site: [
        "/map.js",
        *(f"/map.js?area={code}" for code in site.prefectures),
        *at_other_times(["/map.js?area=43", "/map.js?area=13"]),
    ],
    "/coverage": lambda _: ["/coverage", "/coverage?since=2000-01-01", "/coverage?since=x"],
    "/coverage/<code>": lambda site: [
        *(f"/coverage/{code}" for code in site.prefectures),
        "/coverage/13?since=2000-01-01",
    ],
    "/coverage.js": lambda _: ["/coverage.js", "/coverage.js?show=night"],
    "/coverage.csv": lambda _: ["/coverage.csv"],
    "/coverage/<code>.csv": lambda site: [f"/coverage/{code}.csv" for code in site.prefectures],
    "/coverage/<name>.<any(png, svg):form>": lambda _: ["/coverage/japan-known.svg"],
    "/map/outlines.js": lambda _: ["/map/outlines.js"],
    "/static/<path:filename>": lambda _: ["/static/js/map.js", "/static/leaflet/leaflet.js"],
    "/report/<service_id>": lambda site: [
        f"/report/{each.id}" for each in site.knowledge.package.services
    ],
    "/report/<service_id>/thanks": lambda site: [
        f"/report/{each.id}/thanks" for each in site.knowledge.package.services
    ],
    "/notices": lambda _: ["/notices", "/notices?page=2", "/notices?page=x"],
    "/notices/<notice_id>": lambda site: [
        "/notices/plain",
        *(f"/notices/leak-{number}" for number, _ in enumerate(site.knowledge.package.services)),
    ],
    "/feed.xml": lambda site: [
        *(f"/feed.xml?page={page}" for page in range(1, 5)),
        *(f"/feed.xml?area={code}" for code in site.prefectures),
        "/feed.xml?area=x",
    ],
    "/embed": lambda site: [
        "/embed",
        "/embed?area=x",
        "/embed?q=府中市",
        *(f"/embed?area={code}&limit=20" for code in ("00", *site.places)),
        *(f"/embed?ids={ids}" for ids in in_tens(site.public_ids)),
        *(f"/embed?ids={each.id}" for each in site.knowledge.held),
        *at_other_times(f"/embed?area={code}&limit=20" for code in site.prefectures[::5]),
    ],
    "/embedding": lambda _: ["/embedding", "/embedding?q=横浜市", "/embedding?area=43"],
    "/oembed": lambda site: [
        "/oembed",
        *(
            f"/oembed?url=http://localhost/services/{each.id}"
            for each in site.knowledge.package.services
        ),
        *(f"/oembed?url=http://localhost/areas/{code}&format=xml" for code in site.prefectures),
    ],
    "/open-data/catalog.jsonld": lambda _: ["/open-data/catalog.jsonld"],
    "/about": lambda _: ["/about"],
    "/privacy": lambda _: ["/privacy"],
    "/traces": lambda _: ["/traces"],
    "/offline": lambda _: ["/offline", "/offline?area=13", "/offline?area=x"],
    "/offline/<code>": lambda site: [
        *(f"/offline/{code}" for code in site.prefectures),
        "/offline/13?at=2020-01-01T12:00",
    ],
    "/sw.js": lambda _: ["/sw.js"],
    "/offline.webmanifest": lambda _: ["/offline.webmanifest"],
    "/open-data": lambda _: ["/open-data"],
    "/open-data/sha256sums.txt": lambda _: ["/open-data/sha256sums.txt"],
    "/open-data/<name>": lambda _: [
        *(f"/open-data/{name}" for name in open_files.KINDS),
        *at_other_times(
            f"/open-data/{kind.name}?sort=now"
            for kind in open_files.KINDS.values()
            if kind.of_query
        ),
        "/open-data/nothing",
    ],
    "/components": lambda _: ["/components"],
    "/developers": lambda _: ["/developers"],
    "/developers/profile": lambda _: ["/developers/profile"],
    "/api/hsds/": lambda _: ["/api/hsds/"],
    "/api/hsds/openapi.json": lambda _: ["/api/hsds/openapi.json"],
    "/api/hsds/profile.json": lambda _: ["/api/hsds/profile.json"],
    HSDS_LIST: lambda site: [
        *(
            f"/api/hsds/{name}?{form}"
            for name in HSDS_LISTS
            for form in ("format=ndjson", "page=2")
        ),
        *(f"/api/hsds/{name}?format=ndjson&full=true" for name in HSDS_LISTS[:3]),
        "/api/hsds/organizations?format=ndjson&full_service=true",
        "/api/hsds/services?minimal=true",
        "/api/hsds/services?full=true&format=ndjson&modified_after=2020-01-01",
        *(f"/api/hsds/services?full=true&area_code={code}" for code in site.prefectures),
        *(f"/api/hsds/services?search={each.name}" for each in site.knowledge.held),
        "/api/hsds/services?full=yes",
    ],
    f"{HSDS_LIST}/<made>": lambda site: [
        *(f"/api/hsds/services/{uuid_of('service', each.id)}" for each in site.everyone),
        *(
            f"/api/hsds/organizations/{uuid_of('organization', each.id)}?full_service=true"
            for each in site.knowledge.package.organizations
        ),
        *(
            f"/api/hsds/service_at_locations/{uuid_of('service_at_location', f'{each.id}/1')}"
            for each in site.everyone
        ),
    ],
    "/places.json": lambda _: ["/places.json"],
    "/healthz": lambda _: ["/healthz"],
    "/robots.txt": lambda _: ["/robots.txt"],
    "/.well-known/security.txt": lambda _: ["/.well-known/security.txt"],
    "/sitemap.xml": lambda _: ["/sitemap.xml", "/nowhere", "/nowhere.json"],
    "/sitemap-<int(min=1, max=9999):number>.xml": lambda _: ["/sitemap-1.xml", "/sitemap-9.xml"],
}


def site_on(at: datetime, home: Path, package: DataPackage) -> Site:
    app = create_app(Settings(home=home), clock=lambda: at)
    app.testing = True
    return Site(app, Knowledge(package, at.year))


@pytest.fixture(scope="module")
def told_home(
    shipped_home: Path, package: DataPackage, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Give the shipped data with a history that knows every secret, and notices that name them.

    No rule would let such notices in; this is how facts that moved on leave them behind.
    """
    home = tmp_path_factory.mktemp("told")
    (home / "sosdir.db").write_bytes((shipped_home / "sosdir.db").read_bytes())
    with db.changing(home / "sosdir.db") as database:
        for number, service in enumerate(package.services):
            keep_secrets(database, service, number)
        store.add(database, Entry(a_notice("plain", services=()), Action.PUBLISHED, ADMIN, NOON))
    return home


def keep_secrets(database: Database, service: Service, number: int) -> None:
    """Write down that all of a service just changed, and a notice with each of its contacts."""
    at = NOON - timedelta(minutes=number)
    before = replace(service, name="前の名前", channels=(), address=None)
    changed = replace(service, editor_note="管理者だけの覚え書き", hold=None)
    for state in (before, changed, service):
        entry = revisions.Entry(state, Change.PUBLISHED, ADMIN, at)
        revisions.add(database, entry)
    contacts = (service.address, *(each.value for each in service.channels))
    words = " ".join(each for each in contacts if each)
    leak = a_notice(f"leak-{number}", body=words or "番号は出ません", links=())
    leak = replace(leak, services=(service.id,), areas=service.service_areas)
    store.add(database, Entry(leak, Action.PUBLISHED, ADMIN, at))


@pytest.fixture(scope="module")
def site(told_home: Path, package: DataPackage) -> Site:
    return site_on(NOON, told_home, package)


@pytest.fixture(scope="module")
def later_site(told_home: Path, package: DataPackage) -> Site:
    """Give the site in 2030, when what was reported until 2024 has aged."""
    return site_on(IN_2030, told_home, package)


def zipped(text: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("service.csv", text)
    return out.getvalue()


def told(content: bytes) -> str:
    """Return the text of an answer: that of every file of a zip, lines that are folded whole."""
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(told(archive.read(name)) for name in archive.namelist())
    if content.startswith((b"BEGIN:VCARD", b"BEGIN:VCALENDAR")):
        content = content.replace(b"\r\n ", b"")
    # What is no text, as in a database, is passed over; the text between it is read.
    return content.decode("utf-8", errors="replace")


def crawl(site: Site, addresses: Iterable[str]) -> dict[str, str]:
    """Return the leaks by address, searched in each different line of the answers once."""
    first_seen: dict[str, str] = {}
    for address in addresses:
        body = told(site.client.get(address, buffered=True).get_data())
        for line in body.splitlines():
            first_seen.setdefault(line, address)
    if not site.knowledge.leaks("\n".join(first_seen)):
        return {}
    leaks = ((line, site.knowledge.leaks(line)) for line in first_seen)
    return {secret: first_seen[line] for line, found in leaks for secret in found}


def rules_of(site: Site) -> set[str]:
    """Return the rules of all pages."""
    return {rule.rule for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}


# What leads in is open to all who have no session yet, and tells nothing of any service.
WAYS_IN = ("/admin/sign-in", "/admin/invitations/", "/admin/invitation/")


def test_every_address_of_the_site_is_crawled(site: Site) -> None:
    assert {rule for rule in rules_of(site) if not rule.startswith("/admin")} == set(EXAMPLES)


def test_every_page_of_the_admins_is_closed_to_the_public_and_tells_no_secret(site: Site) -> None:
    held = site.knowledge.held[0].id
    for rule in sorted(each for each in rules_of(site) if each.startswith("/admin")):
        path = re.sub(r"<int[^>]*>", "1", rule).replace("<service_id>", held)
        answer = site.client.get(re.sub(r"<[^>]+>", "x", path))
        if not rule.startswith(WAYS_IN):
            assert answer.status_code == 303, rule
            assert urlsplit(answer.location).path == "/admin/sign-in", rule
        # The address that was asked for stands in the way back to it.
        assert site.knowledge.leaks(answer.get_data(as_text=True).replace(held, "")) == [], rule


def test_each_example_of_an_address_is_answered_by_its_rule(site: Site) -> None:
    for rule, examples in EXAMPLES.items():
        path = next(iter(examples(site)))
        with site.app.test_request_context(path) as context:
            assert context.request.url_rule is not None
            assert context.request.url_rule.rule == rule


@pytest.mark.parametrize("rule", EXAMPLES)
def test_no_address_tells_a_secret(site: Site, rule: str) -> None:
    assert crawl(site, EXAMPLES[rule](site)) == {}


@pytest.mark.parametrize(
    "rule",
    [
        "/",
        "/sheet",
        "/embed",
        "/feed.xml",
        *(
            rule
            for rule in EXAMPLES
            if rule.startswith(("/services", "/notices", "/open-data", HSDS_LIST))
        ),
    ],
)
def test_no_list_or_service_tells_a_secret_when_reports_have_aged(
    later_site: Site, rule: str
) -> None:
    assert crawl(later_site, EXAMPLES[rule](later_site)) == {}


@pytest.mark.parametrize(
    "rule",
    [
        "/areas/<code>",
        "/areas/<code>/partners",
        "/organizations/<organization_id>",
        "/programs/<slug>",
        "/offline/<code>",
        "/map",
        "/map.js",
        "/about",
        "/sitemap.xml",
    ],
)
def test_no_place_tells_a_secret_when_reports_have_aged(later_site: Site, rule: str) -> None:
    assert crawl(later_site, list(EXAMPLES[rule](later_site))[::5]) == {}


def test_notices_and_news_are_told_where_they_keep_no_secret(site: Site) -> None:
    listed = "".join(site.client.get(f"/notices?page={page}").text for page in range(1, 9))
    told = set(re.findall(r"/notices/leak-([0-9]+)", listed))
    known = site.knowledge
    for number, each in enumerate(known.package.services):
        if each in known.withheld and any(one.value for one in each.channels):
            assert site.client.get(f"/notices/leak-{number}").status_code == 404, each.id
            assert str(number) not in told
    assert len(told) > 20
    feed = "".join(site.client.get(f"/feed.xml?page={page}").text for page in range(1, 5))
    assert feed.count("<entry>") > 50
    assert ADMIN.name not in feed


def test_reports_age(site: Site, later_site: Site) -> None:
    assert len(later_site.knowledge.secret_numbers) > len(site.knowledge.secret_numbers)
    assert {each.id for each in site.knowledge.withheld} < {
        each.id for each in later_site.knowledge.withheld
    }


def test_there_are_secrets_to_guard(site: Site) -> None:
    assert len(site.knowledge.held) > 3
    assert len(site.knowledge.withheld) > 20
    assert len(site.knowledge.secret_numbers) > 40
    assert len(site.knowledge.secret_texts) > 150


@pytest.mark.parametrize(
    "writing",
    [
        "0120-106-896",
        "0120106896",
        "０１２０－１０６－８９６",
        "(0120)106-896",
        "+81 120-106-896",
        "<a href='tel:+81120106896'>",
        "毎週火曜日の午前11時から午後3時まで",
        r'"\u6bce\u9031\u706b\u66dc\u65e5\u306e\u5348\u524d11\u6642\u304b\u3089\u5348\u5f8c3\u6642\u307e\u3067"',
        "mailto:kenko-sos%40city.hamamatsu.shizuoka.jp",
        "kenko-sos&#64;city.hamamatsu.shizuoka.jp",
        "公開を止める理由: 市外局番が出典にない",
    ],
)
def test_a_leak_would_be_noticed(site: Site, writing: str) -> None:
    assert site.knowledge.leaks(f"<p>見本 {writing}</p>")


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCARD\r\nTEL:tel:01201\r\n 06896\r\n",
        b"SQLite format 3\0\xff\xfe0120-106-896\x01",
        zipped("0120-106-896"),
    ],
)
def test_a_leak_in_a_file_would_be_noticed(site: Site, content: bytes) -> None:
    assert site.knowledge.leaks(told(content))


def test_a_leaking_answer_fails_the_crawl(site: Site) -> None:
    class Leaking:
        def get(self, _address: str, **_options: object) -> object:
            return site.app.response_class("<ul>\n<li>0120-106-896</li>\n</ul>")

    broken = Site(site.app, site.knowledge)
    broken.__dict__["client"] = Leaking()
    assert crawl(broken, ["/about"]) == {"0120-106-896": "/about", "0120106896": "/about"}


@pytest.mark.parametrize("year", ["now", "later"])
def test_a_search_for_a_secret_number_finds_nothing(
    site: Site, later_site: Site, year: str
) -> None:
    asked = site if year == "now" else later_site
    for number in sorted(asked.knowledge.secret_numbers):
        answer = asked.client.get("/services.json", query_string={"q": number})
        assert answer.get_json()["total"] == 0, number


def test_a_page_about_a_secret_number_says_that_nothing_was_found(site: Site) -> None:
    for number in sorted(site.knowledge.secret_numbers)[:5]:
        page = read(site.client.get("/", query_string={"q": number}))
        assert "見つかりませんでした" in page.text
        assert [link for link in page.links if "/services/" in link] == []
        # The words asked stand in the form and the links; no link may dial them.
        assert f"tel:{number}" not in page.links


def test_a_secret_text_finds_no_service_that_holds_it(site: Site) -> None:
    for service in site.knowledge.withheld:
        for text in filter(None, contact_texts(service)):
            if text in site.knowledge.public_text or len(text) > 200:
                continue
            answer = site.client.get("/services.json", query_string={"q": text}).get_json()
            assert service.id not in [each["id"] for each in answer["services"]], text


OF_TIME = (Need.NIGHT, Need.WEEKEND, Need.HOLIDAY, Need.AROUND_THE_CLOCK)


@pytest.mark.parametrize("year", ["now", "later"])
def test_no_filter_tells_when_a_withheld_line_answers(
    site: Site, later_site: Site, year: str
) -> None:
    asked = site if year == "now" else later_site
    withheld = {each.id for each in asked.knowledge.withheld}
    queries = [
        *({"need": need} for need in OF_TIME),
        {"q": "夜"},
        {"q": "24時間 電話"},
        *({"state": state, "at": "2026-11-25T12:00"} for state in ("open", "messages", "closed")),
        {"state": "open", "channel": "phone", "at": "2026-11-25T12:00"},
    ]
    for query in queries:
        for page in range(1, 9):
            answer = asked.client.get("/services.json", query_string={**query, "page": page})
            found = {each["id"] for each in answer.get_json().get("services", [])}
            assert found & withheld == set(), query


def test_a_posted_search_tells_no_secret(site: Site) -> None:
    for fields in ({"q": "夜 電話"}, {"query": "need=night"}, {"q": "声を出せない", "at": "x"}):
        body = site.client.post("/search", data=fields).get_data(as_text=True)
        assert site.knowledge.leaks(body) == []


def test_a_held_service_is_not_there(site: Site) -> None:
    sitemap = site.client.get("/sitemap.xml").get_data(as_text=True)
    for service in site.knowledge.held:
        answer = site.client.get(f"/services/{service.id}")
        assert answer.status_code == 404
        assert service.id not in sitemap
        found = site.client.get("/services.json", query_string={"q": service.name}).get_json()
        assert service.id not in json.dumps(found)


@pytest.mark.parametrize("form", ["sheet", "card"])
def test_a_held_service_is_handed_over_to_nobody(site: Site, form: str) -> None:
    for service in site.knowledge.held:
        answer = site.client.get(f"/sheet?ids={site.public_ids[0]},{service.id}&form={form}")
        assert answer.status_code == 200
        # Its id is what the visitor wrote herself.
        body = answer.get_data(as_text=True).replace(service.id, "")
        assert site.knowledge.leaks(body) == []


def test_every_public_service_is_in_the_sitemap_and_has_its_page(site: Site) -> None:
    sitemap = site.client.get("/sitemap.xml").get_data(as_text=True)
    for service_id in site.public_ids:
        assert f"/services/{quote(service_id)}</loc>" in sitemap
        assert site.client.get(f"/services/{service_id}").status_code == 200


def test_a_withheld_service_is_public_by_name_without_contact_or_geometry(site: Site) -> None:
    features = site.client.get("/services.geojson").get_json()["features"]
    by_id = {each["id"]: each for each in features}
    for service in site.knowledge.withheld:
        feature = by_id[service.id]
        assert feature["properties"]["name"] == service.name
        assert feature["geometry"] is None
        for channel in feature["properties"]["channels"]:
            assert channel["withheld"] is True
            assert channel["value"] is channel["href"] is channel["hours"] is None
            assert channel["hours_text"] is None
