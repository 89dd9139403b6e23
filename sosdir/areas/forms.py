"""Know every written form of a place's name, and who bears it.

Places are known by their area codes alone here; a ward is known by the code of its city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sosdir import romaji
from sosdir.models import Municipality, Prefecture, Ward
from sosdir.text import fold

Codes = tuple[str, ...]

_KIND_KANA = {
    "都": ("と",),
    "府": ("ふ",),
    "県": ("けん",),
    "市": ("し",),
    "区": ("く",),
    "町": ("まち", "ちょう"),
    "村": ("むら", "そん"),
}
_KIND_LATIN = {
    "都": ("to", "metropolis", "prefecture", "pref"),
    "道": ("prefecture", "pref"),
    "府": ("fu", "prefecture", "pref"),
    "県": ("ken", "prefecture", "pref"),
    "市": ("shi", "city"),
    "区": ("ku", "ward", "city"),
    "町": ("machi", "cho", "town"),
    "村": ("mura", "son", "village"),
}
_KIND_KEYS = {kind: tuple(map(romaji.key, latin)) for kind, latin in _KIND_LATIN.items()}

# Regions, days and things far oftener meant than the place: 東北町, 明日香村, 伊江村. Such a
# word names the place only with its kind, or after its prefecture.
EVERYDAY = frozenset(
    ("東北", "とうほく", "tohoku", "四国", "しこく", "shikoku", "明日", "きょう", "いえ", "はら")
)

# Older forms of letters that people still write in names, each above today's (龍ケ崎 and 竜ヶ崎,
# 塩竈 and 塩釜, 鰺ヶ沢 and 鯵ヶ沢, 檮原 and 梼原), and at the end kana that sound alike.
_VARIANTS = str.maketrans(
    "竈竃龍澤濱邊邉髙﨑嶋廣國櫻瀧檜鰺礪蘆曾條嶽惠縣區靜澁鹽繩萬檮頸瀨淺冨藪驒之づぢ",
    "釜釜竜沢浜辺辺高崎島広国桜滝桧鯵砺芦曽条岳恵県区静渋塩縄万梼頚瀬浅富薮騨のずじ",
)
# The letters of mainland China for those of Japan, as readers of Chinese type 东京, 横滨 and 冲绳.
_SIMPLIFIED = str.maketrans(
    "东冈县长广岛泽叶马爱贺龙绳冲泻库关门仓宫须丰桥罗庆云见户濑饭带馆艺鸟鹤滨滩乡泷枥鸣绫纪胜饰练荣实矶铃铁银锦钏单势贝员风飞"
    "驹鸭鹰齐车轻轮边达远间阳阴陆骏渊满汤结绪网义乐亲兰兴农军凤华历吴圆圣场坚壶头孙宽对岁岭弯归张开总时杨枪栋树梦汉济浓润渔溪"
    "环筑纲纳绿节苇苏莲萤蓝观诚诸贞贡贤贯贵赖赞儿",
    "東岡県長広島沢葉馬愛賀竜縄沖潟庫関門倉宮須豊橋羅慶雲見戸瀬飯帯館芸鳥鶴浜灘郷滝栃鳴綾紀勝飾練栄実磯鈴鉄銀錦釧単勢貝員風飛"
    "駒鴨鷹斉車軽輪辺達遠間陽陰陸駿淵満湯結緒網義楽親蘭興農軍鳳華歴呉円聖場堅壺頭孫寛対歳嶺湾帰張開総時楊槍棟樹夢漢済濃潤漁渓"
    "環築綱納緑節葦蘇蓮蛍藍観誠諸貞貢賢貫貴頼讃児",
)
_GA_BETWEEN_KANJI = re.compile(r"(?<=[一-龥])が(?=[一-龥])")  # 茅が崎 is 茅ヶ崎


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a name in its parts: 横浜 + 市, よこはま + し."""

    stem: str
    stem_kana: str
    kind: str
    kind_kana: str

    @classmethod
    def of(cls, name: str, kana: str) -> Name:
        """Take a name apart; 北海道 keeps its last letter, which nobody leaves out.

        Args:
            name: with its kind, such as 横浜市.
            kana: in hiragana, such as よこはまし.
        """
        kind = name[-1]
        ending = next((end for end in _KIND_KANA.get(kind, ()) if kana.endswith(end)), "")
        stem = name[:-1] if ending else name
        return cls(stem, kana.removesuffix(ending), kind, ending)


def canonical(folded: str) -> str:
    """Write a folded text in the letters that names are compared in, one for one.

    Args:
        folded: as given by ``text.fold``; the result has its length.
    """
    return _GA_BETWEEN_KANJI.sub("け", folded.translate(_SIMPLIFIED).translate(_VARIANTS))


def united(*groups: Iterable[str]) -> Codes:
    """Return the codes of all groups, each once, in order."""
    return tuple(dict.fromkeys(code for group in groups for code in group))


def inside(outer: Codes, inner: Codes) -> Codes:
    """Return the municipalities of ``inner`` that are in, or are, one of ``outer``."""
    return tuple(code for code in inner if len(code) > 2 and code.startswith(outer))


class Forms:
    """Keep who bears which form in one script.

    ``full`` has the kind (横浜市), ``bare`` has not (横浜), ``wards`` are bare names of wards, and
    ``inner`` are bare names that say too little unless a place around them was named before.
    """

    def __init__(self) -> None:
        self.full: dict[str, Codes] = {}
        self.bare: dict[str, Codes] = {}
        self.wards: dict[str, Codes] = {}
        self.inner: dict[str, Codes] = {}

    def alone(self, form: str) -> Codes:
        """Return who bears a form that stands alone.

        神奈川 is the prefecture, not 横浜市 for its 神奈川区; but 清水 is also 静岡市's ward, and
        しろいし is 白石市 as well as 白井市.
        """
        codes = united(self.full.get(form, ()), self.bare.get(form, ()))
        if any(len(code) == 2 for code in codes):
            return codes
        return united(codes, self.wards.get(form, ()))

    def within(self, outer: Codes, form: str) -> Codes:
        """Return who bears a form among the places inside others."""
        full = inside(outer, self.full.get(form, ()))
        bare = (forms.get(form, ()) for forms in (self.bare, self.wards, self.inner))
        return full or inside(outer, united(*bare))


class NameIndex:
    """Hold the forms of every name: Japanese ones, kanji and kana, and Latin ones.

    Args:
        prefectures: the 47.
        municipalities: in the order in which equals are to be offered.
        wards: of the designated cities.
    """

    def __init__(
        self,
        prefectures: Iterable[Prefecture],
        municipalities: Iterable[Municipality],
        wards: Iterable[Ward],
    ) -> None:
        self.japanese = Forms()
        self.latin = Forms()
        wards = tuple(wards)
        designated = {ward.municipality_code for ward in wards}
        self._great: dict[str, str] = {}
        for prefecture in prefectures:
            self._learn(prefecture.code, Name.of(prefecture.name, prefecture.name_kana))
        for place in sorted(municipalities, key=lambda place: place.code not in designated):
            name = Name.of(place.name, place.name_kana)
            if place.code in designated:
                self._great[name.stem] = place.code
            self._learn(place.code, name)
        for ward in wards:
            self._learn(ward.municipality_code, Name.of(ward.name, ward.name_kana), ward=True)

    def _learn(self, code: str, name: Name, *, ward: bool = False) -> None:
        latin = romaji.key(romaji.hepburn(name.stem_kana))
        for form in _full_forms(name):
            _add(self.japanese.full, form, code)
        for kind in _KIND_KEYS[name.kind]:
            _add(self.latin.full, latin + kind, code)
        self._learn_bare(self.latin, latin, code, name, ward, lone=True)
        kanji, kana = _bare_forms(name)
        # One kanji names a city (津, 堺), but no ward, town or village (西区, 東村).
        self._learn_bare(
            self.japanese, kanji, code, name, ward, lone=len(kanji) > 1 or name.kind == "市"
        )
        self._learn_bare(
            self.japanese, kana, code, name, ward, lone=len(kana) > 2 or name.kind != "区"
        )

    def _learn_bare(
        self, forms: Forms, form: str, code: str, name: Name, ward: bool, *, lone: bool
    ) -> None:
        """Add a bare form where it belongs.

        横浜 alone is 横浜市, for a designated city is meant by its name; 横浜町 in 青森県 is found
        as 横浜町 or 青森 横浜.
        """
        great = self._great.get(name.stem)
        outshone = name.kind in "町村" and great in forms.bare.get(form, ())
        if not lone or outshone or form in EVERYDAY:
            _add(forms.inner, form, code)
        else:
            _add(forms.wards if ward else forms.bare, form, code)


def _add(forms: dict[str, Codes], form: str, code: str) -> None:
    forms[form] = united(forms.get(form, ()), (code,))


def _full_forms(name: Name) -> tuple[str, ...]:
    """Return 横浜市, よこはまし and よこはま市."""
    kanji, kana = _bare_forms(name)
    if not name.kind_kana:
        return (kanji, kana)
    return (kanji + name.kind, kana + name.kind_kana, kana + name.kind)


def _bare_forms(name: Name) -> tuple[str, str]:
    """Return 横浜 and よこはま."""
    return canonical(fold(name.stem)), canonical(name.stem_kana)
