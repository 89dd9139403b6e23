"""What a real counselor types, on the shipped data: the place, the words, who comes first."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from sosdir.models import State
from sosdir.schedules import TOKYO
from sosdir.search import Page, Query, search

WEDNESDAY_NOON = "2026-11-25T12:00"
WEDNESDAY_EVENING = "2026-11-25T20:00"
THURSDAY_3_AM = "2026-11-26T03:00"
SATURDAY_EVENING = "2026-11-28T20:00"
LABOUR_DAY_NOON = "2026-11-23T12:00"
SUNDAY_AFTERNOON = "2026-11-29T14:00"
NEW_YEARS_EVE = "2026-12-31T11:00"


@dataclass(frozen=True)
class Golden:
    """Hold one search: what is typed and when, what must be found first and be absent.

    ``words`` must match as text; ``filters`` are what other words were read as.
    """

    typed: str
    at: str
    place: str | None
    first: tuple[str, ...]
    absent: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()


GOLDEN = (
    Golden("横浜市", SATURDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("kawasaki-ninshin-shussan-sos", "yokosuka-ninshin-sos")),
    Golden("よこはま 電話", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama", "bare-hope"), filters=("channel:phone",)),
    Golden("ヨコハマ メール", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("bare-hope",), filters=("channel:email",)),
    Golden("yokohama", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",)),
    Golden("横浜市鶴見区 にんしんSOS", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), words=("妊娠sos",)),
    Golden("横浜でLINE", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), filters=("channel:line",)),
    # The page of Mother's Tree leads to its LINE; how to reach the one of the hospital is being sought.
    Golden("渋谷区 LINE", SATURDAY_EVENING, "東京都渋谷区", ("mothers-tree-japan", "jikei-sos-akachan-okaasan"), ("ninshin-sos-yokohama",), filters=("channel:line",)),
    Golden("東京都府中市", WEDNESDAY_EVENING, "東京都府中市", ("tokyo-ninshin-soudan-hotline",), ("hiroshima-sei-to-kenko-no-soudan-center",)),
    Golden("札幌 匿名", THURSDAY_3_AM, "北海道札幌市", ("ninshin-sos-hokkaido", "jikei-sos-akachan-okaasan"), filters=("anonymous:true",)),
    Golden("北海道 LINE", THURSDAY_3_AM, "北海道", ("ninshin-sos-hokkaido",), filters=("channel:line",)),
    Golden("大阪市 電話", WEDNESDAY_NOON, "大阪府大阪市", ("bare-hope",), ("ninshin-sos-yokohama",), filters=("channel:phone",)),
    Golden("堺 こころ", WEDNESDAY_NOON, "大阪府堺市", ("osaka-ninsanpu-kokoro-center",), words=("こころ",)),
    Golden("熊本市", THURSDAY_3_AM, "熊本県熊本市", ("jikei-sos-akachan-okaasan",)),
    Golden("熊本県 内密出産", THURSDAY_3_AM, "熊本県", ("jikei-sos-akachan-okaasan",), words=("内密出産",)),
    Golden("柏市", WEDNESDAY_NOON, "千葉県柏市", ("bare-hope",), ("sakura-yokisenu-ninshin-sos",)),
    Golden("かしわ", "2026-11-25T14:00", "千葉県柏市", ("ninshin-sos-kashiwa",)),
    Golden("埼玉県 にんしんSOS", WEDNESDAY_EVENING, "埼玉県", ("ninshin-sos-saitama",), words=("妊娠sos",)),
    Golden("川口市 メール", WEDNESDAY_EVENING, "埼玉県川口市", ("ninshin-sos-saitama",), filters=("channel:email",)),
    Golden("養子縁組", WEDNESDAY_NOON, None, ("bare-hope",), words=("養子縁組",)),
    Golden("同行支援 東京", WEDNESDAY_NOON, "東京都", ("tokyo-ninshin-soudan-hotline",), filters=("need:accompaniment",)),
    Golden("東京都 思春期", "2026-11-25T16:00", "東京都", ("wakasapo-tokyo",), words=("思春期",)),
    Golden("名古屋市 電話 無料", NEW_YEARS_EVE, "愛知県名古屋市", ("life-hope-network-nagoya",), filters=("channel:phone", "need:free")),
    Golden("那覇市", WEDNESDAY_NOON, "沖縄県那覇市", ("bare-hope",), ("ninshin-sos-kagoshima",)),
    Golden("沖縄県 避妊", WEDNESDAY_NOON, "沖縄県", ("pilcon-ninshin-kamo", "aru-okinawa-hinin-sodan", "jfpa-fp-line"), words=("避妊",)),
    Golden("久留米 妊娠", "2026-11-26T18:30", "福岡県久留米市", ("kurume-ninshin-hotline",), words=("妊娠",)),
    Golden("福岡県 プレコンセプション", "2026-11-26T12:00", "福岡県", ("fukuoka-preconception-care-center",), words=("ぷれこんせぷしょん",)),
    Golden("今治 匿名", WEDNESDAY_NOON, "愛媛県今治市", ("imabari-ninshin-sos",), filters=("anonymous:true",)),
    Golden("鳥取県 SOS", "2026-11-28T12:00", "鳥取県", ("tottori-ninshin-sos",), words=("sos",)),
    Golden("0120-783-449", WEDNESDAY_NOON, None, ("jikei-sos-akachan-okaasan",), words=("0120783449",)),
    Golden("０１２０７８３４４９", WEDNESDAY_NOON, None, ("jikei-sos-akachan-okaasan",), words=("0120783449",)),
    Golden("ピッコラーレ", "2026-11-25T18:00", None, ("tokyo-ninshin-soudan-hotline", "ninshin-sos-saitama"), words=("ぴっこらーれ",)),
    Golden("泉佐野市 英語", WEDNESDAY_NOON, "大阪府泉佐野市", ("izumisano-ninsanpu-online-sodan",), filters=("lang:en",)),
    Golden("川崎市 SOS", LABOUR_DAY_NOON, "神奈川県川崎市", ("jikei-sos-akachan-okaasan",), ("ninshin-sos-yokohama",), ("sos",)),
)  # fmt: skip


# What people say they need: the sheet of data/*.csv was read for each of these, and for who must
# not be offered: a line for another place, one closed by then, one that is only reached by voice.
NEEDS = (
    # Yokohama's own LINE answers until 21:30; its phone alone would be no answer to this.
    Golden("横浜市 夜 LINE", SATURDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("kawasaki-ninshin-shussan-sos", "bare-hope", "ninshin-sos-shinjuku"), filters=("need:night", "channel:line")),
    Golden("横浜市で夜にLINEで話したい", SATURDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("bare-hope",), filters=("need:night", "channel:line")),
    Golden("Yokohama LINE at night", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("bare-hope",), filters=("channel:line", "need:night")),
    # For Shibuya only the hospital in Kumamoto has a LINE that is known to answer at night.
    Golden("渋谷区 夜 LINE", SATURDAY_EVENING, "東京都渋谷区", ("jikei-sos-akachan-okaasan",), ("ninshin-sos-yokohama", "tokyo-ninshin-soudan-hotline"), filters=("need:night", "channel:line")),
    Golden("渋谷区で夜LINEで話せる", SATURDAY_EVENING, "東京都渋谷区", ("jikei-sos-akachan-okaasan",), ("tokyo-ninshin-soudan-hotline",), filters=("need:night", "channel:line")),
    Golden("北海道 24時間 LINE", THURSDAY_3_AM, "北海道", ("ninshin-sos-hokkaido",), ("ninshin-sos-kumamoto",), filters=("need:around_the_clock", "channel:line")),
    Golden("24時間 電話", THURSDAY_3_AM, None, ("jikei-sos-akachan-okaasan", "ninshin-sos-kumamoto", "ninshin-sos-hokkaido", "ninshin-sos-nagano"), ("bare-hope", "ninshin-sos-shinjuku", "ninshin-sos-saitama"), filters=("need:around_the_clock", "channel:phone")),
    # Mail is taken at all hours here, but nobody answers the phone around the clock.
    Golden("川崎市 メール 24時間", WEDNESDAY_NOON, "神奈川県川崎市", ("kawasaki-ninshin-shussan-sos",), ("life-hope-network-nagoya", "ninshin-sos-yokohama"), filters=("channel:email", "need:around_the_clock")),
    Golden("今 電話", THURSDAY_3_AM, None, ("jikei-sos-akachan-okaasan", "ninshin-sos-kumamoto"), ("bare-hope", "ninshin-sos-tokyo", "ninshin-sos-shinjuku"), filters=("state:open", "channel:phone")),
    Golden("いますぐ電話したい 横浜市", WEDNESDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama", "bare-hope"), ("kawasaki-ninshin-shussan-sos",), filters=("state:open", "channel:phone")),
    # At eight the LINE of Yokohama is answered; at half past nine it no longer is.
    Golden("横浜市 今 LINE", WEDNESDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("jikei-sos-akachan-okaasan",), filters=("state:open", "channel:line")),
    Golden("tonight phone Tokyo", WEDNESDAY_EVENING, "東京都", ("tokyo-ninshin-soudan-hotline", "bare-hope", "ninshin-sos-shinjuku"), ("wakasapo-tokyo",), filters=("need:night", "channel:phone")),
    Golden("夜 電話", WEDNESDAY_NOON, None, ("bare-hope", "jikei-sos-akachan-okaasan", "ninshin-sos-kumamoto", "ninshin-sos-shinjuku"), ("fukuda-byoin-boshi-support-center", "life-hope-network-nagoya"), filters=("need:night", "channel:phone")),
    Golden("今夜 電話 福岡県", WEDNESDAY_EVENING, "福岡県", ("bare-hope", "ninshin-sos-shinjuku"), ("fukuoka-preconception-care-center", "kurume-ninshin-hotline"), filters=("need:night", "channel:phone")),
    Golden("夜中に話せるところ", THURSDAY_3_AM, None, ("jikei-sos-akachan-okaasan", "ninshin-sos-kumamoto"), ("life-hope-network-nagoya", "wakasapo-tokyo"), filters=("need:night",)),
    Golden("夜 メール 埼玉県", WEDNESDAY_EVENING, "埼玉県", ("ninshin-sos-saitama",), ("bare-hope", "life-hope-network-nagoya"), filters=("need:night", "channel:email")),
    Golden("夜の妊娠SOS 千葉県", WEDNESDAY_EVENING, "千葉県", ("bare-hope",), ("ninshin-sos-chiba", "ninshin-sos-saitama"), ("妊娠sos",), ("need:night",)),
    Golden("声を出せない", WEDNESDAY_EVENING, None, ("across-japan", "ninshin-sos-shinjuku", "kumamoto-shi-ninshin-naimitsu-sodan-center"), ("bare-hope", "ninshin-sos-kumamoto", "ninshin-sos-sanikukai", "kagawa-ninshin-shussan-support"), filters=("need:text_only",)),
    Golden("声が出せない 沖縄県", WEDNESDAY_NOON, "沖縄県", ("okinawa-jakunen-ninshin-sos",), ("bare-hope", "ninshin-sos-kumamoto"), filters=("need:text_only",)),
    Golden("電話できない 高知県", WEDNESDAY_NOON, "高知県", ("across-japan", "ninshin-sos-kochi-misono-lamp"), ("kochi-shi-kosodate-sedai-houkatsu-shien-center", "bare-hope"), filters=("need:text_only",)),
    Golden("声を出せない 夜 横浜市", WEDNESDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("bare-hope", "ninshin-sos-kumamoto", "life-hope-network-nagoya"), filters=("need:text_only", "need:night")),
    Golden("can't talk Hokkaido", THURSDAY_3_AM, "北海道", ("ninshin-sos-hokkaido",), ("ninshin-sos-kumamoto", "smwh-iryo-fukushi-soudan"), filters=("need:text_only",)),
    Golden("土曜の夜 大阪市", SATURDAY_EVENING, "大阪府大阪市", ("bare-hope", "ninshin-sos-shinjuku"), ("osaka-ninshin-sos", "osaka-ninsanpu-kokoro-center", "fukuda-byoin-boshi-support-center"), filters=("need:weekend", "need:night")),
    Golden("東京都 日曜 10代", SUNDAY_AFTERNOON, "東京都", ("ninshin-sos-shinjuku", "wakasapo-tokyo"), ("bare-hope", "jfpa-fp-line", "fukuda-byoin-boshi-support-center"), filters=("need:weekend", "need:teens")),
    Golden("土日 電話 鳥取県", SATURDAY_EVENING, "鳥取県", ("bare-hope", "tottori-ninshin-sos"), ("enburio-ninshin-sos-hotline", "kumamoto-shi-ninshin-naimitsu-sodan-center"), filters=("need:weekend", "channel:phone")),
    # Open on holidays by their words: the others say nothing of them, or say that they are closed.
    Golden("祝日 電話 大阪府", LABOUR_DAY_NOON, "大阪府", ("jikei-sos-akachan-okaasan", "ninshin-sos-kumamoto", "bare-hope"), ("osaka-ninshin-sos", "ninshin-sos-shinjuku", "fukuda-byoin-boshi-support-center"), filters=("need:holiday", "channel:phone")),
    Golden("土日祝 電話 兵庫県", WEDNESDAY_NOON, "兵庫県", ("bare-hope", "hyogo-josanshikai-muryo-denwa"), ("kounotori-ninshin-sos", "hyogo-omoigakenai-ninshin-sos", "ninshin-sos-shinjuku"), filters=("need:weekend", "need:holiday", "channel:phone")),
    Golden("泉佐野市 英語 チャット", WEDNESDAY_NOON, "大阪府泉佐野市", ("izumisano-ninsanpu-online-sodan",), ("bare-hope",), filters=("lang:en", "channel:chat")),
    Golden("izumisano english", WEDNESDAY_NOON, "大阪府泉佐野市", ("izumisano-ninsanpu-online-sodan",), ("mothers-tree-japan", "bare-hope"), filters=("lang:en",)),
    Golden("お金がない 東京都", WEDNESDAY_NOON, "東京都", ("tokyo-ninshin-soudan-hotline",), ("bare-hope", "ninshin-sos-sanikukai", "jikei-sos-akachan-okaasan"), filters=("need:costs",)),
    Golden("費用 沖縄県", WEDNESDAY_NOON, "沖縄県", ("okinawa-jakunen-ninshin-sos",), ("okinawa-shi-yui-port", "bare-hope"), filters=("need:costs",)),
    Golden("出産費用 岡山県", WEDNESDAY_NOON, "岡山県", ("across-japan", "okayama-ninshin-shussan-support-center"), ("okayama-josanshi-call", "bare-hope"), filters=("need:costs",)),
    Golden("東京 ついてきてほしい", WEDNESDAY_NOON, "東京都", ("tokyo-ninshin-soudan-hotline", "mothers-tree-japan"), ("bare-hope", "ninshin-sos-sanikukai"), filters=("need:accompaniment",)),
    Golden("山梨県 付き添い LINE", WEDNESDAY_NOON, "山梨県", ("ninshin-sotto-sos-yamanashi",), ("ninshin-sos-shinjuku", "jikei-sos-akachan-okaasan"), filters=("need:accompaniment", "channel:line")),
    Golden("沖縄県 10代 同行", WEDNESDAY_NOON, "沖縄県", ("okinawa-jakunen-ninshin-sos", "ninshin-sos-shinjuku"), ("bare-hope", "wakasapo-tokyo", "jfpa-fp-line"), filters=("need:teens", "need:accompaniment")),
    Golden("東京都 泊まるところ", SATURDAY_EVENING, "東京都", ("ninshin-sos-shinjuku",), ("tokyo-ninshin-soudan-hotline", "ninshin-sos-kashiwa", "baby-pocket"), filters=("need:shelter",)),
    Golden("名古屋市 泊まるところ", WEDNESDAY_NOON, "愛知県名古屋市", ("life-hope-network-nagoya",), ("bare-hope", "ninshin-sos-nagano"), filters=("need:shelter",)),
    Golden("柏市 家に帰れない", WEDNESDAY_EVENING, "千葉県柏市", ("ninshin-sos-kashiwa",), ("bare-hope", "ninshin-sos-chiba"), filters=("need:shelter",)),
    Golden("居場所", SATURDAY_EVENING, None, ("ninshin-sos-shinjuku", "ninshin-sos-hokkaido", "life-hope-network-nagoya"), ("bare-hope", "ninshin-sos-nagano", "baby-pocket"), filters=("need:shelter",)),
    Golden("東京都 中高生", WEDNESDAY_NOON, "東京都", ("ninshin-sos-shinjuku", "wakasapo-tokyo"), ("bare-hope", "tokyo-ninshin-soudan-hotline"), filters=("need:teens",)),
    Golden("高校生です メール", WEDNESDAY_NOON, None, ("ninshin-sos-shinjuku", "okinawa-jakunen-ninshin-sos"), ("wakasapo-tokyo", "jfpa-fp-line", "fukuda-byoin-boshi-support-center"), filters=("need:teens", "channel:email")),
    Golden("札幌 16歳", WEDNESDAY_NOON, "北海道札幌市", ("smwh-iryo-fukushi-soudan", "ninshin-sos-shinjuku"), ("bare-hope", "ninshin-sos-hokkaido"), filters=("need:teens",)),
    Golden("彼氏 長野県", WEDNESDAY_NOON, "長野県", ("ninshin-sos-nagano",), ("bare-hope", "jikei-sos-akachan-okaasan"), filters=("need:partners",)),
    Golden("男性 福岡県", "2026-11-26T12:00", "福岡県", ("fukuoka-preconception-care-center",), ("bare-hope", "kurume-ninshin-hotline"), filters=("need:partners",)),
    Golden("無料 匿名 電話 北海道", WEDNESDAY_NOON, "北海道", ("ninshin-sos-hokkaido", "jikei-sos-akachan-okaasan"), ("bare-hope", "smwh-iryo-fukushi-soudan"), filters=("need:free", "anonymous:true", "channel:phone")),
    Golden("名前を言いたくない 東京都", WEDNESDAY_NOON, "東京都", ("tokyo-ninshin-soudan-hotline", "wakasapo-tokyo", "ninshin-sos-sanikukai"), ("bare-hope", "ninshin-sos-shinjuku"), filters=("anonymous:true",)),
    Golden("会って話したい 東京都", "2026-11-26T16:00", "東京都", ("wakasapo-tokyo",), ("tokyo-ninshin-soudan-hotline", "bare-hope"), filters=("channel:in_person",)),
    Golden("久留米市 チャットボット", WEDNESDAY_NOON, "福岡県久留米市", ("kurume-ninshin-hotline",), ("bare-hope", "jikei-sos-akachan-okaasan"), filters=("channel:chatbot",)),
    # The names of lines stay names.
    Golden("コアLINE", WEDNESDAY_NOON, None, ("sorairo-koala-koaline",), ("ninshin-sos-yokohama",), ("こあline",)),
    Golden("思春期・FP相談LINE", WEDNESDAY_NOON, None, ("jfpa-fp-line",), ("ninshin-sos-yokohama",), ("思春期・fp相談line",)),
    Golden("10代・20代の妊娠SOS新宿", WEDNESDAY_NOON, None, ("ninshin-sos-shinjuku",), ("wakasapo-tokyo",), ("10代・20代の妊娠sos新宿",)),
    Golden("にんしんSOS埼玉 メール", WEDNESDAY_EVENING, None, ("ninshin-sos-saitama",), ("ninshin-sos-shinjuku",), ("妊娠sos埼玉",), ("channel:email",)),
)  # fmt: skip


@pytest.fixture
def ask(shipped, gazetteer):
    def asked(text: str, at: str, **choices) -> Page:
        instant = datetime.fromisoformat(at).replace(tzinfo=TOKYO)
        query = Query(at=instant, today=instant.date(), text=text, per_page=200, **choices)
        return search(shipped, gazetteer, query)

    return asked


def ids(page: Page) -> list[str]:
    return [hit.published.service.id for hit in page.hits]


@pytest.mark.parametrize(
    "golden", [*GOLDEN, *NEEDS], ids=lambda golden: f"{golden.typed} {golden.at}"
)
def test_a_counselor_finds(ask, golden: Golden):
    page = ask(golden.typed, golden.at)
    assert (page.place.full_name if page.place else None) == golden.place
    assert page.words == golden.words
    assert tuple(f"{each.facet}:{each.value}" for each in page.recognised) == golden.filters
    found = [each for each in ids(page) if each in golden.first]
    assert ids(page)[0] in golden.first
    assert set(found) == set(golden.first)
    assert not set(golden.absent) & set(ids(page))


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("府中市", {"東京都府中市", "広島県府中市"}),
        ("伊達市", {"北海道伊達市", "福島県伊達市"}),
        ("鶴見区 夜", {"神奈川県横浜市", "大阪府大阪市"}),
        ("大阪", {"大阪府", "大阪府大阪市"}),
    ],
)
def test_a_shared_name_is_asked_back_and_only_the_country_offered(ask, typed, candidates):
    page = ask(typed, WEDNESDAY_NOON)
    assert page.place is None
    assert {place.full_name for place in page.candidates} == candidates
    assert all(hit.published.service.service_areas == ("00",) for hit in page.hits)


WITHHELD, RETIRED, HELD = "050-3628-6800", "03-3235-2638", "0594-21-4935"


@pytest.mark.parametrize("number", [WITHHELD, RETIRED, HELD])
def test_a_withheld_retired_or_held_number_finds_nobody(ask, number):
    assert ids(ask(number, WEDNESDAY_NOON)) == []


def test_every_municipality_has_someone_to_turn_to_at_any_hour(ask, gazetteer):
    for prefecture in gazetteer.prefectures:
        page = ask(prefecture.name, THURSDAY_3_AM)
        assert page.hits[0].published.service.service_areas
        states = {value.value: value.count for value in page.facets["state"]}
        assert states[State.OPEN] >= 2


def test_typing_the_name_of_any_line_finds_it(ask, package):
    for service in package.services:
        page = ask(service.name, WEDNESDAY_NOON)
        if service.hold is None and not page.candidates:
            assert service.id in ids(page), service.name


def test_the_line_found_is_open_in_the_way_that_was_asked_for(ask):
    evening = ask("横浜市 今 LINE", "2026-11-25T21:29")
    assert ids(evening) == ["ninshin-sos-yokohama"]
    assert ids(ask("横浜市 今 LINE", "2026-11-25T21:30")) == []
    assert "ninshin-sos-yokohama" in ids(ask("横浜市 今 電話", "2026-11-25T21:30"))
