"""Declare our profile: every field that we add to HSDS, object by object."""

from __future__ import annotations

from typing import Any

from sosdir.hsds import STANDARD, VERSION
from sosdir.hsds.channel import Phone, Url, Way
from sosdir.hsds.endpoints import ENDPOINTS, UNANSWERABLE
from sosdir.hsds.identifiers import NAMESPACE
from sosdir.hsds.money import Funding
from sosdir.hsds.organization import NamedService, Organization
from sosdir.hsds.schedule import Schedule
from sosdir.hsds.service import Figure, Page, Service
from sosdir.hsds.service_area import ServiceArea
from sosdir.hsds.shape import own_fields, schema

NAME = "sosdir"
PROFILE_VERSION = "1.0"

# By the names that HSDS gives to the schemas of these objects.
EXTENDED: dict[str, type] = {
    "service": Service,
    "organization": Organization,
    "phone": Phone,
    "url": Url,
    "schedule": Schedule,
    "service_area": ServiceArea,
    "funding": Funding,
}
# Objects that HSDS does not have.
ADDED: tuple[type, ...] = (Way, Page, Figure, NamedService)


def document(page: str) -> dict[str, Any]:
    """Return the profile as JSON.

    ``schemas`` holds a JSON Merge Patch (RFC 7396) for each schema of HSDS, as profiles have it.

    Args:
        page: the whole address of the page on it.
    """
    return {
        "name": NAME,
        "version": PROFILE_VERSION,
        "hsds_version": VERSION,
        "standard": STANDARD,
        "page": page,
        "identifier_namespace": str(NAMESPACE),
        "schemas": {f"{name}.json": _patch(kind) for name, kind in EXTENDED.items()},
        "objects": {each.__name__: schema(each) for each in ADDED},
        "parameters": {
            each.name: each.description
            for endpoint in ENDPOINTS
            for each in endpoint.parameters
            if each.is_own
        },
        "unanswerable_parameters": UNANSWERABLE,
    }


def own_field_names() -> dict[str, tuple[str, ...]]:
    """Return the names of our fields by the name of the HSDS object they are added to."""
    return {name: tuple(own_fields(kind)) for name, kind in EXTENDED.items()}


def _patch(kind: type) -> dict[str, Any]:
    properties = schema(kind)["properties"]
    return {"properties": {name: properties[name] for name in own_fields(kind)}}
