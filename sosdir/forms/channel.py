"""The parts of a service's form: channels, sources and dated figures."""

from __future__ import annotations

from wtforms import Form

from sosdir.forms.fields import (
    ADDRESS,
    LONG,
    SHORT,
    Choice,
    Lines,
    LongText,
    Radios,
    Secret,
    Text,
    Ticks,
    asking,
    truth_words,
)
from sosdir.vocabulary import CHANNEL_LABELS, SOURCE_KIND_LABELS

MAX_HOURS = 500


class PartForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Hold what every part carries: which one it is, and whether it was taken away.

    ``key`` is the id of a part that history knows, else a word of the form's own such as
    ``new-1``. What is taken away stays in the form until it is saved, so that a slip loses nothing.
    """

    key = Secret()
    removed = Secret()


class ChannelForm(PartForm):
    """Hold one way to reach the service."""

    kind = Choice("手段", asking(CHANNEL_LABELS))
    value = Text(
        "番号・アドレス・ID・場所", ADDRESS, "どのページにも書かれていなければ、空のままに。"
    )
    hours = Text(
        "受付時間(式)",
        MAX_HOURS,
        "例: Mo-Fr 10:00-16:00; PH off",
    )
    hours_text = Text("受付時間(運営者のことば)", SHORT, "ページに書かれているとおりに。")
    toll_free = Radios("通話料", truth_words("無料(フリーダイヤルなど)", "かかる"))
    languages = Lines(
        "この手段で使える言語",
        LONG,
        "この手段だけ違うときに。一行にひとつ。空なら、窓口ぜんたいの「使える言語」と同じです。",
    )
    caller_id = Text(
        "番号の見え方、非通知のこと",
        SHORT,
        "折り返しの表示や、非通知でつながるかが書かれているときだけ、そのことばで。",
    )
    reply = Text(
        "返事の来かた", SHORT, "いつ、どうやって返事が来るかが書かれているときだけ、そのことばで。"
    )
    note = LongText("相談する人への覚え書き", LONG, "公開されます。")
    editor_note = LongText("管理者だけの覚え書き", LONG, "公開されません。")
    sources = Ticks("出典", "この連絡先を述べるページ。どれと分からなければ、その全部に印を。")


class SourceForm(PartForm):
    """Hold one page that states facts."""

    url = Text("ページの住所", ADDRESS, "https:// から。")
    publisher = Text("発行者", SHORT, "例: 横浜市")
    kind = Choice("発行者の種類", asking(SOURCE_KIND_LABELS))
    page_date = Text("ページの日付", SHORT, "ページの表記のまま。書かれていなければ空のままに。")


class StatisticForm(PartForm):
    """Hold one dated figure."""

    name = Text("何の数か", SHORT, "例: LINE友だち数")
    value = Text("数", 20, "数字だけで。")
    on = Text("いつの数か", 10, "例: 2026-11-23")
    sources = Ticks("出典", "この数を述べるページ。どれと分からなければ、その全部に印を。")
