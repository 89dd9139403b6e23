"""What others copy is whole, escaped, and lets nothing run."""

from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from sosdir.embedding import HEIGHT, SANDBOX, WIDTH, Frame, link, oembed, size, xml

URL = "https://sosdir.example.jp/embed?area=141003&channel=line"
ENEMY = '"><script>alert(1)</script>'


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_frame_says_what_it_is_and_what_it_may_do() -> None:
    ((tag, attrs),) = _Tags(Frame(URL, "横浜市の妊娠の相談窓口").html).found
    assert tag == "iframe"
    assert attrs["src"] == URL
    assert attrs["title"] == "横浜市の妊娠の相談窓口"
    assert (attrs["width"], attrs["height"]) == ("100%", str(HEIGHT))
    assert attrs["loading"] == "lazy"
    assert attrs["referrerpolicy"] == "no-referrer"
    assert "style" not in attrs


def test_nothing_runs_in_a_frame() -> None:
    assert "allow-scripts" not in SANDBOX
    assert "allow-top-navigation" not in SANDBOX


@pytest.mark.parametrize("html", [Frame(ENEMY, ENEMY).html, link(ENEMY, ENEMY)])
def test_what_an_enemy_wrote_is_a_value(html: str) -> None:
    assert "<script" not in html
    assert {tag for tag, _ in _Tags(html).found} <= {"iframe", "p", "a"}


def test_a_link_holds_no_number_to_grow_old() -> None:
    html = link("https://sosdir.example.jp/areas/141003", "横浜市の妊娠の相談窓口")
    assert html == (
        '<p><a href="https://sosdir.example.jp/areas/141003">横浜市の妊娠の相談窓口</a></p>'
    )


@pytest.mark.parametrize(("text", "pixels"), [(None, None), ("", None), ("240", 240)])
def test_a_size_is_a_number_of_pixels(text: str | None, pixels: int | None) -> None:
    assert size(text) == pixels


@pytest.mark.parametrize("text", ["0", "-1", "1e3", "100%", "２４０", "9" * 5000, "x"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no size"):
        size(text)


def answer(width: int | None, height: int | None) -> dict[str, str | int]:
    home = "https://sosdir.example.jp/"
    return oembed(URL, "横浜市 & 窓口", "sosdir", home, (width, height))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((None, None), (WIDTH, HEIGHT)),
        ((200, 100), (200, 100)),
        ((9000, 300), (WIDTH, 300)),
    ],
)
def test_a_frame_is_never_larger_than_asked(
    asked: tuple[int | None, int | None], given: tuple[int, int]
) -> None:
    told = answer(*asked)
    assert (told["width"], told["height"]) == given
    assert f'width="{given[0]}" height="{given[1]}"' in str(told["html"])


def test_the_same_is_said_in_xml() -> None:
    told = answer(None, None)
    root = ElementTree.fromstring(xml(told).encode())
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {
        name: str(value) for name, value in told.items()
    }
