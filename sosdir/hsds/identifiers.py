"""Give every object the UUID that stands for it: the same each time, from our own ids.

``uuid5(NAMESPACE, "<kind>/<our id>")``, where the kind is the name of the HSDS table.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from sosdir import channels
from sosdir.revising.metadata import NAMESPACE, resource_id

__all__ = ["NAMESPACE", "identifier", "web_address"]

_KEPT = "/%:@!$&'()*+,;=~-._?"


def identifier(kind: str, *key: str) -> str:
    """Return the UUID of an object.

    Args:
        kind: name of its table, such as ``service``.
        key: our id, or the parts of one.
    """
    return resource_id(kind, "/".join(key))


def web_address(text: str | None) -> str | None:
    """Return an address of the web as RFC 3986 wants it, None where it is none.

    Args:
        text: as a source prints it, letters of any script allowed.
    """
    address = channels.website_href(text) if text else None
    if address is None:
        return None
    parts = urlsplit(address)
    try:
        host = parts.netloc.encode("ascii").decode()
    except UnicodeEncodeError:
        host = parts.netloc.encode("idna").decode()
    told = (quote(each, safe=_KEPT) for each in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, *told))
