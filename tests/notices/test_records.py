"""A notice is plain text, parted into paragraphs."""

import pytest

from tests.noticing import a_notice


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("一行", (("一行",),)),
        ("一行\n二行", (("一行", "二行"),)),
        ("一\n\n二", (("一",), ("二",))),
        ("\n\n一\n \u3000\n\n\n二\n", (("一",), ("二",))),
    ],
)
def test_an_empty_line_parts_paragraphs(body: str, paragraphs: tuple[tuple[str, ...], ...]) -> None:
    assert a_notice(body=body).paragraphs == paragraphs


def test_everything_that_a_reader_sees_is_searched_for_numbers() -> None:
    text = a_notice().text
    for part in ("みなとSOS", "土曜日", "横浜市のページ", "https://example.jp/news"):
        assert part in text
