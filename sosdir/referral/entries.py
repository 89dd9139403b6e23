"""Make services as they are shown into what is handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from sosdir.locales import SPEECH, Speech
from sosdir.presentation import ChannelLine, Result
from sosdir.referral.records import Code, Entry, Opening, Week

# Where LINE itself opens: an address elsewhere is a page about it, and no code for it.
_LINE_HOSTS = frozenset({"line.me", "page.line.me", "liff.line.me", "lin.ee"})
# More weeks than these would not leave a line whole on one page; its hours stand in words above.
_MOST_WEEKS = 4
_SPOKEN = frozenset({"phone", "in_person"})


def entries(results: Iterable[Result], speech: Speech = SPEECH) -> tuple[Entry, ...]:
    """Return services as they are handed over, numbered from 1.

    Args:
        results: as shown.
        speech: of the reader.
    """
    return tuple(_entry(number, each, speech) for number, each in enumerate(results, 1))


def _entry(number: int, result: Result, speech: Speech) -> Entry:
    ways = () if result.resting else tuple(way for way in result.channels if way.reachable)
    return Entry(
        number=number,
        result=result,
        ways=ways,
        weeks=tuple(islice(_weeks(ways), _MOST_WEEKS)),
        codes=tuple(_codes(result, ways, speech)),
        opening=_opening(result, ways, speech) if ways else None,
        not_reachable=None if ways else _not_reachable(result, speech),
    )


def _weeks(ways: Iterable[ChannelLine]) -> Iterator[Week]:
    """Lay out each different week once, with the channels that it holds for."""
    by_hours: dict[str, list[ChannelLine]] = {}
    for way in ways:
        if way.answering_hours:
            by_hours.setdefault(way.answering_hours, []).append(way)
    for alike in by_hours.values():
        labels = dict.fromkeys(way.kind_label for way in alike)
        yield Week(tuple(labels), alike[0].week)


def _codes(result: Result, ways: Iterable[ChannelLine], speech: Speech) -> Iterator[Code]:
    """Give the codes, one of a kind; a value that may be wrong gets none."""
    sure = [way for way in ways if way.href and not way.doubted]
    phone = next((way for way in sure if _dials(way)), None)
    if phone and phone.href:
        yield Code("call", speech.gettext("電話する"), phone.href)
    line = next((way for way in sure if _opens_line(way)), None)
    if line and line.href:
        yield Code("line", speech.gettext("LINEをひらく"), line.href)
    yield Code("page", speech.gettext("くわしいページ"), result.url)


def _dials(way: ChannelLine) -> bool:
    return way.kind == "phone" and (way.href or "").startswith("tel:")


def _opens_line(way: ChannelLine) -> bool:
    return way.kind == "line" and urlsplit(way.href or "").hostname in _LINE_HOSTS


def _opening(result: Result, ways: Iterable[ChannelLine], speech: Speech) -> Opening:
    if any(way.kind in _SPOKEN for way in ways):
        words = speech.gettext("「もしもし。相談したいことがあります。」")
    else:
        words = speech.gettext("「こんにちは。相談したいことがあります。」")
    return Opening(words, _about_the_name(result.anonymous, speech))


def _about_the_name(anonymous: bool | None, speech: Speech) -> str:
    """Promise that no name is needed only where a page of the line says so."""
    if anonymous:
        return speech.gettext("名前は言わなくて大丈夫です。")
    if anonymous is False:
        return speech.gettext("名前を聞かれる窓口です。")
    return speech.gettext(
        "名前を聞かれたら、「言わなくても相談できますか」とたずねてかまいません。"
    )


def _not_reachable(result: Result, speech: Speech) -> str:
    if result.resting:
        return result.status_note or speech.gettext(
            "いまは休止中です。いつ再開するかは、まだ分かっていません。"
        )
    if result.withheld:
        return speech.gettext(
            "古い情報しか見つかっていないため、確かめるまで連絡先をのせていません。"
        )
    return speech.gettext("連絡先の書かれたページは、まだ見つかっていません。")
