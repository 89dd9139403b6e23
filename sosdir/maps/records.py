"""What a map is made from, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from sosdir.locales import mark


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Count the lines of a prefecture.

    Args:
        code: JIS X 0401, two digits.
        name: as shown and read out.
        count: its lines.
        open_count: those of them where someone answers now.
        url: path on our own host that leads to its lines.
    """

    code: str
    name: str
    count: int
    open_count: int
    url: str


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Show a service that can be visited.

    Args:
        service_id: of the service.
        name: of the service.
        label: its state in words.
        url: path on our own host that leads to its page.
        latitude: degrees north, WGS 84.
        longitude: degrees east, WGS 84.
        precision_note: how exactly the position is known, in words.
    """

    service_id: str
    name: str
    label: str
    url: str
    latitude: float
    longitude: float
    precision_note: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """Word the map; ``area``, ``area_open``, ``legend`` and ``several`` are format strings."""

    title: str = mark("都道府県の地図")
    area: str = mark("{name} {count}件")
    area_open: str = mark("{name} {count}件、いま話せる窓口{open_count}件")
    legend: str = mark("{range}件")
    several: str = mark("{count}件: {names}")
    zoom_in: str = mark("拡大")
    zoom_out: str = mark("縮小")
    close: str = mark("閉じる")
    usage: str = mark(
        "数字は窓口の数です。都道府県を選ぶと、その窓口へ進みます。"
        "キーボードでは、矢印キーで別の都道府県へ移り、Enterキーで選び、+と-で拡大・縮小します。"
        "タッチ画面では、2本の指で拡大したり動かしたりできます。"
    )
    inset: str = mark("沖縄県と奄美群島は、左上の枠の中に移して描いています。")
    points: str = mark("丸い印は、訪ねることのできる窓口です。選ぶと名前が出ます。")


@dataclass(frozen=True, slots=True)
class RenderedMap:
    """Hold a map for a page.

    Args:
        element_id: of the container in ``html``.
        script: JavaScript, served by itself, run after Leaflet, ``map.js`` and the outlines.
        html: the container with its help, legend and attribution; no inline style, no script.
    """

    element_id: str
    script: str
    html: str
