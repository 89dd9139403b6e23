"""Draw an address as a QR code."""

from __future__ import annotations

import segno


def picture(address: str, scale: int = 5) -> str:
    """Return an address as a QR code, in an SVG picture as a ``data:`` address.

    Args:
        address: to draw.
        scale: pixels of one module.
    """
    # Dark on light with its margin also where the page is dark: cameras need it.
    return segno.make(address, error="m", micro=False).svg_data_uri(
        scale=scale, dark="#000", light="#fff"
    )
