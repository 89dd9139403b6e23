"""The page of the country says what anyone can count from the files of ``data/`` alone.

The rules are written here a second time, from docs/coverage.md and with nothing of the site's own
code: the csv module, and the package opening_hours for the hours.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from opening_hours import OpeningHours

DATA = Path(__file__).resolve().parent.parent / "data"
YEAR = 2026  # of NOON, at which the site of the tests stands still
ONLINE = {"line", "chat", "email", "web_form", "chatbot", "x"}
# A week of June without a public holiday, from a Monday.
A_WEEK = datetime(2026, 6, 8, 0, 30)
NIGHT = {22, 23, 0, 1, 2, 3, 4, 5}

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_withheld(service: Row) -> bool:
    """Apply the rule of evidence: what is weak, or was reported more than five years ago."""
    if service["evidence"] == "unconfirmed":
        return True
    year = service["newest_source_year"]
    return service["evidence"] == "reported" and bool(year) and int(year) < YEAR - 5


@dataclass
class Counted:
    """Hold a line as a spreadsheet would: its row, its areas, the channels that can be used."""

    service: Row
    areas: set[str]
    channels: list[Row] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {each["kind"] for each in self.channels}

    def offers(self, pattern: str) -> bool:
        said = [each for each in self.service["offers"].split(";") if re.search(pattern, each)]
        return any(
            not re.search("できません|できない|不可|対象外|ありません", each) for each in said
        )

    def languages(self) -> set[str]:
        spoken = (each["languages"] or self.service["languages"] for each in self.channels)
        return {code for text in spoken for code in text.split(";") if code}

    def hours(self) -> list[str]:
        live = (
            each for each in self.channels if each["kind"] in {"phone", "chat", "in_person", "line"}
        )
        return [each["hours"] for each in live if each["hours"]]

    def tells_no_hours(self) -> bool:
        return any(
            each["kind"] in {"phone", "chat", "in_person"} and not each["hours"]
            for each in self.channels
        )


def all_lines() -> list[Counted]:
    areas, channels = defaultdict(set), defaultdict(list)
    for row in rows("service_area"):
        areas[row["service_id"]].add(row["area_code"])
    for row in rows("channel"):
        channels[row["service_id"]].append(row)
    found = []
    for service in rows("service"):
        if service["hold"] or service["status"] == "defunct":
            continue
        usable = [each for each in channels[service["id"]] if can_be_used(service, each)]
        found.append(Counted(service, areas[service["id"]], usable))
    return found


def can_be_used(service: Row, channel: Row) -> bool:
    if service["contact_missing"] == "true" or service["status"] != "active":
        return False
    if is_withheld(service):
        return False
    return bool(channel["value"] or (service["website"] and channel["kind"] in ONLINE))


def open_hours(lines: Iterable[Counted]) -> set[tuple[int, int]]:
    """Return weekday and hour of which at half past a line answers, in a week without holidays."""
    parsed = [OpeningHours(hours) for line in lines for hours in line.hours()]
    return {
        (day, hour)
        for day in range(7)
        for hour in range(24)
        if any(each.is_open(A_WEEK + timedelta(days=day, hours=hour)) for each in parsed)
    }


HOLDS: dict[str, Callable[[Counted], bool]] = {
    "pregnancy_sos": lambda line: line.service["focus"] == "pregnancy_sos",
    "womens_health": lambda line: line.service["focus"] == "womens_health",
    "maternity": lambda line: line.service["focus"] == "maternity",
    "sns": lambda line: bool(line.kinds & {"line", "chat", "x"}),
    "line": lambda line: "line" in line.kinds,
    "phone": lambda line: "phone" in line.kinds,
    "email": lambda line: "email" in line.kinds,
    "web_form": lambda line: "web_form" in line.kinds,
    "in_person": lambda line: "in_person" in line.kinds,
    "anonymous": lambda line: line.service["anonymous"] == "true",
    "accompaniment": lambda line: line.offers("同行|付き添い|付添い|つきそい"),
    "shelter": lambda line: line.offers("居場所|宿泊|シェルター|ホームステイ|住まいを提供|泊ま"),
    "languages": lambda line: bool(line.languages() - {"ja"}),
}


def recounted(code: str, lines: list[Counted]) -> list[int]:
    """Count a prefecture by hand, in the order of the columns of the page, but for holidays."""
    wide = [line for line in lines if code in line.areas]
    local = [
        line
        for line in lines
        if line not in wide
        and "00" not in line.areas
        and any(area.startswith(code) for area in line.areas)
    ]
    own = [*wide, *local]
    usable = [line for line in own if line.channels]
    presumed = [line for line in own if line.service["service_area_basis"] == "presumed"]
    answered = open_hours(wide)
    return [
        len(own),
        len(usable),
        len(wide),
        len(local),
        len(presumed),
        *(sum(map(holds, usable)) for holds in HOLDS.values()),
        len(answered),
        sum(hour in NIGHT for _, hour in answered),
        sum(day >= 5 for day, _ in answered),
    ]


def shown(client: FlaskClient) -> dict[str, list[str]]:
    """Read the table of the page: the texts of its cells by the code of the prefecture."""
    page = client.get("/coverage").get_data(as_text=True)
    body = page.partition('<table class="coverage">')[2].partition("</table>")[0]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2], re.DOTALL):
        cells = [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        ]
        code = re.search(r"/coverage/(\d\d)\"", row)
        assert code
        found[code[1]] = cells
    return found


def number(text: str) -> int:
    """Read a cell; where hours cannot be told, at least so many."""
    return 0 if text == "知る窓口なし" else int(text.partition("〜")[0])


@pytest.fixture(scope="module")
def table(shipped_app: Flask) -> dict[str, list[str]]:
    return shown(shipped_app.test_client())


@pytest.fixture(scope="module")
def lines() -> list[Counted]:
    return all_lines()


@pytest.mark.parametrize("code", [f"{number:02}" for number in range(1, 48)])
def test_every_number_of_a_prefecture_can_be_counted_by_hand(
    table: dict[str, list[str]], lines: list[Counted], code: str
) -> None:
    *numbers, _holidays = table[code]
    assert list(map(number, numbers)) == recounted(code, lines)


@pytest.mark.parametrize("code", [f"{number:02}" for number in range(1, 48)])
def test_hours_that_nobody_tells_are_no_closed_hours(
    table: dict[str, list[str]], lines: list[Counted], code: str
) -> None:
    wide = [line for line in lines if code in line.areas]
    told, _, most = table[code][-4].partition("〜")
    silent = any(line.tells_no_hours() for line in wide)
    assert silent == (most == "168" or (silent and told == "168"))


def test_a_holiday_counts_where_the_hours_speak_of_it(
    table: dict[str, list[str]], lines: list[Counted]
) -> None:
    for code, cells in table.items():
        hours = [each for line in lines if code in line.areas for each in line.hours()]
        told = {each for each in hours if "PH" in each or each == "24/7"}
        if hours and not told:
            assert cells[-1] == "0〜24", code
        if "24/7" in told:
            assert cells[-1] == "24", code


def test_there_is_something_to_count(table: dict[str, list[str]]) -> None:
    assert len(table) == 47
    assert sum(number(cells[0]) for cells in table.values()) > 80
    assert any(cells[0] == "知る窓口なし" for cells in table.values())
    assert any(number(cells[-4]) > 50 for cells in table.values())
