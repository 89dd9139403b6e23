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
NEW_YEARS_EVE = "2026-12-31T11:00"


@dataclass(frozen=True)
class Golden:
    """Hold one search: what is typed and when, and what must be found first and be absent."""

    typed: str
    at: str
    place: str | None
    first: tuple[str, ...]
    absent: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


GOLDEN = (
    Golden("横浜市", SATURDAY_EVENING, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("kawasaki-ninshin-shussan-sos", "yokosuka-ninshin-sos")),
    Golden("よこはま 電話", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama", "bare-hope"), words=("電話",)),
    Golden("ヨコハマ メール", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), ("bare-hope",), ("めーる",)),
    Golden("yokohama", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",)),
    Golden("横浜市鶴見区 にんしんSOS", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), words=("妊娠sos",)),
    Golden("横浜でLINE", WEDNESDAY_NOON, "神奈川県横浜市", ("ninshin-sos-yokohama",), words=("line",)),
    Golden("渋谷区 LINE", SATURDAY_EVENING, "東京都渋谷区", ("jikei-sos-akachan-okaasan",), ("ninshin-sos-yokohama",), ("line",)),
    Golden("東京都府中市", WEDNESDAY_EVENING, "東京都府中市", ("tokyo-ninshin-soudan-hotline",), ("hiroshima-sei-to-kenko-no-soudan-center",)),
    Golden("札幌 匿名", THURSDAY_3_AM, "北海道札幌市", ("ninshin-sos-hokkaido", "jikei-sos-akachan-okaasan"), words=("匿名",)),
    Golden("北海道 LINE", THURSDAY_3_AM, "北海道", ("ninshin-sos-hokkaido",), words=("line",)),
    Golden("大阪市 電話", WEDNESDAY_NOON, "大阪府大阪市", ("bare-hope",), ("ninshin-sos-yokohama",), ("電話",)),
    Golden("堺 こころ", WEDNESDAY_NOON, "大阪府堺市", ("osaka-ninsanpu-kokoro-center",), words=("こころ",)),
    Golden("熊本市", THURSDAY_3_AM, "熊本県熊本市", ("jikei-sos-akachan-okaasan",)),
    Golden("熊本県 内密出産", THURSDAY_3_AM, "熊本県", ("jikei-sos-akachan-okaasan",), words=("内密出産",)),
    Golden("柏市", WEDNESDAY_NOON, "千葉県柏市", ("bare-hope",), ("sakura-yokisenu-ninshin-sos",)),
    Golden("かしわ", "2026-11-25T14:00", "千葉県柏市", ("ninshin-sos-kashiwa",)),
    Golden("埼玉県 にんしんSOS", WEDNESDAY_EVENING, "埼玉県", ("ninshin-sos-saitama",), words=("妊娠sos",)),
    Golden("川口市 メール", WEDNESDAY_EVENING, "埼玉県川口市", ("ninshin-sos-saitama",), words=("めーる",)),
    Golden("養子縁組", WEDNESDAY_NOON, None, ("bare-hope",), words=("養子縁組",)),
    Golden("同行支援 東京", WEDNESDAY_NOON, "東京都", ("tokyo-ninshin-soudan-hotline",), words=("同行支援",)),
    Golden("東京都 思春期", "2026-11-25T16:00", "東京都", ("wakasapo-tokyo",), words=("思春期",)),
    Golden("名古屋市 電話 無料", NEW_YEARS_EVE, "愛知県名古屋市", ("life-hope-network-nagoya",), words=("電話", "無料")),
    Golden("那覇市", WEDNESDAY_NOON, "沖縄県那覇市", ("bare-hope",), ("ninshin-sos-kagoshima",)),
    Golden("沖縄県 避妊", WEDNESDAY_NOON, "沖縄県", ("pilcon-ninshin-kamo", "aru-okinawa-hinin-sodan", "jfpa-fp-line"), words=("避妊",)),
    Golden("久留米 妊娠", "2026-11-26T18:30", "福岡県久留米市", ("kurume-ninshin-hotline",), words=("妊娠",)),
    Golden("福岡県 プレコンセプション", "2026-11-26T12:00", "福岡県", ("fukuoka-preconception-care-center",), words=("ぷれこんせぷしょん",)),
    Golden("今治 匿名", WEDNESDAY_NOON, "愛媛県今治市", ("imabari-ninshin-sos",), words=("匿名",)),
    Golden("鳥取県 SOS", "2026-11-28T12:00", "鳥取県", ("tottori-ninshin-sos",), words=("sos",)),
    Golden("0120-783-449", WEDNESDAY_NOON, None, ("jikei-sos-akachan-okaasan",), words=("0120783449",)),
    Golden("０１２０７８３４４９", WEDNESDAY_NOON, None, ("jikei-sos-akachan-okaasan",), words=("0120783449",)),
    Golden("ピッコラーレ", "2026-11-25T18:00", None, ("tokyo-ninshin-soudan-hotline", "ninshin-sos-saitama"), words=("ぴっこらーれ",)),
    Golden("泉佐野市 英語", WEDNESDAY_NOON, "大阪府泉佐野市", ("izumisano-ninsanpu-online-sodan",), words=("英語",)),
    Golden("川崎市 SOS", LABOUR_DAY_NOON, "神奈川県川崎市", ("jikei-sos-akachan-okaasan",), ("ninshin-sos-yokohama",), ("sos",)),
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


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: f"{golden.typed} {golden.at}")
def test_a_counselor_finds(ask, golden: Golden):
    page = ask(golden.typed, golden.at)
    assert (page.place.full_name if page.place else None) == golden.place
    assert page.words == golden.words
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
