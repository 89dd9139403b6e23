"""Cards are vCard 4.0 by the letter, read back by other programmes, and can be neutral."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import vobject
from flask.testing import FlaskClient

from sosdir import db
from sosdir.areas import Gazetteer
from sosdir.evidence import publish
from sosdir.locales import SPEECH
from sosdir.models import ChannelKind, DataPackage, EvidenceLevel, Service, ServiceStatus
from sosdir.pocket import cards
from sosdir.presentation import Presenter, Result
from sosdir.reports import Message, Subject
from sosdir.schedules import TOKYO
from sosdir.store import reports
from tests.cast import NOON, TODAY, a_channel, a_service, the_cast

CHANGED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def page_url(service_id: str) -> str:
    return f"https://sosdir.example/services/{service_id}"


@pytest.fixture
def result(gazetteer: Gazetteer) -> Any:
    presenter = Presenter(gazetteer, NOON, page_url)

    def make(service: Service) -> Result:
        return presenter.result(publish(service, TODAY))

    return make


def card_of(result: Result, *, neutral: bool = False) -> Any:
    (read,) = vobject.readComponents(cards([(result, CHANGED)], neutral=neutral).decode())
    return read


def test_a_card_says_who_it_is_and_how_to_reach_it(result: Any) -> None:
    card = card_of(result(a_service()))
    assert card.version.value == "4.0"
    assert card.kind.value == "org"
    assert card.fn.value == "みなとSOS"
    assert card.org.value == ["横浜市"]
    assert card.tel.value == "tel:0300000001"
    assert card.tel.params == {"VALUE": ["uri"], "TYPE": ["voice"]}
    assert card.url.value == "https://example.jp/minato"
    assert card.source.value == "https://sosdir.example/services/minato-sos.vcf"
    assert card.rev.value == "20261123T093000Z"
    assert "平日10時から16時" in card.note.value
    assert "収集日:2026年11月23日" in card.note.value


def test_every_kind_of_channel_stands_where_an_address_book_looks_for_it(result: Any) -> None:
    channels = (
        a_channel("minato-sos", 1, ChannelKind.FAX, "03-0000-0009", None, None),
        a_channel("minato-sos", 2, ChannelKind.SMS, "080-0000-0001", None, None),
        a_channel("minato-sos", 3, ChannelKind.EMAIL, "a,b;c@example.jp", None, None),
        a_channel("minato-sos", 4, ChannelKind.LINE, "@minato", None, None),
        a_channel("minato-sos", 5, ChannelKind.WEB_FORM, "https://example.jp/form", None, None),
        a_channel("minato-sos", 6, ChannelKind.PHONE, None, None, None),
    )
    card = card_of(result(a_service(channels=channels, languages=("ja", "zh-Hans"))))
    assert [(tel.value, tel.params["TYPE"]) for tel in card.tel_list] == [
        ("tel:0300000009", ["fax"]),
        ("tel:08000000001", ["text"]),
    ]
    assert card.email.value == "a,b;c@example.jp"
    assert card.impp.value == "https://line.me/R/ti/p/@minato"
    assert {url.value for url in card.url_list} >= {"https://example.jp/form"}
    assert [lang.value for lang in card.lang_list] == ["ja", "zh-Hans"]


def test_texts_come_back_as_they_were(result: Any) -> None:
    name = "一, 二; 三\\四「五」" + "長い名前" * 30
    told = a_service(name=name, department="母子;保健,課", address="見本町1-1\n2階")
    card = card_of(result(told))
    assert card.fn.value == name
    assert card.org.value == ["横浜市", "母子;保健,課"]
    assert card.adr.value.street == "見本町1-1\n2階"


def test_lines_are_folded_at_75_octets_and_no_letter_is_cut(result: Any) -> None:
    content = cards([(result(a_service(name="とても長い窓口の名前" * 20)), CHANGED)])
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")


def test_version_and_the_needed_lines_stand_where_the_standard_wants_them(
    package: DataPackage, result: Any
) -> None:
    for service in package.services:
        if service.hold is None:
            lines = unfolded(cards([(result(service), CHANGED)]))
            assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
            assert lines[-1] == "END:VCARD"
            names = [re.split("[:;]", line, maxsplit=1)[0] for line in lines]
            for once in ("FN", "KIND", "UID", "REV", "NOTE"):
                assert names.count(once) == 1, (service.id, once)


def text_of(content: bytes) -> str:
    return content.replace(b"\r\n ", b"").decode()


def unfolded(content: bytes) -> list[str]:
    return text_of(content).split("\r\n")[:-1]


def test_a_card_keeps_its_id_and_no_two_share_one(result: Any) -> None:
    ids = [card_of(result(each)).uid.value for each in the_cast() if each.hold is None]
    assert len(ids) == len(set(ids))
    again = a_service(name="べつの名前", channels=())
    assert card_of(result(again)).uid.value == card_of(result(a_service())).uid.value


def test_a_neutral_card_tells_nothing_but_where_to_call(result: Any) -> None:
    channels = (
        a_channel("minato-sos"),
        a_channel("minato-sos", 2, ChannelKind.LINE, "@ninshin", None, None),
    )
    service = a_service(channels=channels)
    content = text_of(cards([(result(service), CHANGED)], neutral=True))
    card = card_of(result(service), neutral=True)
    assert card.fn.value == "メモ"
    assert card.tel.value == "tel:0300000001"
    for word in ("みなと", "minato", "SOS", "横浜", "ninshin", "http", "妊娠"):
        assert word not in content


def test_a_withheld_service_has_a_card_without_contact(result: Any) -> None:
    (old,) = (each for each in the_cast() if each.id == "mukashi-sos")
    content = text_of(cards([(result(old), CHANGED)]))
    for secret in ("03-0000-0005", "0300000005", "mukashi@", "9-9", "むかしは24時間"):
        assert secret not in content
    assert "番号は確認中です" in content


def test_a_service_that_rests_has_a_card_without_number(result: Any) -> None:
    resting = a_service(status=ServiceStatus.TEMPORARILY_CLOSED, status_note="春まで休みます")
    content = text_of(cards([(result(resting), CHANGED)]))
    assert "TEL" not in content
    assert "春まで休みます" in content


def test_a_value_reported_as_wrong_is_called_so(gazetteer: Gazetteer) -> None:
    presenter = Presenter(gazetteer, NOON, page_url, doubted=frozenset({"minato-sos-1"}))
    content = text_of(cards([(presenter.result(publish(a_service(), TODAY)), CHANGED)], SPEECH))
    assert "番号の確認中" in content


def test_the_address_gives_one_card_for_a_phone_to_open(cast_client: FlaskClient) -> None:
    answer = cast_client.get("/services/minato-sos.vcf")
    assert answer.content_type == "text/vcard; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="minato-sos.vcf"'
    (card,) = vobject.readComponents(answer.get_data(as_text=True))
    assert card.rev.value == f"{date(2026, 11, 22):%Y%m%d}T150000Z"


def test_a_card_is_as_new_as_the_day_on_which_the_number_left_them(
    make_app: Any, cast_home: Any
) -> None:
    aged = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    at = datetime(2027, 3, 1, 12, tzinfo=TOKYO)
    client = make_app(cast_home(aged), at).test_client()
    assert "REV:20261231T150000Z" in client.get("/services/minato-sos.vcf").get_data(as_text=True)


def test_a_card_is_as_new_as_the_doubt_on_its_number(make_app: Any, cast_home: Any) -> None:
    home = cast_home()
    message = Message("minato-sos", "minato-sos-1", Subject.NUMBER, None, None)
    with db.changing(home / "sosdir.db") as database:
        reports.add(database, message, CHANGED)
    card = make_app(home).test_client().get("/services/minato-sos.vcf").get_data(as_text=True)
    assert "REV:20261123T093000Z" in card


def test_a_neutral_file_has_a_neutral_name(cast_client: FlaskClient) -> None:
    answer = cast_client.get("/services/minato-sos.vcf?neutral=1")
    assert answer.headers["Content-Disposition"] == 'inline; filename="memo.vcf"'
    assert "みなと" not in answer.get_data(as_text=True)


def test_a_neutral_site_gives_neutral_files(make_app: Any, cast_home: Any) -> None:
    client = make_app(cast_home(), neutral_title=True).test_client()
    assert "みなと" not in client.get("/services/minato-sos.vcf").get_data(as_text=True)
    assert "みなと" in client.get("/services/minato-sos.vcf?neutral=0").get_data(as_text=True)


def test_what_cannot_be_read_is_refused(cast_client: FlaskClient) -> None:
    assert cast_client.get("/services/minato-sos.vcf?neutral=x").status_code == 400


@pytest.mark.parametrize("form", ["vcf", "ics"])
def test_what_is_not_public_has_no_file(cast_client: FlaskClient, form: str) -> None:
    held, unknown = (cast_client.get(f"/services/{key}.{form}") for key in ("kakushi-line", "x"))
    assert held.status_code == unknown.status_code == 404


@pytest.mark.parametrize("form", ["vcf", "ics"])
def test_what_has_ended_is_gone(make_app: Any, cast_home: Any, form: str) -> None:
    home = cast_home(a_service(status=ServiceStatus.DEFUNCT))
    assert make_app(home).test_client().get(f"/services/minato-sos.{form}").status_code == 410
