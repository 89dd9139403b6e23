"""The list of services that admins keep: everything is in it, and what needs a look is marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sosdir import db
from sosdir.models import ServiceStatus
from sosdir.store import services
from tests.admins import AdminClient
from tests.cast import a_service
from tests.reading import read

Enter = Callable[..., AdminClient]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=みなと+SOS", ["みなとSOS"]),
        ("q=03-0000-0006", ["ひみつの窓口"]),
        ("q=kakushi", ["ひみつの窓口"]),
        ("area=00", ["にほん妊娠ホットライン"]),
        ("evidence=unconfirmed", ["むかし妊娠SOS"]),
        ("status=hold", ["ひみつの窓口"]),
        ("q=zzz", []),
    ],
)
def test_the_list_finds_everything_that_is_kept(admin: Enter, query: str, names: list[str]) -> None:
    page = read(admin().get(f"/admin/services?{query}"))
    found = [attrs["href"] for tag, attrs in page.tags if tag == "a" and _is_edit(attrs)]
    assert len(found) == len(names)
    assert all(name in page.text for name in names)
    assert f"{len(names)}件" in page.text


def _is_edit(attrs: dict[str, str | None]) -> bool:
    return (attrs.get("href") or "").endswith("/edit")


@pytest.mark.parametrize(
    "query", ["page=x", "page=999999", "area=zz&status=zz&evidence=zz", "q=%00"]
)
def test_a_list_asked_without_sense_is_still_a_list(admin: Enter, query: str) -> None:
    assert admin().get(f"/admin/services?{query}").status_code == 200


def test_a_status_is_marked_in_the_list(admin: Enter) -> None:
    client = admin()
    with db.changing(client.database) as database:
        services.save(database, a_service(status=ServiceStatus.TEMPORARILY_CLOSED))
    assert "休止中" in read(client.get("/admin/services?q=みなとSOS")).text
