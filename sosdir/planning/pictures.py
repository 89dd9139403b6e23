"""Draw the pictures for slides, in Japanese: a closed list of names, so that drawing has an end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sosdir import context
from sosdir.coverage import SPANS, Coverage
from sosdir.locales import SPEECH
from sosdir.planning.kept import coverage, picture
from sosdir.planning.map import SHOWN
from sosdir.planning.tables import label_of, row_of

FORMS: Final = ("png", "svg")
_HOURS: Final = frozenset(span.key for span in SPANS)
_UNKNOWN: Final = "0は、私たちの知るかぎりで「ない」ことです。本当にないとはかぎりません。"
_OWN: Final = "都道府県と市区町村の窓口で、全国の窓口は入れていません。"
_WIDE: Final = "都道府県のどこからでも使える窓口で、全国の窓口は入れていません。"
_STRIP: Final = "数字は、毎時30分に話せる窓口の数。「?」は、受付時間がわからない時間です。"


def names() -> tuple[str, ...]:
    """Return the names of all pictures."""
    codes = [place.code for place in context.gazetteer().prefectures]
    return (
        *(f"japan-{key}" for key in SHOWN),
        "japan-channels",
        *(f"{code}-{what}" for code in codes for what in ("hours", "channels")),
    )


def drawn(name: str, form: str) -> bytes | None:
    """Return a picture as a file, None where there is none of that name.

    Args:
        name: of the picture.
        form: of ``FORMS``.
    """
    if name not in names():
        return None
    counted, outlines = coverage(), context.places().outlines
    return picture(f"{name}.{form}", lambda: _draw(name, form, counted, outlines))


def title(counted: Coverage, name: str) -> str:
    """Return what a picture shows, in Japanese.

    Args:
        counted: of the country.
        name: of the picture.
    """
    code, _, what = name.partition("-")
    place = "日本" if code == "japan" else context.gazetteer().get(code).name
    if what == "channels":
        return f"{place}の妊娠の相談窓口:連絡の方法ごとの数"
    if what == "hours":
        return f"{place}の妊娠の相談窓口:ふつうの1週間に話せる数"
    if what in _HOURS:
        return f"妊娠の相談窓口と話せる時間:{label_of(counted, what)}"
    return f"妊娠の相談窓口の数:{label_of(counted, what)}"


def _draw(name: str, form: str, counted: Coverage, outlines: Mapping[str, Any]) -> bytes:
    # Not before the first picture is asked for: a worker that never draws does not pay for it.
    from sosdir.charts import bars, japan, sheet, week

    code, _, what = name.partition("-")
    day = f"{SPEECH.full_date(counted.day)}の集計"

    def caption(note: str) -> sheet.Caption:
        return sheet.Caption(title(counted, name), note, f"出典:{_source()} CC BY 4.0 {day}")

    draw: dict[str, Callable[[], Any]] = {
        "hours": lambda: week.week(caption(f"{_STRIP}{_WIDE}"), counted.share(code).strip),
        "channels": lambda: bars.bars(caption(_bars_note(code)), _channels(counted, code)),
    }
    whole = _WIDE if what in _HOURS else _OWN
    figure = draw.get(
        what, lambda: japan.japan(caption(f"{_UNKNOWN}{whole}"), outlines, _counts(counted, what))
    )()
    return sheet.written(figure, form)


def _counts(counted: Coverage, key: str) -> list[tuple[str, str, int]]:
    return [
        (place.code, place.name, row_of(counted, place, (key,)).figures[0].value)
        for place in context.gazetteer().prefectures
    ]


def _channels(counted: Coverage, code: str) -> list[tuple[str, int]]:
    lines = counted.lines if code == "japan" else counted.share(code).own
    return [
        (measure.label, measure.count(lines))
        for measure in counted.measures
        if sum(name == "channel" for name, _ in measure.asks) == 1
    ]


def _bars_note(code: str) -> str:
    return _UNKNOWN if code == "japan" else f"{_UNKNOWN}{_OWN}"


def _source() -> str:
    """Return who counted; the address only where it is set, for a request may claim any."""
    url = context.settings().url
    return f"sosdir({url.rstrip('/')}/coverage)" if url else "sosdir"
