"""Write services for people: one row each, under the headings of municipal open data.

Where 「自治体標準オープンデータセット」 has a name for a fact, the column bears it, so that a city
can put the rows beside its own; what only a help line has stands under plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sosdir import languages
from sosdir.models import Basis, ChannelKind
from sosdir.opendata import cells, hours
from sosdir.opendata.cells import Row
from sosdir.spreadsheets.municipal import NAMES
from sosdir.spreadsheets.writing import table_text
from sosdir.vocabulary import ANSWERS_FOR_LABELS, FOCUS_LABELS, SERVICE_STATUS_LABELS

_TEXT, _CODE, _NUMBER, _DATE, _URL = "文字列", "コード", "数値", "日付", "URL"
_MANY = "複数(;区切り)"


@dataclass(frozen=True, slots=True)
class PeopleColumn:
    """Describe a column.

    Args:
        name: its heading.
        form: in which form its cells are.
        meaning: what it holds.
        cell: gives the cell of a row.
        standard: whether the municipal standard has a column of that name.
    """

    name: str
    form: str
    meaning: str
    cell: Callable[[Row], str]
    standard: bool = False


def people_csv(rows: Iterable[Row]) -> str:
    """Return services as CSV with a byte order mark, in the order given.

    Args:
        rows: one for each.
    """
    header = [column.name for column in COLUMNS]
    return table_text(header, ([column.cell(row) for column in COLUMNS] for row in rows))


def dictionary_csv() -> str:
    """Return what each column holds, as CSV with a byte order mark."""
    rows = (
        (each.name, each.form, each.meaning, "自治体標準" if each.standard else "")
        for each in COLUMNS
    )
    return table_text(("項目名", "形式", "説明", "準拠"), rows)


def _standard(fact: str, form: str, meaning: str, cell: Callable[[Row], str]) -> PeopleColumn:
    return PeopleColumn(NAMES[fact][0], form, meaning, cell, standard=True)


COLUMNS: tuple[PeopleColumn, ...] = (
    _standard(
        "code", _CODE, "対象地域(はじめの1つ)の6桁のコード。全国の窓口は空欄", cells.municipal_code
    ),
    _standard("id", _CODE, "窓口の識別子。変わらない", cells.text("id")),
    _standard("authority", _TEXT, "上のコードの都道府県・市区町村の名前", cells.authority),
    _standard("name", _TEXT, "窓口の名称(運営者の書きかた)", cells.text("name")),
    PeopleColumn("窓口の種類", _TEXT, "何の窓口か", lambda row: FOCUS_LABELS[row.service.focus]),
    PeopleColumn(
        "答える主体",
        _TEXT,
        "どういう主体が答えるか",
        lambda row: ANSWERS_FOR_LABELS[row.service.answers_for],
    ),
    _standard(
        "body",
        _TEXT,
        "運営する団体",
        lambda row: row.service.organization.name if row.service.organization else "",
    ),
    PeopleColumn("担当部署", _TEXT, "団体の中の部署(出典のことば)", cells.text("department")),
    PeopleColumn(
        "委託元",
        _MANY,
        "委託・実施する団体",
        lambda row: cells.join(each.name for each in row.service.commissioners),
    ),
    PeopleColumn("連携先", _MANY, "ともに行う団体(出典のことば)", cells.listed("partners")),
    PeopleColumn("事業名", _MANY, "もとになる事業(出典のことば)", cells.listed("programs")),
    PeopleColumn(
        "対象地域",
        _MANY,
        "対象とする地域の名前",
        lambda row: cells.join(cells.area_name(row, code) for code in row.service.service_areas),
    ),
    PeopleColumn(
        "対象地域コード",
        _MANY,
        "00は全国、2桁は都道府県、6桁は市区町村",
        cells.listed("service_areas"),
    ),
    PeopleColumn(
        "対象地域の根拠",
        _TEXT,
        "「出典に記載」か「推定」",
        lambda row: "出典に記載" if row.service.service_area_basis is Basis.STATED else "推定",
    ),
    PeopleColumn("対象者", _TEXT, "相談できる人(出典のことば)", cells.text("eligibility")),
    _standard("phone", _MANY, "電話番号", cells.values(ChannelKind.PHONE)),
    PeopleColumn("LINE", _MANY, "LINEのIDまたはURL", cells.values(ChannelKind.LINE)),
    _standard("email", _MANY, "メールアドレス", cells.values(ChannelKind.EMAIL)),
    _standard("form", _MANY, "入力フォームのURL", cells.values(ChannelKind.WEB_FORM)),
    _standard("fax", _MANY, "FAX番号", cells.values(ChannelKind.FAX)),
    PeopleColumn(
        "その他の連絡手段",
        _MANY,
        "ほかの手段と、番号やIDが分かっていない手段",
        cells.other_channels,
    ),
    _standard("contact_remarks", _TEXT, "返事の来かた、非通知のことなど", cells.contact_remarks),
    PeopleColumn(
        "番号の確認中", _MANY, "まちがいの知らせがあり、確かめている番号やアドレス", cells.doubted
    ),
    _standard(
        "days",
        _TEXT,
        "受付の曜日。どの手段も同じで、はっきり書けるときだけ",
        lambda row: hours.times(row.service).days,
    ),
    _standard("start", _TEXT, "受付を始める時刻", lambda row: hours.times(row.service).start),
    _standard("end", _TEXT, "受付を終える時刻", lambda row: hours.times(row.service).end),
    _standard(
        "hours_remarks",
        _TEXT,
        "手段ごとの受付時間(運営者のことば)",
        lambda row: hours.words(row.service),
    ),
    PeopleColumn("匿名", _TEXT, "名前を言わずに相談できるか。「可」か「不可」", cells.anonymous),
    PeopleColumn("料金", _TEXT, "無料、または出典のことば", cells.fee),
    PeopleColumn(
        "対応言語",
        _MANY,
        "使えることば",
        lambda row: cells.join(languages.names(row.service.all_languages)),
    ),
    PeopleColumn("できること", _MANY, "していること(出典のことば)", cells.listed("offers")),
    PeopleColumn("話を聞く人", _MANY, "答える人(出典のことば)", cells.listed("staff")),
    _standard("address", _TEXT, "所在地(出典のことば)", cells.text("address")),
    _standard("latitude", _NUMBER, "緯度(世界測地系)", cells.coordinate("latitude")),
    _standard("longitude", _NUMBER, "経度(世界測地系)", cells.coordinate("longitude")),
    PeopleColumn("位置の確かさ", _TEXT, "「所在地」か「役所の位置」", cells.precision),
    _standard("url", _URL, "公式ページ", cells.website),
    PeopleColumn("確かさ", _TEXT, "どう確かめられた情報か", lambda row: row.published.label),
    PeopleColumn("連絡先の公開", _TEXT, "連絡先をのせているか", cells.withheld),
    PeopleColumn(
        "状況", _TEXT, "続いているか", lambda row: SERVICE_STATUS_LABELS[row.service.status]
    ),
    PeopleColumn("休止の知らせ", _TEXT, "休止について知らせること", cells.text("status_note")),
    PeopleColumn("情報を集めた日", _DATE, "公開のページから集めた日", cells.text("collected_on")),
    PeopleColumn("確認した日", _DATE, "担当者が確かめた日", cells.text("checked_on")),
    PeopleColumn(
        "出典",
        _MANY,
        "出典のページ",
        lambda row: cells.join(each.url for each in row.service.sources),
    ),
    PeopleColumn("窓口のページ", _URL, "この案内の中のページ", lambda row: row.page),
)
