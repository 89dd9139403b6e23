"""Places in free text: what is named, what is asked back, and what stays text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.areas import Gazetteer
from sosdir.text import words
from tests.bundled import gazetteer

JAPAN = gazetteer()


def named(query: str) -> list[str]:
    return [place.full_name for place in JAPAN.recognise(query).places]


@pytest.mark.parametrize(
    "query",
    [
        "横浜", "横浜市", "神奈川県横浜市", "神奈川県 横浜市", "神奈川 横浜", "神奈川横浜",
        "横浜 神奈川県", "よこはま", "ヨコハマ", "ﾖｺﾊﾏ", "よこはまし", "よこはま市", "横濱",
        "yokohama", "YOKOHAMA", "Yokohama-shi", "yokohama shi", "yokohama city", "ｙｏｋｏｈａｍａ",
        "Yokohama, Kanagawa", "横浜市鶴見区", "横浜市 鶴見区", "横浜鶴見", "神奈川県横浜市鶴見区",
        "横浜市(緑区)", "「横浜市」", "港北区", "よこは", "yokoh",
    ],
)  # fmt: skip
def test_yokohama_is_found_however_it_is_typed(query: str) -> None:
    found = JAPAN.recognise(query)
    assert [place.full_name for place in found.places] == ["神奈川県横浜市"]
    assert found.rest == ()
    assert found.phrase


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("渋谷", "東京都渋谷区"),
        ("Shibuya City", "東京都渋谷区"),
        ("shibuya ward", "東京都渋谷区"),
        ("札幌", "北海道札幌市"),
        ("札幌市中央区", "北海道札幌市"),
        ("東京", "東京都"),
        ("東京都", "東京都"),
        ("Tōkyō", "東京都"),
        ("toukyou", "東京都"),
        ("北海道", "北海道"),
        ("ほっかいどう", "北海道"),
        ("Hokkaido prefecture", "北海道"),
        ("神奈川", "神奈川県"),
        ("兵庫", "兵庫県"),
        ("Osaka-fu", "大阪府"),
        ("osaka prefecture", "大阪府"),
        ("大阪市", "大阪府大阪市"),
        ("osaka city", "大阪府大阪市"),
        ("higashi osaka", "大阪府東大阪市"),
        ("京都市", "京都府京都市"),
        ("神戸", "兵庫県神戸市"),
    ],
)
def test_a_name_with_or_without_its_kind_is_one_place(query: str, place: str) -> None:
    assert named(query) == [place]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("津", "三重県津市"),
        ("津市", "三重県津市"),
        ("町田", "東京都町田市"),
        ("市川市", "千葉県市川市"),
        ("千葉市川", "千葉県市川市"),
        ("四日市", "三重県四日市市"),
        ("廿日市", "広島県廿日市市"),
        ("十日町", "新潟県十日町市"),
        ("大町市", "長野県大町市"),
        ("余市町", "北海道余市町"),
        ("福島県福島", "福島県福島市"),
        ("東村", "沖縄県東村"),
    ],
)
def test_the_letters_of_a_kind_may_be_part_of_a_name(query: str, place: str) -> None:
    assert named(query) == [place]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("茅ケ崎", "神奈川県茅ヶ崎市"),
        ("茅が崎市", "神奈川県茅ヶ崎市"),
        ("鶴ケ島", "埼玉県鶴ヶ島市"),
        ("塩釜", "宮城県塩竈市"),
        ("竜ヶ崎", "茨城県龍ケ崎市"),
        ("东京都", "東京都"),
        ("横滨市", "神奈川県横浜市"),
        ("静冈县", "静岡県"),
        ("鹿儿岛县", "鹿児島県"),
        ("冲绳县", "沖縄県"),
        ("爱知县丰桥市", "愛知県豊橋市"),
        ("西ノ表", "鹿児島県西之表市"),
        ("ぬまず", "静岡県沼津市"),
    ],
)
def test_other_spellings_lead_to_the_same_place(query: str, place: str) -> None:
    assert named(query) == [place]


@pytest.mark.parametrize(
    "query",
    ["北葛城郡広陵町", "奈良県北葛城郡広陵町", "北葛城郡 広陵町", "奈良 広陵", "広陵町"],
)
def test_a_district_before_a_town_is_stepped_over(query: str) -> None:
    found = JAPAN.recognise(query)
    assert [place.full_name for place in found.places] == ["奈良県広陵町"]
    assert found.rest == ()


def test_a_district_that_is_part_of_a_name_is_none() -> None:
    assert named("蒲郡") == ["愛知県蒲郡市"]
    assert named("郡山市") == ["福島県郡山市"]
    assert named("北葛城郡") == []
    assert named("北葛城郡横浜市") == []


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("府中市", ["東京都府中市", "広島県府中市"]),
        ("府中", ["東京都府中市", "広島県府中市", "広島県府中町"]),
        ("ふちゅう", ["東京都府中市", "広島県府中市", "広島県府中町"]),
        ("Fuchu", ["東京都府中市", "広島県府中市", "広島県府中町"]),
        ("伊達市", ["北海道伊達市", "福島県伊達市"]),
        ("鶴見", ["神奈川県横浜市", "大阪府大阪市"]),
        ("鶴見区", ["神奈川県横浜市", "大阪府大阪市"]),
        ("つるみ区", ["神奈川県横浜市", "大阪府大阪市"]),
        ("tsurumi-ku", ["神奈川県横浜市", "大阪府大阪市"]),
        ("大阪", ["大阪府", "大阪府大阪市"]),
        ("ohsaka", ["大阪府", "大阪府大阪市"]),
        ("広島", ["広島県", "広島県広島市"]),
        ("さいたま", ["埼玉県", "埼玉県さいたま市"]),
        ("福島", ["福島県", "北海道福島町", "福島県福島市"]),
        ("清水", ["北海道清水町", "静岡県清水町", "静岡県静岡市"]),
        ("しろいし", ["千葉県白井市", "宮城県白石市", "佐賀県白石町", "北海道札幌市"]),
        ("横浜 川崎", ["神奈川県横浜市", "神奈川県川崎市"]),
        ("横浜、川崎", ["神奈川県横浜市", "神奈川県川崎市"]),
        ("横浜と川崎", ["神奈川県横浜市", "神奈川県川崎市"]),
    ],
)
def test_what_several_places_may_be_meant_by_is_asked_back(query: str, places: list[str]) -> None:
    assert named(query) == places


def test_tokyos_own_chuo_comes_before_the_wards_of_that_name() -> None:
    places = named("中央区")
    assert places[0] == "東京都中央区"
    assert places[1:] == [
        "北海道札幌市", "埼玉県さいたま市", "千葉県千葉市", "神奈川県相模原市", "新潟県新潟市",
        "静岡県浜松市", "大阪府大阪市", "兵庫県神戸市", "福岡県福岡市", "熊本県熊本市",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("東京都府中市", ["東京都府中市"]),
        ("府中市 東京都", ["東京都府中市"]),
        ("Fuchu, Tokyo", ["東京都府中市"]),
        ("広島 府中", ["広島県府中市", "広島県府中町"]),
        ("安芸郡府中町", ["広島県府中町"]),
        ("東京 中央区", ["東京都中央区"]),
        ("福岡 中央区", ["福岡県福岡市"]),
        ("大阪 大阪市", ["大阪府大阪市"]),
        ("青森 横浜", ["青森県横浜町"]),
        ("Aomori Yokohama", ["青森県横浜町"]),
        ("横浜 青森県", ["青森県横浜町"]),
        ("岐阜県神戸", ["岐阜県神戸町"]),
        ("ごうど", ["岐阜県神戸町"]),
        ("青森 東北", ["青森県東北町"]),
        ("名古屋 港", ["愛知県名古屋市"]),
        ("静岡 清水LINE", ["静岡県清水町", "静岡県静岡市"]),
        ("静岡 清水", ["静岡県清水町", "静岡県静岡市"]),
        ("Shimizu, Shizuoka", ["静岡県静岡市", "静岡県清水町"]),
        ("神奈川 川崎", ["神奈川県川崎市"]),
        ("宮城 川崎", ["宮城県川崎町"]),
    ],
)
def test_a_place_around_it_tells_which_one_is_meant(query: str, places: list[str]) -> None:
    assert named(query) == places


@pytest.mark.parametrize(
    ("query", "place", "rest"),
    [
        ("渋谷区 夜 LINE", "東京都渋谷区", ("夜", "line")),
        ("渋谷区、夜", "東京都渋谷区", ("夜",)),
        ("夜 LINE 渋谷", "東京都渋谷区", ("夜", "line")),
        ("横浜でLINE", "神奈川県横浜市", ("line",)),
        ("横浜LINE", "神奈川県横浜市", ("line",)),
        ("横浜でんわ", "神奈川県横浜市", ("でんわ",)),
        ("横浜市の電話", "神奈川県横浜市", ("電話",)),
        ("横浜 の 電話", "神奈川県横浜市", ("電話",)),
        ("横浜市から相談", "神奈川県横浜市", ("相談",)),
        ("横浜市内 LINE", "神奈川県横浜市", ("line",)),
        ("横浜市民の相談", "神奈川県横浜市", ("相談",)),
        ("横浜市立大学", "神奈川県横浜市", ("大学",)),
        ("「横浜市」の電話", "神奈川県横浜市", ("電話",)),
        ("よこはまでLINE", "神奈川県横浜市", ("line",)),
        ("yokohamaの電話", "神奈川県横浜市", ("電話",)),
        ("よこは LINE", "神奈川県横浜市", ("line",)),
        ("大阪府で匿名", "大阪府", ("匿名",)),
        ("東京23区", "東京都", ("23区",)),
        ("横浜 045-123-4567", "神奈川県横浜市", ("0451234567",)),
    ],
)
def test_the_other_words_are_left(query: str, place: str, rest: tuple[str, ...]) -> None:
    found = JAPAN.recognise(query)
    assert [each.full_name for each in found.places] == [place]
    assert found.rest == rest


def test_the_words_that_name_the_place_are_told() -> None:
    assert JAPAN.recognise("神奈川 横浜でLINE").phrase == "神奈川 横浜"


NO_PLACES = (
    "妊娠", "にんしん", "妊娠したかも", "相談", "そうだん", "電話", "でんわ", "LINE", "ライン",
    "夜", "よる", "夜間", "今", "いま", "今夜", "今日", "きょう", "明日", "あした", "市", "区",
    "町", "村", "県", "郡", "無料", "むりょう", "匿名", "とくめい", "助産師", "じょさんし",
    "病院", "びょういん", "産婦人科", "クリニック", "保健所", "保健センター",
    "女性健康支援センター", "チャット", "ちゃっと", "メール", "ネット", "対面", "同行支援",
    "養子縁組", "里親", "さとおや", "中絶", "ちゅうぜつ", "出産", "生理", "せいり", "避妊",
    "ピル", "緊急避妊", "性暴力", "未成年", "10代", "高校生", "中学生", "こうこうせい", "学生",
    "若者", "彼氏", "かれし", "親", "おや", "家族", "かぞく", "お金", "おかね", "秘密", "ひみつ",
    "怖い", "こわい", "不安", "助けて", "赤ちゃん", "あかちゃん", "内密出産", "子ども", "こども",
    "産後", "流産", "不妊", "24時間", "土日", "平日", "朝", "あさ", "昼", "ひる", "深夜",
    "外国語", "英語", "えいご", "中国語", "やさしい日本語", "予期せぬ妊娠", "まんまる",
    "ひとりじゃない", "いのちの電話", "ゆりかご", "こうのとりのゆりかご", "みらい", "すこやか",
    "いえ", "はら", "おなか", "なかまに相談", "さくらの会", "横浜国立大学", "東北", "四国",
    "関東", "西", "南", "港", "横", "よこ", "なんでも", "未受診", "母子手帳", "家出", "ここから",
    "call", "chat", "mail", "line", "free", "help", "baby", "sos", "sns", "sms", "tel", "fax",
    "web", "email", "open", "night", "teen", "phone", "english", "clinic", "hospital", "doctor",
    "today", "pregnant", "pregnancy", "test", "pill", "abortion", "home", "now", "need",
    "student", "child", "kids", "family", "support", "women", "health", "center", "care", "safe",
    "shelter", "adoption", "tsu1", "ＬＩＮＥ相談", "sns相談",
)  # fmt: skip


@pytest.mark.parametrize("query", NO_PLACES)
def test_a_word_of_need_is_no_place(query: str) -> None:
    found = JAPAN.recognise(query)
    assert found.places == ()
    assert found.rest == words(query)
    assert found.phrase is None


def test_a_beginning_that_too_many_names_share_names_none() -> None:
    assert named("minam") == []
    assert 1 < len(named("みなみあ")) <= 12


@pytest.mark.parametrize("query", ["", " ", "、。", "()", "の", "-", "\0", "'"])
def test_text_without_words_names_no_place(query: str) -> None:
    assert named(query) == []


@pytest.mark.parametrize(
    "typed",
    [
        lambda place: place.name,
        lambda place: place.name_kana,
        lambda place: place.name_romaji,
        lambda place: f"{place.prefecture} {place.name}",
        lambda place: f"{place.name_romaji}, {JAPAN.get(place.prefecture_code).short_romaji}",
    ],
    ids=["name", "kana", "romaji", "prefecture and name", "romaji of both"],
)
def test_every_municipality_is_found(typed) -> None:  # type: ignore[no-untyped-def]
    lost = [
        place.full_name
        for place in JAPAN.municipalities
        if place not in JAPAN.recognise(typed(place)).places
    ]
    assert lost == []


def test_every_full_name_is_one_place_and_leaves_nothing() -> None:
    for place in (*JAPAN.prefectures, *JAPAN.municipalities):
        found = JAPAN.recognise(place.full_name)
        assert (found.places, found.rest) == ((place,), ())


def test_a_gazetteer_without_places_finds_none() -> None:
    found = Gazetteer([], [], []).recognise("横浜 yokohama")
    assert (found.places, found.rest) == ((), ("横浜", "yokohama"))


@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("横浜市東京都区郡町の、と a-よこは"))
    )
)
def test_no_text_breaks_it(text: str) -> None:
    found = JAPAN.recognise(text)
    assert (found.phrase is None) == (found.places == ())


@given(st.sampled_from(JAPAN.municipalities), st.sampled_from(["LINE", "電話", "夜", "匿名"]))
def test_a_full_name_and_a_need_are_told_apart(place, need: str) -> None:  # type: ignore[no-untyped-def]
    for query in (f"{place.full_name} {need}", f"{need} {place.full_name}"):
        found = JAPAN.recognise(query)
        assert (found.places, found.rest) == ((place,), words(need))


@pytest.mark.parametrize(
    "unit",
    ["あ", "a", "横浜、", "横浜", "北葛城郡", "郡", "あ郡い郡", "渋谷区 ", "yokohama ", "1-"],
)
def test_an_endless_text_is_soon_read(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    started = time.process_time()
    JAPAN.recognise(text)
    assert time.process_time() - started < 0.2


def test_words_past_the_twentieth_are_left_as_text() -> None:
    found = JAPAN.recognise("夜 " * 20 + "横浜")
    assert found.places == ()
    assert found.rest == ("夜",) * 20 + ("横浜",)


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("神戸市北区ひよどり台2丁目", ["兵庫県神戸市"]),
        ("〒150-0002 東京都渋谷区渋谷1丁目", ["東京都渋谷区"]),
        ("釧路市大町2丁目", ["北海道釧路市"]),
        ("中央区", named("中央区")),
        ("横浜", []),
        ("市役所2階", []),
    ],
)
def test_an_address_begins_with_full_names_only(address: str, places: list[str]) -> None:
    assert [place.full_name for place in JAPAN.beginning(address)] == places


@pytest.mark.parametrize("text", ["@sagami", "@yokohama", "yokohama@example.jp"])
def test_an_account_names_no_place(text: str) -> None:
    assert named(text) == []
