"""What a notice is, and what its history holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from sosdir.errors import SosdirError
from sosdir.locales import mark
from sosdir.revising import Author

_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t\u3000]*\n\s*")


class Kind(StrEnum):
    """Tell what a notice is about."""

    NEW_LINE = "new_line"
    CHANGED = "changed"
    ENDED = "ended"
    CALL = "call"
    OTHER = "other"


KIND_LABELS = MappingProxyType(
    {
        Kind.NEW_LINE: mark("新しい窓口"),
        Kind.CHANGED: mark("番号や時間の変更"),
        Kind.ENDED: mark("休止・終了"),
        Kind.CALL: mark("自治体・団体のみなさまへ"),
        Kind.OTHER: mark("お知らせ"),
    }
)


class Action(StrEnum):
    """Tell what was done to a notice."""

    DRAFTED = "drafted"
    REJECTED = "rejected"
    PUBLISHED = "published"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"


ACTION_LABELS = MappingProxyType(
    {
        Action.DRAFTED: "下書き",
        Action.REJECTED: "下書きの差し戻し",
        Action.PUBLISHED: "公開",
        Action.RESTORED: "前の版に戻す",
        Action.WITHDRAWN: "取り下げ",
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a link: what it says, and an address of the web."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Hold one notice.

    Args:
        id: never used again for another.
        title: one line.
        body: plain text; an empty line parts paragraphs.
        kind: what it is about.
        day: that stands on it.
        links: that stand below it, in order.
        services: ids of the services it is about.
        areas: codes of the areas it is about, 00 for the country; none where it is about no place.
        until: the last day on which it stands on the first page, None for as long as it is new.
    """

    id: str
    title: str
    body: str
    kind: Kind
    day: date
    links: tuple[Link, ...] = ()
    services: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    until: date | None = None

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """Return the paragraphs of the body, each as its lines."""
        parts = _BETWEEN_PARAGRAPHS.split(self.body.strip())
        return tuple(tuple(part.split("\n")) for part in parts if part.strip())

    @property
    def text(self) -> str:
        """Return everything that a reader sees of it, to look for numbers in."""
        links = (text for link in self.links for text in (link.label, link.url))
        return "\n".join((self.title, self.body, *links))


@dataclass(frozen=True, slots=True)
class Version:
    """Hold one entry of a notice's history.

    Args:
        number: in the history of all notices, rising.
        version: in the history of that notice, from 1.
        action: what was done.
        made_at: with a zone.
        author: who did it; only admins read the name.
        why: in the author's words, or None.
        notice: as it was after that.
    """

    number: int
    version: int
    action: Action
    made_at: datetime
    author: Author
    why: str | None
    notice: Notice


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how a notice stands.

    Args:
        newest: the last entry of its history.
        public: the entry that the public reads, None where it reads none.
        draft: the entry that waits for a publisher, or None.
        published_at: when it was first public, or None.
        was_withdrawn: whether it was public once and is not now.
    """

    newest: Version
    public: Version | None
    draft: Version | None
    published_at: datetime | None
    was_withdrawn: bool

    @property
    def opened(self) -> Notice:
        """Return the notice as it is opened to be changed."""
        return (self.draft or self.public or self.newest).notice


class StaleNoticeError(SosdirError):
    """Say that a notice was changed since it was opened; nothing was written.

    Args:
        base: the notice as it was opened.
        standing: as it is now.
    """

    def __init__(self, base: Notice, standing: Standing) -> None:
        super().__init__(f"Notice {base.id} was changed meanwhile.")
        self.base = base
        self.standing = standing
