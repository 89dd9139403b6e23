"""A sheet as plain text holds what may be shown, and reads like a letter."""

from sosdir.areas import Gazetteer
from sosdir.evidence import publish
from sosdir.models import Basis, ChannelKind, EvidenceLevel, Service
from sosdir.presentation import Presenter
from sosdir.referral import entries, plain_text
from tests.cast import NOON, TODAY, a_channel, a_service


def text(gazetteer: Gazetteer, *told: Service, doubted: frozenset[str] = frozenset()) -> str:
    presenter = Presenter(
        gazetteer, NOON, lambda each: f"https://example.jp/services/{each}", doubted=doubted
    )
    results = [presenter.result(publish(each, TODAY)) for each in told]
    return plain_text(entries(results), "2026年11月25日", "https://example.jp/sheet?ids=x")


def test_a_whole_sheet(gazetteer: Gazetteer) -> None:
    mail = a_channel("minato-sos", 2, ChannelKind.EMAIL, "soudan@example.jp", None, None)
    phone = a_channel("minato-sos", toll_free=True, note="夜は留守番電話")
    service = a_service(channels=(phone, mail), languages=("ja", "en"), eligibility="どなたでも")
    assert text(gazetteer, service) == (
        """相談先のご案内
2026年11月25日につくりました。

1. みなとSOS
対象:どなたでも
電話:03-0000-0001(通話無料)
  受付時間:平日10時から16時
  夜は留守番電話
メール:soudan@example.jp
公式ページ:https://example.jp/minato
相談は無料です。
ことば:日本語・英語
はじめの言葉:「もしもし。相談したいことがあります。」
名前は言わなくて大丈夫です。
確認:公式ページの情報、収集日:2026年11月23日
くわしいページ:https://example.jp/services/minato-sos

いそぐとき
119(救急):大量に出血している、産まれそう
110(警察):身の危険がある

この紹介票:https://example.jp/sheet?ids=x
"""
    )


def test_a_withheld_line_has_its_name_and_website_only(gazetteer: Gazetteer) -> None:
    told = text(gazetteer, a_service(evidence=EvidenceLevel.UNCONFIRMED))
    assert "みなとSOS" in told
    assert "https://example.jp/minato" in told
    for secret in ("03-0000-0001", "10時", "もしもし"):
        assert secret not in told


def test_what_is_not_sure_is_said(gazetteer: Gazetteer) -> None:
    service = a_service(service_area_basis=Basis.PRESUMED)
    told = text(gazetteer, service, doubted=frozenset({"minato-sos-1"}))
    assert "対象:横浜市(対象地域は要確認)" in told
    assert "確かめています" in told


def test_what_only_the_operators_page_leads_to_is_said_so(gazetteer: Gazetteer) -> None:
    line = a_channel("minato-sos", 1, ChannelKind.LINE, None, None, None)
    assert "LINE:公式ページから" in text(gazetteer, a_service(channels=(line,)))
