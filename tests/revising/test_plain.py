"""A change is said in plain words, without any number and without what is withheld."""

from dataclasses import replace
from datetime import date

import pytest

from sosdir.models import ChannelKind, EvidenceLevel, Organization, Service, ServiceStatus
from sosdir.revising.plain import sentences
from tests.cast import TODAY, a_channel, a_service


def said(
    before: Service | None, after: Service, stored: Service | None = None, day: date = TODAY
) -> tuple[str, ...]:
    return sentences(before, after, stored or after, TODAY, day)


def with_phone(**changes: object) -> Service:
    return a_service(channels=(a_channel("minato-sos", **changes),))  # type: ignore[arg-type]


def test_a_new_number_is_told_without_either_number() -> None:
    found = said(a_service(), with_phone(value="03-0000-0009"))
    assert found == ("電話の番号が変わりました。いまの番号は、窓口のページで見てください。",)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (with_phone(hours="24/7"), "電話の受付時間が変わりました。"),
        (with_phone(hours="24/7", hours_text="24時間"), "電話の受付時間が変わりました。"),
        (with_phone(reply="あとで"), "電話の返事の来かたの説明が変わりました。"),
        (with_phone(toll_free=True), "電話の通話料の説明が変わりました。"),
        (a_service(name="新しい名前"), "窓口の名前が変わりました。"),
        (a_service(service_areas=("14",)), "対象地域が変わりました。"),
        (a_service(website="https://example.jp/new"), "公式ページの住所が変わりました。"),
        (a_service(organization=Organization("x", "見本の会")), "運営する団体が変わりました。"),
        (a_service(status=ServiceStatus.TEMPORARILY_CLOSED), "休止しました。"),
        (
            a_service(status=ServiceStatus.DEFUNCT),
            "終了しました。次に頼れる窓口を、ページで案内しています。",
        ),
        (a_service(channels=()), "連絡の方法から電話がなくなりました。"),
    ],
)
def test_a_change_is_said_in_plain_words(after: Service, sentence: str) -> None:
    assert said(a_service(), after) == (sentence,)


def test_a_way_to_be_reached_that_was_added_is_named() -> None:
    line = a_channel("minato-sos", 2, ChannelKind.LINE, "@minato", None, None)
    found = said(a_service(), replace(a_service(), channels=(*a_service().channels, line)))
    assert found[0] == "連絡の方法にLINEが加わりました。"
    assert "@minato" not in " ".join(found)


def test_a_line_that_opens_again_is_told() -> None:
    resting = a_service(status=ServiceStatus.TEMPORARILY_CLOSED)
    assert said(resting, a_service()) == ("また受け付けています。",)


@pytest.mark.parametrize(
    "after",
    [
        a_service(),
        a_service(checked_on=TODAY),
        a_service(editor_note="ひみつ"),
        a_service(operator_text="ひみつ"),
        with_phone(editor_note="ひみつ"),
        a_service(hold="ひみつの理由"),
    ],
)
def test_what_only_admins_see_is_not_told(after: Service) -> None:
    assert said(a_service(), after) == ()


def test_a_line_that_comes_into_view_is_new_and_one_that_leaves_says_nothing() -> None:
    assert said(None, a_service()) == ("新しくのせました。",)
    assert said(a_service(hold="理由"), a_service()) == ("新しくのせました。",)
    assert said(a_service(), a_service(name="新"), a_service(hold="理由")) == ()


def test_contacts_that_were_confirmed_or_fell_into_doubt_are_told() -> None:
    doubted = a_service(evidence=EvidenceLevel.UNCONFIRMED)
    assert said(doubted, a_service()) == ("連絡先を確かめて、のせました。",)
    assert said(a_service(), doubted) == ("連絡先は、確かめるまでのせていません。",)
    # It was confirmed then, and is withheld by now.
    assert said(doubted, a_service(), doubted) == ()


def test_of_a_withheld_line_no_way_to_reach_it_is_told() -> None:
    withheld = a_service(evidence=EvidenceLevel.UNCONFIRMED)
    after = replace(with_phone(value="03-0000-0009", hours="24/7"), evidence=withheld.evidence)
    assert said(withheld, after) == ()


def test_a_change_that_was_overtaken_is_told_no_more() -> None:
    then, now = with_phone(hours="24/7"), with_phone(hours="Mo 10:00-12:00")
    assert said(a_service(), then, now) == ()
    assert said(then, now) == ("電話の受付時間が変わりました。",)
