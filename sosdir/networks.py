"""Read a list of addresses and networks, and tell whether somebody asks from one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Network = IPv4Network | IPv6Network

# An address of version 4 as one of version 6 writes it: RFC 4291, 2.5.5.2.
_MAPPED = IPv6Network("::ffff:0:0/96")
_MAPPED_BITS = 96


def read(text: str) -> tuple[Network, ...]:
    """Return the networks of a list; an address alone is a network of one.

    Args:
        text: addresses and networks such as ``192.0.2.7, 2001:db8::/32``, commas or spaces between.

    Raises:
        ValueError: one of them cannot be read; the message is a part of a sentence that says why.
    """
    return tuple(_network(each) for each in re.split(r"[\s,]+", text) if each)


def holds(networks: Iterable[Network], address: str | None) -> bool:
    """Tell whether an address lies in one of some networks; what is no address lies in none.

    Args:
        networks: as ``read`` gives them.
        address: of whoever asks, as the server or a proxy tells it.
    """
    try:
        found = _plain(ip_address(address or ""))
    except ValueError:
        return False
    return any(found in each for each in networks)


def _network(text: str) -> Network:
    try:
        found = ip_network(text)
    except ValueError as error:
        raise ValueError(f"not {text!r} ({error})") from None
    if isinstance(found, IPv6Network) and found.subnet_of(_MAPPED):
        start = IPv4Address(int(found.network_address) & 0xFFFFFFFF)
        return IPv4Network((start, found.prefixlen - _MAPPED_BITS))
    return found


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return an address of version 4 as such, whichever way it is written."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
