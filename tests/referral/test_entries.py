"""What is handed over of a line: never more than is shown, and nothing promised for it."""

from dataclasses import replace

import pytest

from sosdir.areas import Gazetteer
from sosdir.evidence import publish
from sosdir.models import Channel, ChannelKind, EvidenceLevel, Service, ServiceStatus
from sosdir.presentation import Presenter
from sosdir.referral import Entry, entries
from tests.cast import NOON, TODAY, a_channel, a_service


def entry(gazetteer: Gazetteer, service: Service, doubted: frozenset[str] = frozenset()) -> Entry:
    presenter = Presenter(
        gazetteer, NOON, lambda each: f"https://example.jp/services/{each}", doubted=doubted
    )
    (found,) = entries([presenter.result(publish(service, TODAY))])
    return found


def with_channel(**changes: object) -> Service:
    return a_service(channels=(a_channel("minato-sos", **changes),))  # type: ignore[arg-type]


def codes(found: Entry) -> dict[str, str]:
    return {each.kind: each.address for each in found.codes}


def test_a_number_and_the_page_have_a_code_each(gazetteer: Gazetteer) -> None:
    assert codes(entry(gazetteer, a_service())) == {
        "call": "tel:0300000001",
        "page": "https://example.jp/services/minato-sos",
    }


@pytest.mark.parametrize("number", ["#8000", "#8103"])
def test_a_number_that_no_link_dials_has_no_code(gazetteer: Gazetteer, number: str) -> None:
    found = entry(gazetteer, with_channel(value=number))
    assert list(codes(found)) == ["page"]
    assert found.ways[0].value == number


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("@sagami", "https://line.me/R/ti/p/@sagami"),
        ("https://lin.ee/abc", "https://lin.ee/abc"),
        ("https://example.jp/line", None),
        ("横浜市の妊娠相談", None),
        (None, None),
    ],
)
def test_only_what_line_itself_opens_has_a_code_for_line(
    gazetteer: Gazetteer, value: str | None, address: str | None
) -> None:
    service = with_channel(kind=ChannelKind.LINE, value=value, hours=None, hours_text=None)
    assert codes(entry(gazetteer, service)).get("line") == address


def test_a_value_that_may_be_wrong_has_no_code(gazetteer: Gazetteer) -> None:
    found = entry(gazetteer, a_service(), doubted=frozenset({"minato-sos-1"}))
    assert list(codes(found)) == ["page"]
    assert found.ways[0].doubted


@pytest.mark.parametrize(
    ("anonymous", "name"),
    [
        (True, "名前は言わなくて大丈夫です。"),
        (False, "名前を聞かれる窓口です。"),
        (None, "名前を聞かれたら、「言わなくても相談できますか」とたずねてかまいません。"),
    ],
)
def test_that_no_name_is_needed_is_said_only_where_a_page_says_so(
    gazetteer: Gazetteer, anonymous: bool | None, name: str
) -> None:
    opening = entry(gazetteer, a_service(anonymous=anonymous)).opening
    assert opening is not None
    assert opening.name == name


def test_who_writes_does_not_say_moshi_moshi(gazetteer: Gazetteer) -> None:
    spoken = entry(gazetteer, a_service()).opening
    mail = with_channel(kind=ChannelKind.EMAIL, value="a@example.jp", hours=None)
    written = entry(gazetteer, mail).opening
    assert spoken is not None
    assert written is not None
    assert "もしもし" in spoken.words
    assert "もしもし" not in written.words


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"evidence": EvidenceLevel.UNCONFIRMED}, "古い情報"),
        ({"contact_missing": True}, "まだ見つかっていません"),
        ({"status": ServiceStatus.TEMPORARILY_CLOSED}, "休止中"),
        ({"status": ServiceStatus.TEMPORARILY_CLOSED, "status_note": "春まで休み"}, "春まで休み"),
    ],
)
def test_where_nobody_can_be_reached_it_is_said_and_nothing_else(
    gazetteer: Gazetteer, changes: dict[str, object], reason: str
) -> None:
    found = entry(gazetteer, a_service(**changes))
    assert found.not_reachable is not None
    assert reason in found.not_reachable
    assert (found.ways, found.weeks, found.opening) == ((), (), None)
    assert list(codes(found)) == ["page"]


def test_channels_of_the_same_hours_share_a_week(gazetteer: Gazetteer) -> None:
    channels: tuple[Channel, ...] = (
        a_channel("minato-sos", 1),
        a_channel("minato-sos", 2, ChannelKind.CHAT, "https://example.jp/chat"),
        a_channel("minato-sos", 3, ChannelKind.LINE, "@minato", "24/7"),
        a_channel("minato-sos", 4, ChannelKind.EMAIL, "a@example.jp", None, None),
    )
    weeks = entry(gazetteer, a_service(channels=channels)).weeks
    assert [week.channels for week in weeks] == [("電話", "チャット"), ("LINE",)]
    assert [day.spans for day in weeks[0].days[:2]] == ["10:00〜16:00", "10:00〜16:00"]


def test_a_card_has_a_number_before_anything_else_and_no_fax(gazetteer: Gazetteer) -> None:
    channels = (
        a_channel("minato-sos", 1, ChannelKind.FAX, "03-0000-0008"),
        a_channel("minato-sos", 2, ChannelKind.EMAIL, "a@example.jp"),
        a_channel("minato-sos", 3),
        a_channel("minato-sos", 4, ChannelKind.LINE, "@minato"),
    )
    found = entry(gazetteer, a_service(channels=channels))
    assert [way.kind for way in found.ways_on_card] == ["phone", "email"]


def test_hours_too_long_for_a_card_are_not_cut_but_left_to_the_page(gazetteer: Gazetteer) -> None:
    assert entry(gazetteer, a_service()).has_short_hours
    assert not entry(gazetteer, with_channel(hours_text="平日" * 20)).has_short_hours


def test_lines_are_numbered_in_the_order_given(gazetteer: Gazetteer) -> None:
    first = entry(gazetteer, a_service()).result
    found = entries([first, replace(first, id="second")])
    assert [(each.number, each.result.id) for each in found] == [(1, "minato-sos"), (2, "second")]
