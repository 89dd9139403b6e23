"""A small invented cast: services that never were, with numbers that nobody can have."""

from dataclasses import replace
from datetime import date, datetime

from sosdir.models import (
    AnswersFor,
    Basis,
    Channel,
    ChannelKind,
    DataPackage,
    EvidenceLevel,
    Focus,
    Organization,
    Position,
    Precision,
    Service,
    ServiceStatus,
    Source,
    SourceKind,
    Statistic,
)
from sosdir.schedules import TOKYO

# A Wednesday that is no holiday, at noon.
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=TOKYO)
NIGHT = datetime(2026, 11, 25, 23, 30, tzinfo=TOKYO)
TODAY = NOON.date()

YOKOHAMA = "141003"
KAWASAKI = "141305"
KANAGAWA = "14"
NATIONWIDE = "00"

CITY = Organization("yokohama-shi", "横浜市")
HARBOUR = Organization("minato", "NPO法人みなと")


def a_source(service_id: str, number: int = 1) -> Source:
    """Return a source of a service."""
    key = f"{service_id}-s{number}"
    return Source(key, f"https://example.jp/{key}", "見本新聞", SourceKind.NEWS, "2025-04-01")


def a_channel(
    service_id: str,
    number: int = 1,
    kind: ChannelKind = ChannelKind.PHONE,
    value: str | None = "03-0000-0001",
    hours: str | None = "Mo-Fr 10:00-16:00; PH off",
    hours_text: str | None = "平日10時から16時",
    **changes: object,
) -> Channel:
    """Return a channel of a service: by day on weekdays unless told otherwise."""
    channel = Channel(
        id=f"{service_id}-{number}",
        kind=kind,
        value=value,
        hours=hours,
        hours_text=hours_text,
        toll_free=None,
        languages=(),
        caller_id=None,
        reply=None,
        note=None,
        editor_note=None,
        source_ids=(f"{service_id}-s1",),
    )
    return replace(channel, **changes)  # type: ignore[arg-type]


def a_service(service_id: str = "minato-sos", **changes: object) -> Service:
    """Return a confirmed line for Yokohama with one phone, changed as told."""
    service = Service(
        id=service_id,
        name="みなとSOS",
        focus=Focus.PREGNANCY_SOS,
        answers_for=AnswersFor.MUNICIPALITY,
        organization=CITY,
        department=None,
        operator_text=None,
        commissioners=(),
        partners=(),
        programs=(),
        prefecture_code=KANAGAWA,
        municipality_code=YOKOHAMA,
        address=None,
        position=Position(35.45033, 139.63422, Precision.MUNICIPALITY),
        area_served=None,
        service_areas=(YOKOHAMA,),
        service_area_basis=Basis.STATED,
        eligibility=None,
        channels=(a_channel(service_id),),
        fee="free",
        anonymous=True,
        confidentiality=None,
        languages=(),
        staff=("助産師",),
        offers=("同行支援",),
        website="https://example.jp/minato",
        statistics=(),
        established=None,
        evidence=EvidenceLevel.CONFIRMED,
        newest_source_year=2025,
        collected_on=date(2026, 11, 23),
        checked_on=None,
        contact_missing=False,
        status=ServiceStatus.ACTIVE,
        status_note=None,
        successor_id=None,
        hold=None,
        editor_note="管理者だけの覚え書き",
        sources=(a_source(service_id),),
    )
    return replace(service, **changes)  # type: ignore[arg-type]


def the_cast() -> tuple[Service, ...]:
    """Return the whole cast: every rule of the directory has someone to play it."""
    return (
        a_service(),
        a_service(
            "sagami-night",
            name="さがみ夜の妊娠ライン",
            answers_for=AnswersFor.PREFECTURE,
            organization=HARBOUR,
            municipality_code=None,
            position=None,
            service_areas=(KANAGAWA,),
            channels=(
                a_channel(
                    "sagami-night",
                    1,
                    value="03-0000-0002",
                    hours="Mo-Su 18:00-02:00; PH 18:00-02:00",
                ),
                a_channel("sagami-night", 2, ChannelKind.LINE, "@sagami", None, None),
            ),
            anonymous=None,
            fee=None,
        ),
        a_service(
            "nihon-always",
            name="にほん妊娠ホットライン",
            answers_for=AnswersFor.NATIONAL,
            organization=HARBOUR,
            prefecture_code="13",
            municipality_code=None,
            position=None,
            service_areas=(NATIONWIDE,),
            channels=(
                a_channel(
                    "nihon-always", 1, value="03-0000-0003", hours="24/7", hours_text="24時間"
                ),
                a_channel("nihon-always", 2, ChannelKind.EMAIL, "soudan@example.jp", None, None),
            ),
            languages=("ja", "en"),
        ),
        a_service(
            "kawasaki-desk",
            name="かわさき子育て総合窓口",
            focus=Focus.MATERNITY,
            organization=Organization("kawasaki-shi", "川崎市"),
            municipality_code=KAWASAKI,
            service_areas=(KAWASAKI,),
            position=Position(35.53085, 139.70302, Precision.MUNICIPALITY),
            channels=(
                a_channel("kawasaki-desk", 1, value="03-0000-0004"),
                a_channel("kawasaki-desk", 2, ChannelKind.IN_PERSON, "川崎市見本町1-1"),
            ),
            service_area_basis=Basis.PRESUMED,
        ),
        a_service(
            "mukashi-sos",
            name="むかし妊娠SOS",
            evidence=EvidenceLevel.UNCONFIRMED,
            newest_source_year=2012,
            service_areas=(KANAGAWA,),
            address="横浜市見本町9-9",
            channels=(
                a_channel(
                    "mukashi-sos",
                    value="03-0000-0005",
                    hours="24/7",
                    hours_text="むかしは24時間",
                    note="むかしの覚え書き",
                ),
                a_channel("mukashi-sos", 2, ChannelKind.EMAIL, "mukashi@example.jp", None, None),
            ),
        ),
        a_service(
            "rusu-line",
            name="るすの窓口",
            evidence=EvidenceLevel.REPORTED,
            newest_source_year=None,
            service_areas=(KANAGAWA,),
            website=None,
            channels=(a_channel("rusu-line", 1, ChannelKind.LINE, None, "24/7", None),),
            contact_missing=True,
        ),
        a_service(
            "kakushi-line",
            name="ひみつの窓口",
            hold="公開しない理由",
            channels=(a_channel("kakushi-line", value="03-0000-0006", hours="24/7"),),
        ),
    )


def a_package(shipped: DataPackage, *told: Service) -> DataPackage:
    """Return a small package of services, or of one, with the places around Tokyo.

    Its numbers pass the import: they are 189, which everyone may dial.
    """
    services = told or (an_importable_service(),)
    bodies = {
        body for each in services for body in (each.organization, *each.commissioners) if body
    }
    near = ("13", "14")
    return DataPackage(
        organizations=tuple(sorted(bodies, key=lambda body: body.id)),
        services=services,
        municipalities=tuple(each for each in shipped.municipalities if each.code[:2] in near),
        wards=tuple(each for each in shipped.wards if each.municipality_code[:2] in near),
        retired_numbers=shipped.retired_numbers,
        outlines=tuple(each for each in shipped.outlines if each.prefecture.code in near),
    )


def an_importable_service(service_id: str = "minato-sos", **changes: object) -> Service:
    """Return a service with something in every column of every table."""
    channels = (
        a_channel(service_id, 1, value="189", toll_free=True, note="見本", editor_note="見本"),
        a_channel(service_id, 2, ChannelKind.EMAIL, "soudan@example.jp", None, None),
    )
    service = a_service(
        service_id,
        channels=channels,
        department="見本課",
        operator_text="横浜市(見本課)",
        commissioners=(HARBOUR,),
        partners=("見本の会", "見本病院"),
        programs=("見本事業",),
        address="横浜市見本町1-1",
        area_served="横浜市に住む方",
        eligibility="どなたでも",
        confidentiality="秘密は守られます",
        languages=("ja", "en"),
        statistics=(Statistic("LINE友だち数", 120, date(2025, 4, 1), (f"{service_id}-s1",)),),
        established="2020年",
        checked_on=date(2026, 11, 24),
    )
    return replace(service, **changes)  # type: ignore[arg-type]
