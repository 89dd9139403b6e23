"""Know the columns in which municipalities publish their open data.

After 「自治体標準オープンデータセット」 of the Digital Agency (formerly 「推奨データセット」),
lists 「公共施設一覧」 and 「子育て施設一覧」. Today's names (全国地方公共団体コード, ID,
地方公共団体名, 所在地_連結表記) are those of its item definitions as 徳島県 publishes them
(opendata.pref.tokushima.lg.jp, dataset 4991), and of the list of 熊本市 of 2024 (FAX番号,
メールアドレス, 連絡先FormURL, 連絡先備考). The former ones (都道府県コード又は市区町村コード, NO,
都道府県名, 市区町村名, 住所, 方書) are those of NEC-FIWARE/smart-data-models,
cio/12_公共施設一覧. Files of today have either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from sosdir.spreadsheets.columns import passed_over

# What each fact is called, today's name first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("全国地方公共団体コード", "都道府県コード又は市区町村コード", "市区町村コード"),
    "id": ("ID", "NO"),
    "authority": ("地方公共団体名",),
    "prefecture": ("都道府県名", "所在地_都道府県"),
    "municipality": ("市区町村名", "所在地_市区町村"),
    "name": ("名称", "施設名", "施設名称"),
    "kana": ("名称_カナ", "名称カナ"),
    "address": ("所在地_連結表記", "住所", "所在地"),
    "building": ("建物名等(方書)", "方書", "建物名等"),
    "place_code": ("所在地_全国地方公共団体コード",),
    "latitude": ("緯度",),
    "longitude": ("経度",),
    "phone": ("電話番号", "連絡先電話番号"),
    "extension": ("内線番号", "連絡先内線番号"),
    "fax": ("FAX番号", "連絡先FAX番号"),
    "email": ("メールアドレス", "連絡先メールアドレス"),
    "form": ("連絡先FormURL",),
    "contact_remarks": ("連絡先備考", "連絡先備考(その他、SNSなど)"),
    "corporate_number": ("法人番号",),
    "body": ("団体名",),
    "days": ("利用可能曜日",),
    "start": ("開始時間", "利用開始時間"),
    "end": ("終了時間", "利用終了時間"),
    "hours_remarks": ("利用可能日時特記事項", "利用可能日時特記"),
    "description": ("説明",),
    "url": ("URL", "Webサイト"),
    "remarks": ("備考",),
}
# Known, and nothing of a help line.
_PASSED_OVER = re.compile(
    r"名称_(通称|英語)|POIコード|種別|所在地_.*|高度の.*|アクセス方法|駐車場情報|郵便番号|許可等年月日"
    r"|収容定員|受入年齢|.*の有無|子供預かり.*|授乳室|おむつ替え.*|飲食可否|ベビーカー.*|画像.*|町字ID"
    r"|説明_英語|対応言語|バリアフリー.*|.*クレジットカード.*|情報更新日|公開日|団体名_.*"
)
_NEEDED = ("code", "name")
_WEIGHTS = (1, 2) * 6


def understand(header: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return where each fact stands, and sentences on the columns that are passed over.

    Args:
        header: the names, without white space around them.
    """
    folded = {_folded(name): place for place, name in reversed(list(enumerate(header)))}
    places = {}
    for fact, names in NAMES.items():
        found = next((folded[_folded(name)] for name in names if _folded(name) in folded), None)
        if found is not None:
            places[fact] = found
    known = set(places.values())
    strange = [
        name
        for place, name in enumerate(header)
        if name and place not in known and not _PASSED_OVER.fullmatch(_folded(name))
    ]
    return places, passed_over(strange)


def is_municipal(header: Sequence[str]) -> bool:
    """Tell whether a header is one of the municipal standard.

    Args:
        header: the names, without white space around them.
    """
    places, _strange = understand(header)
    return all(fact in places for fact in _NEEDED)


def column(fact: str, header: Sequence[str], places: Mapping[str, int]) -> str:
    """Return what a file calls a fact.

    Args:
        fact: a key of ``NAMES``.
        header: of the file.
        places: as ``understand`` gives them.
    """
    return header[places[fact]] if fact in places else NAMES[fact][0]


def is_corporate_number(text: str) -> bool:
    """Tell whether 13 digits are a corporate number (法人番号) by their check digit.

    The first digit is 9 less the remainder by 9 of the sum of the others, which weigh 1 and 2 by
    turns from the right. Source: 法人番号の指定等に関する省令 第二条.

    Args:
        text: ASCII digits.
    """
    if not re.fullmatch("[1-9][0-9]{12}", text):
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(reversed(text[1:]), _WEIGHTS, strict=True)
    )
    return int(text[0]) == 9 - total % 9


def _folded(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).upper()
