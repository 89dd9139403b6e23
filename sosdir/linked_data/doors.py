"""List the files and programs' doors that a catalogue offers: one row each, none said twice.

A row for a door that a site does not have yet is left out of its catalogue by itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dataset:
    """Name a set of data that files are forms of.

    Args:
        key: part of its address in the catalogue.
        title: in Japanese.
        title_en: in English.
        description: in Japanese.
        description_en: in English.
        keywords: in Japanese.
    """

    key: str
    title: str
    title_en: str
    description: str
    description_en: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class File:
    """Name a file of a dataset.

    Args:
        dataset: the key of the dataset.
        path: of its stable address.
        media_type: as IANA registers it.
        title: of the format.
    """

    dataset: str
    path: str
    media_type: str
    title: str


@dataclass(frozen=True, slots=True)
class Api:
    """Name a door for programs.

    Args:
        dataset: the key of the dataset that it serves.
        path: of its root.
        title: of it.
        standard: the address of what it conforms to.
    """

    dataset: str
    path: str
    title: str
    standard: str


DATASETS = (
    Dataset(
        "services",
        "日本の妊娠SOS相談窓口",
        "Pregnancy SOS lines of Japan",
        "妊娠について話せる日本の窓口(にんしんSOSなど)の、連絡先、受付時間、対象地域、出典。"
        "確かさの足りない番号は入っていません。",
        "Lines for people in Japan who may be pregnant: how and when to reach them, whom they"
        " serve, and the sources. Numbers that are not well enough known are withheld.",
        ("にんしんSOS", "妊娠相談", "女性の健康", "母子保健"),
    ),
    Dataset(
        "areas",
        "妊娠SOS相談窓口の対象地域",
        "Areas served by the pregnancy SOS lines of Japan",
        "窓口が対象とする地域の形。",
        "Shapes of the areas that the lines serve.",
        ("にんしんSOS", "対象地域"),
    ),
)

FILES = (
    File("services", "/services.json", "application/json", "JSON"),
    File("services", "/services.csv", "text/csv", "CSV"),
    File("services", "/services.geojson", "application/geo+json", "GeoJSON"),
    File("services", "/open-data/services.csv", "text/csv", "CSV (標準様式)"),
    File("services", "/open-data/datapackage.zip", "application/zip", "Tabular Data Package"),
    File("services", "/open-data/sosdir.db", "application/vnd.sqlite3", "SQLite"),
    File("services", "/open-data/services.vcf", "text/vcard", "vCard"),
    File("areas", "/open-data/areas.geojson", "application/geo+json", "GeoJSON"),
)

APIS = (
    Api(
        "services",
        "/api/hsds/",
        "Open Referral HSDS 3.1 API",
        "https://docs.openreferral.org/en/v3.1.0/hsds/api_reference.html",
    ),
)
