"""Say the open data in the words of DCAT, for catalogues, and of schema.org, for its page.

The profile is DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/): what it calls
mandatory is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sosdir.linked_data.doors import APIS, DATASETS, FILES, Api, Dataset, File
from sosdir.linked_data.writing import SCHEMA_ORG, told

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/JPN"
_HEALTH = "http://publications.europa.eu/resource/authority/data-theme/HEAL"
_JAPAN = "http://publications.europa.eu/resource/authority/country/JPN"


@dataclass(frozen=True, slots=True)
class Site:
    """Hold what a catalogue says of the site that offers it.

    Args:
        name: of the site.
        home: whole address of its first page.
        page: whole address of the page on its open data.
        catalogue: whole address of the catalogue.
        licence: its address.
        changed_on: the day of the last change or collection, None for an empty directory.
        url: gives the whole address of a path.
        has: tells whether the site answers at a path.
    """

    name: str
    home: str
    page: str
    catalogue: str
    licence: str
    changed_on: date | None
    url: Callable[[str], str]
    has: Callable[[str], bool]


def catalogue(site: Site) -> dict[str, Any]:
    """Return the catalogue with every dataset, file and door that the site has.

    Args:
        site: that offers them.
    """
    apis = [_api(site, each) for each in APIS if site.has(each.path)]
    return {
        "@context": CONTEXT,
        "@id": site.catalogue,
        "@type": "dcat:Catalog",
        "dct:title": _in_both(f"{site.name} オープンデータ", f"{site.name} open data"),
        "dct:description": _in_both(DATASETS[0].description, DATASETS[0].description_en),
        "dct:publisher": _publisher(site),
        "dct:license": _at(site.licence),
        "dct:language": _at(_LANGUAGE),
        "foaf:homepage": _at(site.page),
        **_modified(site),
        "dcat:dataset": [_dataset(site, each, files) for each, files in _offered(site)],
        **({"dcat:service": apis} if apis else {}),
    }


def data_set(site: Site) -> dict[str, Any]:
    """Return the first dataset as schema.org's ``Dataset``, for the page on the open data.

    Args:
        site: that offers it.
    """
    dataset, files = next(_offered(site))
    return told(
        context_=SCHEMA_ORG,
        type_="Dataset",
        id_=_address(site, dataset),
        url=site.page,
        name=dataset.title,
        description=dataset.description,
        keywords=list(dataset.keywords),
        license=site.licence,
        isAccessibleForFree=True,
        dateModified=site.changed_on.isoformat() if site.changed_on else None,
        creator={"@type": "Organization", "name": site.name, "url": site.home},
        spatialCoverage={"@type": "Country", "name": "Japan"},
        distribution=[
            {
                "@type": "DataDownload",
                "contentUrl": site.url(each.path),
                "encodingFormat": each.media_type,
            }
            for each in files
        ],
    )


def _offered(site: Site) -> Iterator[tuple[Dataset, list[File]]]:
    """Yield the datasets of which the site has a file, with those files."""
    for dataset in DATASETS:
        files = [each for each in FILES if each.dataset == dataset.key and site.has(each.path)]
        if files:
            yield dataset, files


def _dataset(site: Site, dataset: Dataset, files: list[File]) -> dict[str, Any]:
    return {
        "@id": _address(site, dataset),
        "@type": "dcat:Dataset",
        "dct:identifier": _address(site, dataset),
        "dct:title": _in_both(dataset.title, dataset.title_en),
        "dct:description": _in_both(dataset.description, dataset.description_en),
        "dct:publisher": _publisher(site),
        "dct:language": _at(_LANGUAGE),
        "dct:spatial": _at(_JAPAN),
        "dcat:theme": _at(_HEALTH),
        "dcat:keyword": [{"@value": each, "@language": "ja"} for each in dataset.keywords],
        "dcat:landingPage": _at(site.page),
        **_modified(site),
        "dcat:distribution": [_distribution(site, each) for each in files],
    }


def _distribution(site: Site, file: File) -> dict[str, Any]:
    address = site.url(file.path)
    return {
        "@id": f"{site.catalogue}#{file.path}",
        "@type": "dcat:Distribution",
        "dct:title": file.title,
        "dcat:accessURL": _at(address),
        "dcat:downloadURL": _at(address),
        "dcat:mediaType": _at(_MEDIA_TYPES + file.media_type),
        "dct:license": _at(site.licence),
        **_modified(site),
    }


def _api(site: Site, api: Api) -> dict[str, Any]:
    return {
        "@id": f"{site.catalogue}#{api.path}",
        "@type": "dcat:DataService",
        "dct:title": api.title,
        "dcat:endpointURL": _at(site.url(api.path)),
        "dct:conformsTo": _at(api.standard),
        "dct:license": _at(site.licence),
        "dcat:servesDataset": _at(f"{site.catalogue}#{api.dataset}"),
    }


def _address(site: Site, dataset: Dataset) -> str:
    return f"{site.catalogue}#{dataset.key}"


def _publisher(site: Site) -> dict[str, Any]:
    return {"@id": site.home, "@type": "foaf:Agent", "foaf:name": site.name}


def _modified(site: Site) -> dict[str, Any]:
    if site.changed_on is None:
        return {}
    value = {"@value": site.changed_on.isoformat(), "@type": "xsd:date"}
    return {"dct:modified": value}


def _in_both(japanese: str, english: str) -> list[dict[str, str]]:
    return [
        {"@value": japanese, "@language": "ja"},
        {"@value": english, "@language": "en"},
    ]


def _at(address: str) -> dict[str, str]:
    return {"@id": address}
