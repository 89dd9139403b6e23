"""The table of endpoints and their parameters: views, forms, OpenAPI and the pages read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sosdir.hsds.asking import LAST_PAGE, MOST_PER_PAGE, MOST_TEXT, PER_PAGE, Format
from sosdir.hsds.listed import ListedAtLocation, MinimalService, OrganizationInFull
from sosdir.hsds.location import ServiceAtLocation
from sosdir.hsds.organization import Organization
from sosdir.hsds.service import Service
from sosdir.hsds.taxonomy import Taxonomy, TaxonomyTerm


class Kind(StrEnum):
    """Tell what the value of a parameter must be."""

    TEXT = "text"
    PAGE = "page"
    PER_PAGE = "per_page"
    TRUTH = "truth"
    UUID = "uuid"
    INSTANT = "instant"
    AREA = "area"
    FORMAT = "format"


# The pattern of a UUID in any of its two cases, and of an area code.
UUID_PATTERN = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
AREA_PATTERN = "^([0-9]{2}|[0-9]{6})$"

SCHEMAS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string", "maxLength": MOST_TEXT},
    Kind.PAGE: {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
    Kind.PER_PAGE: {
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_PER_PAGE,
        "default": PER_PAGE,
    },
    Kind.TRUTH: {"type": "boolean", "default": False},
    Kind.UUID: {"type": "string", "format": "uuid", "pattern": UUID_PATTERN},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.AREA: {"type": "string", "pattern": AREA_PATTERN},
    Kind.FORMAT: {"type": "string", "enum": [str(each) for each in Format], "default": "json"},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """Describe one parameter of a list.

    Args:
        name: in the address.
        kind: what its value must be.
        description: what it does, in English.
        is_own: whether it is of our profile and not of HSDS.
    """

    name: str
    kind: Kind
    description: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Describe the list and the single objects of one kind.

    Args:
        name: of the list, as in its address.
        one: what a single object is called.
        description: what the list holds, in English.
        parameters: of the list.
        parameters_of_one: of a single object.
        listed: what may stand in the list.
        single: what a single object may be.
    """

    name: str
    one: str
    description: str
    parameters: tuple[Parameter, ...]
    parameters_of_one: tuple[Parameter, ...]
    listed: tuple[type, ...]
    single: tuple[type, ...]


SEARCH = Parameter(
    "search",
    Kind.TEXT,
    "Words as people type them. Services are found by the search of the site: places, needs and"
    " words in any writing; the order stays that of our ids. Elsewhere every word must stand in"
    " the name or the description.",
)
PAGE = Parameter("page", Kind.PAGE, "Number of the page; past the last one a page is empty.")
PER_PAGES = Parameter(
    "per_page",
    Kind.PER_PAGE,
    "How many on a page. A minimal list holds all on one page where this is not given.",
)
FORMAT = Parameter(
    "format",
    Kind.FORMAT,
    "json gives one page; ndjson gives everything, an object on each line, without pages.",
)
TERM = Parameter("taxonomy_term_id", Kind.UUID, "Only what is described by this term.")
TAXONOMY = Parameter("taxonomy_id", Kind.UUID, "Only what is described by a term of this taxonomy.")
ORGANIZATION = Parameter("organization_id", Kind.UUID, "Only services that this organization runs.")
MODIFIED = Parameter(
    "modified_after",
    Kind.INSTANT,
    "Only what changed at this instant or later. Services that have ended since come too, whatever"
    " else is asked, with the status defunct and no way to reach them.",
)
MINIMAL = Parameter(
    "minimal", Kind.TRUTH, "Only id and modified_date of each service; counts before full."
)
FULL = Parameter("full", Kind.TRUTH, "Everything that belongs to each object.")
FULL_SERVICE = Parameter(
    "full_service",
    Kind.TRUTH,
    "Everything, and everything of the services that it runs; a page then holds 20 at most.",
)
AREA = Parameter(
    "area_code",
    Kind.AREA,
    "Only services for the people of this place: 00 the country, two digits a prefecture, six a"
    " municipality. It stands in the place of postcode and proximity.",
    is_own=True,
)
TOP_ONLY = Parameter(
    "top_only", Kind.TRUTH, "Only terms at the top of their taxonomy, as all of ours are."
)
PARENT = Parameter("parent_id", Kind.UUID, "Only terms below this one; none of ours are.")

# Every list has these.
COMMON = (SEARCH, PAGE, PER_PAGES, FORMAT)
_FILTERS = (TERM, TAXONOMY, ORGANIZATION, MODIFIED, AREA)

ENDPOINTS = (
    Endpoint(
        "services",
        "service",
        "Help lines. What is not well enough known comes without its ways to be reached.",
        (*COMMON, *_FILTERS, MINIMAL, FULL),
        (),
        (Service, MinimalService),
        (Service,),
    ),
    Endpoint(
        "organizations",
        "organization",
        "Bodies that run services, or commission them.",
        (*COMMON, TERM, TAXONOMY, FULL, FULL_SERVICE),
        (FULL_SERVICE,),
        (Organization, OrganizationInFull),
        (Organization, OrganizationInFull),
    ),
    Endpoint(
        "service_at_locations",
        "service_at_location",
        "Services at the places where they can be visited, where an address is published.",
        (*COMMON, *_FILTERS, FULL),
        (),
        (ServiceAtLocation, ListedAtLocation),
        (ServiceAtLocation,),
    ),
    Endpoint(
        "taxonomies",
        "taxonomy",
        "The vocabularies by which services are described.",
        COMMON,
        (),
        (Taxonomy,),
        (Taxonomy,),
    ),
    Endpoint(
        "taxonomy_terms",
        "taxonomy_term",
        "The terms of the taxonomies.",
        (*COMMON, TAXONOMY, TOP_ONLY, PARENT),
        (),
        (TaxonomyTerm,),
        (TaxonomyTerm,),
    ),
)

# What HSDS has and we cannot answer, with the reason that a request for it is given.
UNANSWERABLE = {
    "postcode": "We know no postcodes. Ask by area_code or by search (the name of a place).",
    "proximity": "HSDS measures it from a postcode, and we know none. Ask by area_code.",
}
