"""Reach hosts of the public net and no others, whatever an address says."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from sosdir.errors import SosdirError

# All that is given out of version 6 for the public net: RFC 4291, 2.4.
_PUBLIC_V6 = ip_network("2000::/3")
# What a network of version 6 alone makes of an address of version 4: RFC 6052, 2.1.
_NAT64 = ip_network("64:ff9b::/96")
# For the workings of networks: RFC 6890.
_PROTOCOLS = ip_network("192.0.0.0/24")

# Gives the numeric addresses of a host's name.
Resolve = Callable[[str], Awaitable[list[str]]]


class PrivateHostError(SosdirError):
    """Say that a host is not of the public net, so that it must not be asked."""


class UnknownHostError(SosdirError):
    """Say that nothing bears the name of a host."""


async def look_up(host: str) -> list[str]:
    """Return the numeric addresses of a host by the machine's own resolver.

    Args:
        host: its name, or a numeric address.

    Raises:
        OSError: it has none.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def _public_net() -> httpx.AsyncBaseTransport:
    """Return a transport that keeps no connection: one address may serve many names."""
    return httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True, slots=True)
class Network:
    """Hold the ways out: a transport and a resolver; tests give their own.

    Args:
        transport: that sends requests.
        resolve: that looks names up.
    """

    transport: httpx.AsyncBaseTransport = field(default_factory=_public_net)
    resolve: Resolve = look_up


class GuardedTransport(httpx.AsyncBaseTransport):
    """Send a request to the very address that was found public.

    Args:
        network: that sends it.
    """

    def __init__(self, network: Network) -> None:
        self._network = network

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Look up the host, refuse one that is not public, and ask it.

        Were the name looked up a second time for the connection, it could lead elsewhere.

        Raises:
            PrivateHostError: one of its addresses is not of the public net.
            UnknownHostError: it has no address.
        """
        host = request.url.host
        address = await self._public_address(host)
        # The Host header and the certificate stay those of the name.
        request.extensions = {**request.extensions, "sni_hostname": request.url.raw_host.decode()}
        request.url = request.url.copy_with(host=address)
        return await self._network.transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._network.transport.aclose()

    async def _public_address(self, host: str) -> str:
        try:
            addresses = await self._network.resolve(host)
        except (OSError, UnicodeError) as error:
            raise UnknownHostError(host) from error
        if not addresses:
            raise UnknownHostError(host)
        if not all(map(is_public, addresses)):
            raise PrivateHostError(host)
        # Not every machine reaches the newer kind.
        return min(addresses, key=lambda each: ip_address(each).version)


def is_public(address: str) -> bool:
    """Tell whether a numeric address is of the public net.

    Args:
        address: of either version.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        found = _within(found) or found
    if isinstance(found, IPv6Address) and found not in _PUBLIC_V6:
        return False
    return found.is_global and not found.is_multicast and found not in _PROTOCOLS


def _within(address: IPv6Address) -> IPv4Address | None:
    """Return the address of version 4 that one of version 6 leads to, None for most."""
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour
