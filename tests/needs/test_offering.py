"""A need is met only where the words of a source say so."""

import pytest

from sosdir import evidence
from sosdir.models import DataPackage, Need
from sosdir.needs import offered
from tests.cast import TODAY, a_service

BARE = {"offers": (), "fee": None, "eligibility": None, "programs": ()}


@pytest.mark.parametrize(
    ("offer", "need"),
    [
        ("同行支援", Need.ACCOMPANIMENT),
        ("病院や区役所への付き添い", Need.ACCOMPANIMENT),
        ("居場所・宿泊（シェルター「雨宿り」）", Need.SHELTER),
        ("緊急一時的な居場所の確保（1週間程度）", Need.SHELTER),
        ("初回産科受診料支援", Need.COSTS),
        ("出産費用の制度の説明", Need.COSTS),
        ("中高生の無料妊娠検査(初診費用は病院負担)", Need.COSTS),
        ("無料産院（健診・出産費用の負担）", Need.COSTS),
        ("生活保護の申請の手伝い", Need.COSTS),
        ("中高生妊娠相談", Need.TEENS),
    ],
)
def test_an_offer_meets_a_need(offer: str, need: Need) -> None:
    assert need in offered(a_service(**{**BARE, "offers": (offer,)}))


@pytest.mark.parametrize(
    "offer",
    [
        "同行支援は行っていません",
        "同行者のご相談も",
        "宿泊はできません",
        "出産する病院・出産までの住居探し",
        "病院や仕事、住まいの確保などについて関係機関と連携して支援",
        "医師による予約制の無料面接相談",
        "検査費用は自己負担",
        "費用の支援はありません",
        "相談は無料",
        "パートナーからの暴力の相談",
        "男性不妊の相談",
        "未成年は対象外",
        "110代の見本",
    ],
)
def test_what_an_offer_does_not_say_is_not_taken_from_it(offer: str) -> None:
    assert offered(a_service(**{**BARE, "offers": (offer,)})) == ()


@pytest.mark.parametrize(
    ("eligibility", "needs"),
    [
        ("都内に在住・在学の10代", (Need.TEENS,)),
        ("パートナーや家族も相談できる", (Need.PARTNERS,)),
        ("思春期以降の男女", (Need.TEENS, Need.PARTNERS)),
        ("どなたでも", ()),
        ("男性は利用できません", ()),
    ],
)
def test_for_whom_a_line_is_meets_a_need(eligibility: str, needs: tuple[Need, ...]) -> None:
    assert offered(a_service(**{**BARE, "eligibility": eligibility})) == needs


def test_free_is_what_the_fee_says() -> None:
    assert offered(a_service(**BARE)) == ()
    assert offered(a_service(**{**BARE, "fee": "無料(通話料は有料)"})) == (Need.FREE,)
    assert offered(a_service(**{**BARE, "fee": "実費"})) == ()


def test_what_evidence_withholds_tells_no_need(package: DataPackage) -> None:
    for service in package.services:
        if service.hold is None:
            assert offered(service) == offered(evidence.publish(service, TODAY).service)
