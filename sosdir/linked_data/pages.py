"""Say the pages that lead to services in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sosdir.linked_data.writing import SCHEMA_ORG


def item_list(name: str, url: str, addresses: Iterable[str]) -> dict[str, Any]:
    """Return the list of a place; its order changes by the hour and says nothing.

    Args:
        name: of the list.
        url: of its page.
        addresses: of the pages of its services.
    """
    items = [
        {"@type": "ListItem", "position": number, "url": address}
        for number, address in enumerate(sorted(addresses), 1)
    ]
    return {
        "@context": SCHEMA_ORG,
        "@type": "ItemList",
        "@id": url,
        "name": name,
        "itemListOrder": "https://schema.org/ItemListUnordered",
        "numberOfItems": len(items),
        "itemListElement": items,
    }


def organization(name: str, url: str, runs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return a body with the services that it runs.

    Args:
        name: of the body.
        url: of its page.
        runs: name and address of each service.
    """
    offers = [
        {"@type": "Offer", "itemOffered": {"@type": "Service", "@id": address, "name": title}}
        for title, address in runs
    ]
    told = {"@context": SCHEMA_ORG, "@type": "Organization", "@id": url, "name": name}
    return told | ({"makesOffer": offers} if offers else {})


def web_site(name: str, url: str, languages: Iterable[str]) -> dict[str, Any]:
    """Return the site. No ``SearchAction``: a box elsewhere would learn first what is typed.

    Args:
        name: of the site.
        url: of its first page.
        languages: tags of those it speaks.
    """
    return {
        "@context": SCHEMA_ORG,
        "@type": "WebSite",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": list(languages),
        "isAccessibleForFree": True,
    }
