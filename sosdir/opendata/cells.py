"""Write the facts of a service as cells that people read; what is not known is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sosdir import channels
from sosdir.areas import Gazetteer, is_valid_code
from sosdir.evidence import Published
from sosdir.models import NATIONWIDE, Channel, ChannelKind, Precision, Service
from sosdir.tabular import COORDINATE_DECIMALS, LIST_DELIMITER
from sosdir.vocabulary import CHANNEL_LABELS, NATIONWIDE_LABEL

# These have a column of their own.
COLUMNED = frozenset(
    {
        ChannelKind.PHONE,
        ChannelKind.LINE,
        ChannelKind.EMAIL,
        ChannelKind.WEB_FORM,
        ChannelKind.FAX,
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what a row is made from.

    Args:
        published: what may be shown of the service.
        gazetteer: to name areas.
        page: whole address of the service's page, empty where it is not known.
        doubted: ids of the channels whose value a visitor reported as wrong.
    """

    published: Published
    gazetteer: Gazetteer
    page: str
    doubted: frozenset[str] = frozenset()

    @property
    def service(self) -> Service:
        """Return the service as published."""
        return self.published.service


def join(texts: Iterable[str]) -> str:
    """Return texts as one cell, each once."""
    return LIST_DELIMITER.join(dict.fromkeys(texts))


def municipal_code(row: Row) -> str:
    """Return the six digits of the first area; a prefecture's two get their check digit."""
    code = row.service.service_areas[0]
    if code == NATIONWIDE or len(code) != 2:
        return "" if code == NATIONWIDE else code
    return next(whole for last in range(10) if is_valid_code(whole := f"{code}000{last}"))


def area_name(row: Row, code: str) -> str:
    """Return the name of an area with its prefecture's."""
    return NATIONWIDE_LABEL if code == NATIONWIDE else row.gazetteer.get(code).full_name


def authority(row: Row) -> str:
    """Return the name of the first area, none for the whole country."""
    code = row.service.service_areas[0]
    return "" if code == NATIONWIDE else area_name(row, code)


def values(kind: ChannelKind) -> Callable[[Row], str]:
    """Return what gives the values of the channels of a kind."""

    def cell(row: Row) -> str:
        return join(each.value for each in row.service.channels if each.kind is kind and each.value)

    return cell


def other_channels(row: Row) -> str:
    """Name the means that have no column, or whose value is not known."""
    others = (each for each in row.service.channels if each.kind not in COLUMNED or not each.value)
    return join(CHANNEL_LABELS[each.kind] for each in others)


def contact_remarks(row: Row) -> str:
    """Return what a caller should know of each means."""
    return " / ".join(
        dict.fromkeys(text for each in row.service.channels for text in _remarks(each))
    )


def _remarks(channel: Channel) -> Iterable[str]:
    label = CHANNEL_LABELS[channel.kind]
    free = "通話料無料" if channel.toll_free else None
    for text in (free, channel.caller_id, channel.reply, channel.note):
        if text:
            yield f"{label}:{text}"


def doubted(row: Row) -> str:
    """Return the values that a visitor reported as wrong."""
    marked = (each for each in row.service.channels if each.id in row.doubted)
    return join(each.value for each in marked if each.value)


def anonymous(row: Row) -> str:
    """Say whether no name is needed."""
    stated = row.service.anonymous
    return "" if stated is None else "可" if stated else "不可"


def fee(row: Row) -> str:
    """Say what it costs."""
    return "無料" if row.service.fee == "free" else row.service.fee or ""


def coordinate(name: str) -> Callable[[Row], str]:
    """Return what gives the latitude or the longitude."""

    def cell(row: Row) -> str:
        position = row.service.position
        return f"{getattr(position, name):.{COORDINATE_DECIMALS}f}" if position else ""

    return cell


def precision(row: Row) -> str:
    """Say how exactly the position is known."""
    position = row.service.position
    if position is None:
        return ""
    return "所在地" if position.precision is Precision.ADDRESS else "役所の位置"


def withheld(row: Row) -> str:
    """Say whether the contact is shown."""
    if row.published.withheld:
        return "確認中のため非公開"
    return "連絡先は見つかっていない" if row.service.contact_missing else "公開"


def website(row: Row) -> str:
    """Return the address of the official page."""
    address = row.service.website or ""
    return channels.website_href(address) or address


def text(name: str) -> Callable[[Row], str]:
    """Return what gives a fact that is one text."""
    return lambda row: str(getattr(row.service, name) or "")


def listed(name: str) -> Callable[[Row], str]:
    """Return what gives a fact that is several texts."""
    return lambda row: join(getattr(row.service, name))
