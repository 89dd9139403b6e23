"""Write what is handed over as plain text: for a message, a mail, a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sosdir.locales import SPEECH, Speech
from sosdir.presentation import ChannelLine
from sosdir.referral.records import Entry


def plain_text(
    entries: Iterable[Entry],
    made: str,
    url: str,
    speech: Speech = SPEECH,
    at_label: str | None = None,
) -> str:
    """Return a sheet as plain text, a line a fact.

    Args:
        entries: as handed over.
        made: the day on which the sheet was made, as written.
        url: of the sheet.
        speech: of the reader.
        at_label: the moment asked about, where it is not now; each line then says its state.
    """
    say = speech.gettext
    head = (say("相談先のご案内"), say("%(day)sにつくりました。", day=made), at_label)
    parts = ["\n".join(filter(None, head))]
    parts += ["\n".join(_entry(each, speech, at_label is not None)) for each in entries]
    parts.append(
        "\n".join(
            (
                say("いそぐとき"),
                say("119(救急):大量に出血している、産まれそう"),
                say("110(警察):身の危険がある"),
            )
        )
    )
    parts.append(say("この紹介票:%(url)s", url=url))
    return "\n\n".join(parts) + "\n"


def _entry(entry: Entry, speech: Speech, at_asked: bool) -> Iterator[str]:
    say, result = speech.gettext, entry.result
    yield f"{entry.number}. {result.name}"
    yield say("対象:%(area)s", area=_area(entry, speech))
    if at_asked:
        yield result.state_text
    if entry.not_reachable:
        yield entry.not_reachable
    for way in entry.ways:
        yield from _way(way, speech)
    if result.website:
        yield say("公式ページ:%(url)s", url=result.website)
    if result.free:
        yield say("相談は無料です。")
    if result.language_names:
        yield say("ことば:%(names)s", names=speech.listed(result.language_names))
    if entry.opening:
        yield say("はじめの言葉:%(words)s", words=entry.opening.words)
        yield from filter(None, (entry.opening.sound, entry.opening.meaning))
        yield entry.opening.name
    yield say(
        "確認:%(evidence)s、%(checked)s", evidence=result.evidence_label, checked=_checked(entry)
    )
    yield say("くわしいページ:%(url)s", url=result.url)


def _area(entry: Entry, speech: Speech) -> str:
    result = entry.result
    told = result.eligibility or result.area_served or result.area_label
    if result.area_presumed:
        return speech.gettext("%(area)s(対象地域は要確認)", area=told)
    return told


def _way(way: ChannelLine, speech: Speech) -> Iterator[str]:
    say = speech.gettext
    if way.value is None:
        yield say("%(kind)s:公式ページから", kind=way.kind_label)
    elif way.toll_free:
        yield say("%(kind)s:%(value)s(通話無料)", kind=way.kind_label, value=way.value)
    else:
        yield say("%(kind)s:%(value)s", kind=way.kind_label, value=way.value)
    if way.doubted:
        yield say("  この連絡先は、ちがうかもしれないと知らせがあり、確かめています。")
    if way.hours_phrase:
        yield say("  受付時間:%(hours)s", hours=way.hours_phrase)
    if way.hours_text:
        yield say("  受付時間:%(hours)s", hours=way.hours_text)
    if way.note:
        yield f"  {way.note}"


def _checked(entry: Entry) -> str:
    result = entry.result
    return "、".join(filter(None, (result.checked_label, result.age_label)))
