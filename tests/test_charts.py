"""Pictures are whole, in Japanese, and the same each time."""

import io
import re
from threading import Thread

import pytest
from PIL import Image

from sosdir.charts import LOCK, bars, japan, sheet, week
from sosdir.charts.sheet import Caption
from sosdir.coverage import Cell, Strip

CAPTION = Caption(
    "窓口の数", "0は、知るかぎりで「ない」こと〜", "出典:sosdir CC BY 4.0 2026年11月25日の集計"
)
STRIP = Strip(tuple(tuple(Cell(hour % 5, hour % 2) for hour in range(24)) for _ in range(8)), 0)
OUTLINES = {
    "features": [
        {
            "properties": {"code": "13"},
            "geometry": {
                "coordinates": [[[[139, 35], [140, 35], [140, 36], [139, 36], [139, 35]]]],
            },
        },
        {
            "properties": {"code": "47"},
            "geometry": {
                "coordinates": [[[[127, 26], [128, 26], [128, 27], [127, 27], [127, 26]]]],
            },
        },
    ]
}


def drawn(name: str, form: str) -> bytes:
    with LOCK:
        figure = {
            "japan": lambda: japan.japan(
                CAPTION, OUTLINES, [("13", "東京都", 3), ("47", "沖縄県", 0)]
            ),
            "week": lambda: week.week(CAPTION, STRIP),
            "bars": lambda: bars.bars(CAPTION, [("LINE", 3), ("電話", 0)]),
            "empty": lambda: bars.bars(CAPTION, [("LINE", 0)]),
        }[name]()
        return sheet.written(figure, form)


ALL = pytest.mark.parametrize("name", ["japan", "week", "bars", "empty"])


@ALL
def test_a_picture_has_the_form_of_a_slide(name: str) -> None:
    picture = Image.open(io.BytesIO(drawn(name, "png")))
    assert picture.size == (1600, 900)


@ALL
@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_picture_is_the_same_each_time(name: str, form: str) -> None:
    assert drawn(name, form) == drawn(name, form)


@ALL
def test_an_svg_is_whole_by_itself_and_tells_no_date(name: str) -> None:
    text = drawn(name, "svg").decode()
    # Letters are shapes: no machine needs the font.
    assert "<text" not in text
    assert "<script" not in text
    assert not re.search(r"<dc:date>|20\d\d-\d\d-\d\dT", text)
    assert set(re.findall(r'href="([^#"][^"]*)"', text)) <= {
        "http://purl.org/dc/dcmitype/StillImage"
    }


def test_threads_that_draw_at_once_draw_the_same() -> None:
    alone, found = drawn("bars", "png"), []
    threads = [Thread(target=lambda: found.append(drawn("bars", "png"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 3


def test_okinawa_is_drawn_in_the_inset() -> None:
    moved = japan._placed(26.5, 127.5)
    assert moved != japan._projected(26.5, 127.5)
    assert japan._placed(35.5, 139.5) == japan._projected(35.5, 139.5)
