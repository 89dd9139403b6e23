"""Refuse what no notice may say, and tell its author what to look at twice."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, timedelta

from sosdir import channels
from sosdir.errors import Fault
from sosdir.notices.contacts import KnownContacts
from sosdir.notices.records import Notice

MOST_LINKS = 3
# Without a last day of its own, a notice is news for so long.
NEWS_DAYS = 60


def faults_of(notice: Notice, known: KnownContacts) -> list[Fault]:
    """Return why a notice may not be kept; ``column`` names the field.

    Args:
        notice: as it is to be.
        known: the contacts that are known today.
    """
    return [*_dates(notice), *_links(notice), *_contacts(notice, known)]


def may_be_shown(notice: Notice, known: KnownContacts) -> bool:
    """Tell whether a published notice may still be read: the facts may have moved on since.

    Args:
        notice: as it was published.
        known: the contacts that are known today.
    """
    return next(known.kept_back_in(notice.text), None) is None


def cautions(notice: Notice, known: KnownContacts, listed: Set[str]) -> Iterator[str]:
    """Give what the author should look at twice, in sentences.

    Args:
        notice: as it is to be.
        known: the contacts that are known today.
        listed: ids of the services that the public finds in lists.
    """
    for number in channels.numbers_in(notice.text):
        if not known.is_shown(number):
            yield (
                f"{number} は、いまこの案内にのっている窓口の番号ではありません。"
                "出典のページと、もう一度見くらべてください。"
            )
    for each in notice.services:
        if each not in listed:
            yield f"「{each}」は、いま一覧に出ていません。お知らせからのリンクは出ません。"


def concerns(notice: Notice, codes: Set[str], services: Set[str]) -> bool:
    """Tell whether a notice concerns a place: by an area of its own, or by a line that it names.

    Args:
        notice: that is public.
        codes: of the areas that serve the place or lie within it.
        services: ids of the lines that serve one of these.
    """
    return not codes.isdisjoint(notice.areas) or not services.isdisjoint(notice.services)


def on_front_page(notice: Notice, day: date) -> bool:
    """Tell whether a notice still stands on the first page on a day.

    Args:
        notice: that is public.
        day: in Japan.
    """
    last = notice.until or notice.day + timedelta(days=NEWS_DAYS)
    return day <= last


def _dates(notice: Notice) -> Iterator[Fault]:
    if notice.until is not None and notice.until < notice.day:
        yield _fault("until", "お知らせの日より前です。その日か、あとの日にしてください。")


def _links(notice: Notice) -> Iterator[Fault]:
    for index, link in enumerate(notice.links):
        if not channels.is_web_address(link.url):
            reason = f"「{link.url}」はウェブの住所ではありません。https:// から書いてください。"
            yield _fault(f"links-{index}-url", reason)


def _contacts(notice: Notice, known: KnownContacts) -> Iterator[Fault]:
    fields = {"title": notice.title, "body": notice.body}
    for index, link in enumerate(notice.links):
        fields |= {f"links-{index}-label": link.label, f"links-{index}-url": link.url}
    for name, text in fields.items():
        for contact in known.kept_back_in(text):
            yield _fault(name, f"「{contact.value}」は書けません。{contact.reason}")


def _fault(field: str, reason: str) -> Fault:
    return Fault("notice", 0, field, reason)
