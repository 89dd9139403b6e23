"""The form of a notice, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wtforms import FieldList, Form, FormField

from sosdir.areas import Gazetteer
from sosdir.errors import Fault
from sosdir.forms.fields import ADDRESS, LONG, Lines, LongText, Radios, Secret, Text, lines
from sosdir.models import NATIONWIDE
from sosdir.notices import KIND_LABELS, MOST_LINKS, Kind, Link, Notice
from sosdir.text import fold
from sosdir.vocabulary import NATIONWIDE_LABEL

MOST_TITLE = 80
MOST_RELATED = 20
_YEARS = range(2020, 2101)
# What is no text; a line's end is.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff\u2028-\u202e\u2066-\u2069]")
_NO_DAY = "日付を 2026-11-25 のように書いてください。"
_DAY_HINT = "2026-11-25 のように。"


class LinkForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Hold one link as it is typed."""

    label = Text("ことば", hint="例: 横浜市のお知らせのページ")
    url = Text("住所", ADDRESS, "https:// から。")


class NoticeForm(Form):  # type: ignore[misc]
    """Hold a notice as it is typed."""

    opened = Secret()
    title = Text("題", MOST_TITLE, "一行で、何が変わったかを書きます。")
    kind = Radios("種類", KIND_LABELS)
    day = Text("お知らせの日", hint=_DAY_HINT)
    body = LongText(
        "本文",
        LONG,
        "ふつうの文だけです。空の行で段落が分かれます。番号は、公開している窓口のものだけを書けます。",
    )
    links = FieldList(FormField(LinkForm), "リンク", min_entries=MOST_LINKS, max_entries=MOST_LINKS)
    services = Lines("関係する窓口", hint="窓口の識別子かページの住所を、一行にひとつ。")
    areas = Lines("関係する地域", hint="「横浜市」「神奈川県」「全国」のように、一行にひとつ。")
    until = Text(
        "最初のページに出す最後の日", hint=f"{_DAY_HINT}空なら60日。一覧とフィードには残ります。"
    )
    why = Text("この変更について", hint="履歴に残ります。公開されません。")

    def __init__(self, *told: Any, **data: Any) -> None:
        super().__init__(*told, **data)
        for each in (self.title, self.kind, self.day, self.body):
            each.flags.required = True


@dataclass(frozen=True, slots=True)
class Reading:
    """Read a form into a notice, and note what is wrong at each field.

    Args:
        form: as typed.
        gazetteer: of all places.
        known_services: gives, of ids, those that the directory knows.
        faults: filled in reading, by the id of the field.
    """

    form: NoticeForm
    gazetteer: Gazetteer
    known_services: Callable[[list[str]], Collection[str]]
    faults: dict[str, str] = field(default_factory=dict)

    def notice(self, notice_id: str) -> Notice:
        """Return the notice that the form tells; ``faults`` says where it does not.

        Args:
            notice_id: of the notice.
        """
        self.form.validate()
        for each in self.form:
            if each.errors and isinstance(each.errors[0], str):
                self.faults[each.id] = each.errors[0]
        day = self._day("day")
        if day is None:
            self.faults.setdefault("day", _NO_DAY)
        return Notice(
            id=notice_id,
            title=self._text("title", "題を書いてください。").replace("\n", " "),
            body=self._text("body", "本文を書いてください。"),
            kind=Kind(self.form.kind.data) if self.form.kind.data in set(Kind) else Kind.OTHER,
            day=day or date.min,
            links=tuple(self._links()),
            services=tuple(dict.fromkeys(self._services())),
            areas=tuple(dict.fromkeys(self._areas())),
            until=self._day("until"),
        )

    def place(self, faults: Collection[Fault]) -> None:
        """Note faults of the notice at the fields that mend them."""
        rows = self._filled()
        for fault in faults:
            name = fault.column
            if name.startswith("links-"):
                _, index, part = name.split("-")
                name = f"links-{rows[int(index)]}-{part}"
            self.faults.setdefault(name, fault.reason)

    def _text(self, name: str, missing: str) -> str:
        text = plain(self.form[name].data)
        if not text:
            self.faults.setdefault(name, missing)
        return text

    def _day(self, name: str) -> date | None:
        typed = fold(self.form[name].data).replace("/", "-")
        if not typed:
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            day = date.min
        if day.year not in _YEARS:
            self.faults.setdefault(name, _NO_DAY)
            return None
        return day

    def _filled(self) -> list[int]:
        """Return which rows of links say anything."""
        return [
            index
            for index, row in enumerate(self.form.links)
            if plain(row.form.label.data) or plain(row.form.url.data)
        ]

    def _links(self) -> Iterator[Link]:
        for index in self._filled():
            row = self.form.links[index].form
            label, url = plain(row.label.data), plain(row.url.data)
            for name, text in (("label", label), ("url", url)):
                if not text:
                    reason = "ことばと住所を、両方書いてください。"
                    self.faults.setdefault(f"links-{index}-{name}", reason)
            for part in row:
                if part.errors:
                    self.faults.setdefault(part.id, part.errors[0])
            yield Link(label or url, url)

    def _services(self) -> list[str]:
        named = [
            each.rstrip("/").partition("?")[0].rpartition("/")[2]
            for each in self._lines("services")
        ]
        unknown = sorted(set(named) - set(self.known_services(named)))
        if unknown:
            reason = (
                f"「{unknown[0]}」という窓口はありません。識別子かページの住所を見直してください。"
            )
            self.faults.setdefault("services", reason)
        return [each for each in named if each not in unknown]

    def _areas(self) -> Iterator[str]:
        for typed in self._lines("areas"):
            found = _codes(typed, self.gazetteer)
            if len(found) == 1:
                yield found[0]
                continue
            names = "、".join(self.gazetteer.get(code).full_name for code in found)
            reason = f"「{typed}」という地域は見つかりません。"
            if found:
                reason = f"「{typed}」はいくつかあります({names})。都道府県から書いてください。"
            self.faults.setdefault("areas", reason)

    def _lines(self, name: str) -> tuple[str, ...]:
        found = lines(plain(self.form[name].data))
        if len(found) > MOST_RELATED:
            self.faults.setdefault(name, f"{MOST_RELATED}までにしてください。")
        return found[:MOST_RELATED]


def entries_of(notice: Notice, area_name: Callable[[str], str]) -> dict[str, Any]:
    """Return what stands in the form of a notice.

    Args:
        notice: to be changed.
        area_name: names an area code.
    """
    return {
        "title": notice.title,
        "kind": notice.kind.value,
        "day": notice.day.isoformat(),
        "body": notice.body,
        "links": [{"label": each.label, "url": each.url} for each in notice.links],
        "services": "\n".join(notice.services),
        "areas": "\n".join(area_name(code) for code in notice.areas),
        "until": notice.until.isoformat() if notice.until else "",
    }


def plain(text: str | None) -> str:
    """Return text without what is no text, its ends trimmed.

    Args:
        text: as typed.
    """
    return _CONTROL.sub("", text or "").strip()


def _codes(typed: str, gazetteer: Gazetteer) -> list[str]:
    if typed in (NATIONWIDE_LABEL, NATIONWIDE):
        return [NATIONWIDE]
    if gazetteer.exists(typed):
        return [typed]
    found = gazetteer.recognise(typed)
    return [] if found.rest else [each.code for each in found.places]
