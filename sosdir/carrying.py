"""Carry from page to page what was asked and what was collected: in addresses alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Flask, g, request

from sosdir import context
from sosdir.context import COLLECTED, Address
from sosdir.forms.collection import MAX_COLLECTED, split_ids

# Its path names the place that its list is of.
_PLACE_OF_LIST = "areas.area"


@dataclass(frozen=True)
class Carried:
    """Hold what travels along, and make the links that take it on.

    Args:
        here: the address of the page.
        address: the same with the place that its path names.
        endpoint: of the page.
        path: the parts of its path.
        is_secret: whether the question was posted: then no address of ours may tell it.
    """

    here: Address
    address: Address
    endpoint: str
    path: dict[str, Any]
    is_secret: bool = False

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the services collected, in order."""
        return split_ids(value for name, value in self.address.parameters if name == COLLECTED)

    @property
    def is_full(self) -> bool:
        """Tell whether no other service can be collected."""
        return self.is_secret or len(self.ids) >= MAX_COLLECTED

    @property
    def sheet_url(self) -> str:
        """Return the address of the sheet of what was collected, for the moment asked about."""
        return self.address.only("at", COLLECTED).url("sheet.sheet")

    @property
    def empty_url(self) -> str:
        """Return the address of this page with nothing collected."""
        return self._here(())

    def service_url(self, service_id: str, area: str | None = None) -> str:
        """Return the address of a service's page, with the question that led there.

        Args:
            service_id: of the service.
            area: code of the place, where the question names none.
        """
        address = self.address.without("page")
        if area is not None:
            address = address.setting("area", area)
        return address.url("services.service", service_id=service_id)

    def toggle_url(self, service_id: str) -> str:
        """Return the address of this page with a service collected, or no longer, at its card.

        Args:
            service_id: of the service.
        """
        if service_id in self.ids:
            ids = tuple(each for each in self.ids if each != service_id)
        else:
            ids = (*self.ids, service_id)
        return f"{self._here(ids)}#{fragment(service_id)}"

    def _here(self, ids: tuple[str, ...]) -> str:
        return self.here.collecting(ids).url(self.endpoint, **self.path)


def fragment(service_id: str) -> str:
    """Return the name that a service has on a page of several.

    Args:
        service_id: of the service.
    """
    return f"s-{service_id}"


def carried() -> Carried:
    """Return what travels along with the request."""
    if "carried" not in g:
        path = dict(request.view_args or {})
        is_secret = context.is_posted()
        here = address = Address(()) if is_secret else context.address()
        if request.endpoint == _PLACE_OF_LIST:
            address = here.without("q").setting("area", path["code"])
        g.carried = Carried(here, address, request.endpoint or "home.home", path, is_secret)
    found: Carried = g.carried
    return found


def init_app(app: Flask) -> None:
    """Give an application's templates what travels along.

    Args:
        app: to register with.
    """
    app.jinja_env.globals.update(carried=carried, fragment=fragment)
