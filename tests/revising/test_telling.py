"""A whole service is told in words, with what the public never sees."""

from dataclasses import replace
from datetime import date

from sosdir.models import DataPackage, Statistic
from sosdir.revising import Sheet, tell
from tests.cast import a_channel, a_service, an_importable_service


def texts(sheet: Sheet) -> list[str]:
    """Return every text on a sheet."""
    parts = [part for _, held in sheet.parts for part in held]
    return [fact.text for facts in (sheet.facts, *(part.facts for part in parts)) for fact in facts]


def test_everything_that_is_known_is_told() -> None:
    sheet = tell(an_importable_service(), {"141003": "横浜市", "14": "神奈川県"}.__getitem__)
    told = {fact.label: fact.text for fact in sheet.facts}
    assert told["窓口の名前"] == "みなとSOS"
    assert told["対象地域"] == "横浜市"
    assert told["対象地域(出典のことば)"] == "横浜市に住む方"
    assert told["費用"] == "無料"
    assert told["地図の位置"] == "35.45033, 139.63422(役所の場所)"
    assert told["委託元の団体"] == "NPO法人みなと"
    assert [word for word, _ in sheet.parts] == ["連絡手段", "出典", "日付のある数"]
    assert "管理者だけの覚え書き" in texts(sheet)


def test_what_is_not_known_takes_no_room() -> None:
    sheet = tell(a_service(website=None, statistics=()))
    assert all(texts(sheet))
    assert "公式サイト" not in [fact.label for fact in sheet.facts]


def test_a_channel_names_its_sources() -> None:
    (_, (channel,)), _ = tell(a_service()).parts
    facts = {fact.label: fact.text for fact in channel.facts}
    assert channel.title == "電話 03-0000-0001"
    assert facts["出典"] == "見本新聞 https://example.jp/minato-sos-s1"
    assert facts["受付時間(式)"] == "Mo-Fr 10:00-16:00; PH off"
    assert facts["受付時間(運営者のことば)"] == "平日10時から16時"


def test_a_figure_names_its_sources() -> None:
    friends = Statistic("LINE友だち数", 3, date(2025, 4, 1), ("minato-sos-s1",))
    _, _, (_, (figure,)) = tell(a_service(statistics=(friends,))).parts
    assert figure.facts[-1].text == "見本新聞 https://example.jp/minato-sos-s1"


def test_a_channel_without_a_source_says_so() -> None:
    bare = replace(a_channel("minato-sos"), source_ids=())
    (_, (channel,)), _ = tell(a_service(channels=(bare,))).parts
    assert channel.facts[-1].text == "なし"


def test_every_shipped_service_can_be_told(package: DataPackage) -> None:
    for service in package.services:
        sheet = tell(service)
        assert service.name in texts(sheet)
        for channel in service.channels:
            assert channel.value is None or channel.value in texts(sheet)
