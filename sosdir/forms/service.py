"""The form of a whole service: every fact of the aggregate, and what an admin says of a change."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wtforms import Form, FormField

from sosdir.forms.channel import ChannelForm, SourceForm, StatisticForm
from sosdir.forms.fields import (
    ADDRESS,
    LONG,
    SHORT,
    Choice,
    Confirmation,
    Lines,
    LongText,
    Radios,
    Rows,
    Secret,
    Text,
    Tick,
    Ticks,
    asking,
    offered,
    truth_words,
)
from sosdir.models import Basis, Precision, ServiceStatus
from sosdir.vocabulary import ANSWERS_FOR_LABELS, FOCUS_LABELS

MAX_CHANNELS = 30
MAX_SOURCES = 30
MAX_AREAS = 60
MAX_STATISTICS = 30

_STATUSES = {
    ServiceStatus.ACTIVE: "続いている",
    ServiceStatus.TEMPORARILY_CLOSED: "休止中(ページは残し、連絡先は出しません)",
    ServiceStatus.DEFUNCT: "終了(一覧から外し、ほかの窓口へ案内します)",
}
_PRECISIONS = {
    "": "位置を示さない",
    Precision.ADDRESS: "窓口の所在地",
    Precision.MUNICIPALITY: "役所の位置(くわしい場所は出さない)",
}
_CONFIRMATIONS = {
    Confirmation.KEEP: "変えない(まだ確かめていない)",
    Confirmation.BY_PHONE: "電話で確かめた",
    Confirmation.ON_SITE: "公式サイトで確かめた",
}
_BASES = {Basis.STATED: "ページに書かれている", Basis.PRESUMED: "推定(「対象地域は要確認」と出る)"}


class ServiceForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Hold everything of a service as it is typed."""

    opened = Secret()
    base = Secret()

    id = Text(
        "識別子",
        80,
        "ページの住所になります。英小文字、数字、ハイフンで。空なら、こちらで付けます。"
        "あとから変えられません。",
    )
    name = Text("窓口の名前", SHORT, "運営者が書いているとおりに。")
    focus = Choice("何の窓口か", asking(FOCUS_LABELS))
    answers_for = Choice("どういう主体が答えるか", asking(ANSWERS_FOR_LABELS))
    established = Text("いつから", SHORT, "出典のことばで。")

    organization = Text(
        "運営する団体",
        SHORT,
        "名前の一部を入れて「団体をさがす」。だれか分からなければ空のままに。",
    )
    organization_id = Secret()
    organization_choice = Radios("どの団体ですか", {"": ""}, validate_choice=False)
    new_organizations = Ticks("新しい団体として登録する")
    department = Text("部署", SHORT, "出典のことばで。")
    operator_text = LongText("運営者についての出典のことば", LONG, "公開されません。")
    commissioners = Lines("委託元の団体", LONG, "一行にひとつ。")
    partners = Lines("連携先", LONG, "一行にひとつ、出典のことばで。")
    programs = Lines("事業名", LONG, "一行にひとつ、出典のことばで。")

    area_codes = Ticks("対象地域")
    area_name = Text("対象地域を加える", SHORT, "市区町村か都道府県の名前。国じゅうなら「全国」。")
    area_choice = Radios("どの地域ですか", {"": ""}, validate_choice=False)
    basis = Radios("対象地域の根拠", _BASES)
    area_served = LongText("対象地域(出典のことば)", LONG)
    eligibility = LongText("対象の方(出典のことば)", LONG)

    seat = Text(
        "所在の市区町村",
        SHORT,
        "例: 神奈川県横浜市。都道府県だけでもかまいません。",
    )
    seat_code = Secret()
    address = Text("所在地", SHORT, "公開してよい、出典にある所在地だけ。")
    latitude = Text("緯度", 20, "例: 35.45033")
    longitude = Text("経度", 20, "例: 139.63422")
    precision = Choice("位置の確かさ", _PRECISIONS)

    fee_free = Tick("相談は無料")
    fee = Text("費用(出典のことば)", SHORT, "「無料」のほかに書かれていることがあるときだけ。")
    anonymous = Radios("匿名で相談できるか", truth_words("はい", "いいえ"))
    confidentiality = LongText(
        "秘密の守られ方(出典のことば)",
        LONG,
        "だれに伝えることがあるか、だれにも伝えないかが書かれているときだけ。",
    )
    languages = Lines(
        "使える言語", LONG, "一行にひとつ。例: 英語。ページに書かれている言語だけを。"
    )
    staff = Lines("答える人", LONG, "一行にひとつ。例: 助産師")
    offers = Lines("していること", LONG, "一行にひとつ。例: 同行支援")
    website = Text("公式サイト", ADDRESS)
    contact_missing = Tick("窓口はあるが、連絡先を述べるページが見つからない")

    channels = Rows(FormField(ChannelForm), "連絡手段", MAX_CHANNELS)
    sources = Rows(FormField(SourceForm), "出典", MAX_SOURCES)
    statistics = Rows(FormField(StatisticForm), "日付のある数", MAX_STATISTICS)

    status = Radios("続いているか", _STATUSES)
    status_note = LongText("休止・終了について知らせること", LONG, "公開されます。")
    successor = Text(
        "引き継いだ窓口", ADDRESS, "その窓口の識別子か、この案内でのページの住所。終了のときだけ。"
    )
    hold = Text("公開しない理由", SHORT, "書くと、この窓口はどこにも公開されません。")
    editor_note = LongText("管理者だけの覚え書き", LONG, "公開されません。")

    confirmation = Radios("どう確かめたか", _CONFIRMATIONS)
    why = Text("変更の理由", SHORT, "短く。例: 受付時間が変わった")
    given_source = Choice("この変更の出典", MappingProxyType({"": "選ばない"}))
    given_source_other = Text("ほかの出典", SHORT, "例: 電話で聞いた、届いた手紙")
    theirs = Ticks("相手の値を使う")

    def __init__(self, *told: Any, **options: Any) -> None:
        super().__init__(*told, **options)
        self.offer_sources()

    def offer_sources(self) -> None:
        """Let channels, figures and the change point at the sources that are typed in."""
        kept = [part.form for part in self.sources if not part.form.removed.data]
        labels = {each.key.data: source_label(each.data) for each in kept}
        for part in (*self.channels, *self.statistics):
            part.form.sources.choices = offered(labels)
        addresses = {each.url.data.strip(): source_label(each.data) for each in kept}
        addresses.pop("", None)
        self.given_source.choices = offered({"": "選ばない", **addresses})
        # A choice whose source was taken away since is no fault of hers.
        if self.given_source.data not in addresses:
            self.given_source.data = ""


def source_label(entries: Mapping[str, Any]) -> str:
    """Return a source in a few words, for one who has to choose among several.

    Args:
        entries: of a source.
    """
    named = " ".join(each for each in (entries["publisher"], entries["page_date"]) if each)
    return named or entries["url"] or "(まだ書かれていない出典)"
