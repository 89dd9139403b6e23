"""Tell our channels in the places that HSDS has for them: phones, addresses, a mail address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosdir import channels
from sosdir.hsds.identifiers import identifier, web_address
from sosdir.hsds.language import Language, of_phone
from sosdir.hsds.shape import Identifier, MailAddress, WebAddress, own
from sosdir.models import Channel, ChannelKind, Service
from sosdir.vocabulary import CHANNEL_LABELS

PHONE_TYPES = {ChannelKind.PHONE: "voice", ChannelKind.FAX: "fax", ChannelKind.SMS: "text"}

_CHANNEL = "The id of the channel, as in the channels of the service."
_DOUBTED = "True while a visitor's report that this is wrong waits for an answer: use with care."


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number to call, to write to or to fax to."""

    id: Identifier
    service_id: Identifier
    number: str
    type: str
    description: str | None = None
    languages: tuple[Language, ...] = ()
    channel_id: str | None = own(_CHANNEL)
    toll_free: bool | None = own("Whether the call is free; absent where no source says.")
    doubted: bool | None = own(_DOUBTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An address of the web, such as a LINE account or a form."""

    id: Identifier
    label: str
    url: WebAddress
    service_id: Identifier
    channel_id: str | None = own(_CHANNEL)
    channel_kind: ChannelKind | None = own("By which means it reaches the service.")
    doubted: bool | None = own(_DOUBTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Profile: one way to reach a service, a channel, whether or not what reaches it is shown."""

    id: str
    kind: ChannelKind
    label: str
    value: str | None = None
    url: WebAddress | None = None
    email: MailAddress | None = None
    languages: tuple[str, ...] = ()
    caller_id: str | None = None
    reply: str | None = None
    note: str | None = None
    doubted: bool | None = None
    source_ids: tuple[str, ...] = ()


def phones(service: Service, doubted: frozenset[str]) -> tuple[Phone, ...]:
    """Return the numbers of a service that are shown.

    Args:
        service: published.
        doubted: ids of the channels whose value a visitor reported as wrong.
    """
    return tuple(_phone(service, each, doubted) for each in _shown(service, PHONE_TYPES))


def urls(service: Service, doubted: frozenset[str]) -> tuple[Url, ...]:
    """Return the addresses of the web that reach a service.

    Args:
        service: published.
        doubted: ids of the channels whose value a visitor reported as wrong.
    """
    found = ((each, link(each)) for each in service.channels)
    return tuple(_url(service, each, to, doubted) for each, to in found if to is not None)


def email(service: Service) -> str | None:
    """Return the first mail address of a service, None where none is shown.

    Args:
        service: published.
    """
    return next((each.value for each in _shown(service, {ChannelKind.EMAIL: ""})), None)


def ways(service: Service, doubted: frozenset[str]) -> tuple[Way, ...]:
    """Return all channels of a service.

    Args:
        service: published.
        doubted: ids of the channels whose value a visitor reported as wrong.
    """
    return tuple(_way(each, doubted) for each in service.channels)


def link(channel: Channel) -> str | None:
    """Return the address of the web that reaches a channel, or None.

    Args:
        channel: published.
    """
    if channel.value is None or channel.kind in PHONE_TYPES or channel.kind is ChannelKind.EMAIL:
        return None
    return web_address(channels.href(channel.kind, channel.value))


def _shown(service: Service, kinds: dict[ChannelKind, str]) -> Iterator[Channel]:
    return (each for each in service.channels if each.kind in kinds and each.value)


def _phone(service: Service, channel: Channel, doubted: frozenset[str]) -> Phone:
    said = " / ".join(each for each in (channel.note, channel.caller_id) if each)
    return Phone(
        id=identifier("phone", channel.id),
        service_id=identifier("service", service.id),
        number=channel.value or "",
        type=PHONE_TYPES[channel.kind],
        description=said or None,
        languages=of_phone(channel.id, channel.languages),
        channel_id=channel.id,
        toll_free=channel.toll_free,
        doubted=channel.id in doubted or None,
    )


def _url(service: Service, channel: Channel, to: str, doubted: frozenset[str]) -> Url:
    return Url(
        id=identifier("url", channel.id),
        label=CHANNEL_LABELS[channel.kind],
        url=to,
        service_id=identifier("service", service.id),
        channel_id=channel.id,
        channel_kind=channel.kind,
        doubted=channel.id in doubted or None,
    )


def _way(channel: Channel, doubted: frozenset[str]) -> Way:
    return Way(
        id=channel.id,
        kind=channel.kind,
        label=CHANNEL_LABELS[channel.kind],
        value=channel.value,
        url=link(channel),
        email=channel.value if channel.kind is ChannelKind.EMAIL else None,
        languages=channel.languages,
        caller_id=channel.caller_id,
        reply=channel.reply,
        note=channel.note,
        doubted=(channel.value is not None and channel.id in doubted) or None,
        source_ids=channel.source_ids,
    )
