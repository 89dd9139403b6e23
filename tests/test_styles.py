"""The style in the pages is that of our files, and small."""

import re

from flask.testing import FlaskClient

from sosdir import styles
from sosdir.paths import bundled
from tests.reading import read

# What a server may send before the first answer of the other side: ten packets of 1460 bytes.
FIRST_WINDOW = 14_600


def test_white_space_and_comments_go_and_nothing_else() -> None:
    sheet = """/* Why. */
    .a > b,
    .c :focus { inline-size: calc(50% - 1rem); content: " (" attr(href) ")"; }
    @media (min-width: 60rem) and (hover: hover) { .d { color: red; } }
    """
    assert styles.small(sheet) == (
        '.a > b,.c :focus{inline-size: calc(50% - 1rem);content: " (" attr(href) ")"}'
        "@media (min-width: 60rem) and (hover: hover){.d{color: red}}"
    )


def test_every_rule_of_the_files_is_there() -> None:
    for name in (*styles.SHEETS, styles.PAPER):
        sheet = (bundled("static") / "css" / f"{name}.css").read_text("utf-8")
        assert sheet.count("{") == styles.small(sheet).count("{")
        assert styles.small(sheet) in styles.inline()
    assert styles.inline().count("{") == styles.inline().count("}")


def test_no_text_of_a_sheet_could_end_the_style() -> None:
    assert "<" not in styles.inline()


def test_a_page_holds_its_style_and_links_no_other(client: FlaskClient) -> None:
    for path in ("/", "/services/across-japan", "/areas/13", "/traces", "/nowhere"):
        page = read(client.get(path))
        assert page.styles == (styles.inline(),)
        assert [attrs for _, attrs in page.tags if attrs.get("rel") == "stylesheet"] == []
        assert page.dangers() == []


def test_no_script_holds_the_first_paint_up(client: FlaskClient) -> None:
    for path in ("/", "/services/across-japan", "/areas/13", "/offline", "/traces"):
        scripts = [attrs for tag, attrs in read(client.get(path)).tags if tag == "script"]
        # What is data is not run, and stands at the end.
        scripts = [each for each in scripts if each.get("type") != "application/ld+json"]
        assert scripts
        assert all("defer" in each for each in scripts)


def test_the_pages_one_needs_first_come_in_one_round_trip(client: FlaskClient) -> None:
    for path in ("/", "/?q=東京都", "/services/ninshin-sos-yokohama", "/areas/13", "/traces"):
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
        assert len(answer.data) + head < FIRST_WINDOW, path


def test_the_first_content_comes_early_in_every_page(client: FlaskClient) -> None:
    html = client.get("/areas/13").get_data(as_text=True)
    before = re.split("<h1", html)[0]
    assert len(before) < len(styles.inline()) + 6_000
