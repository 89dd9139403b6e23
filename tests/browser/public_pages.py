"""Every kind of public page of the site with the shipped data, in one place."""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class PublicPage:
    """Name a page.

    Args:
        name: what is special about it.
        path: its address without the host.
        says: part of its text that shows that it is this page.
        status: of the answer.
    """

    name: str
    path: str
    says: str
    status: int = 200


YOKOHAMA_LINE = "/services/ninshin-sos-yokohama"
COLLECTED = "ninshin-sos-yokohama,mothers-tree-japan,ninshin-sos-tokyo"

PUBLIC_PAGES = (
    PublicPage("home", "/", "どこにお住まいですか"),
    PublicPage("nothing-typed", "/?q=", "市区町村か都道府県の名前を入れてください"),
    PublicPage("results", "/?q=横浜市", "横浜市からつながる窓口"),
    PublicPage("results-filtered", "/?q=横浜市&channel=line", "外すと"),
    PublicPage("results-second-page", "/?focus=pregnancy_sos&page=2", "2ページ目"),
    PublicPage("ambiguous", "/?q=府中市", "どちらの府中市ですか"),
    PublicPage("empty", "/?area=141003&channel=chat&anonymous=1", "見つかりませんでした"),
    PublicPage("service", YOKOHAMA_LINE, "にんしんSOSヨコハマ"),
    PublicPage("service-withheld", "/services/ninshin-sos-tokyo", "古い情報しか見つかっていない"),
    PublicPage("service-contact-missing", "/services/ninshin-sos-fukushima", "連絡先は確認中です"),
    PublicPage("report", "/report/ninshin-sos-yokohama", "ここは相談の窓口ではありません"),
    PublicPage("report-thanks", "/report/ninshin-sos-yokohama/thanks", "ありがとうございます"),
    PublicPage("prefecture", "/areas/14", "市区町村からえらぶ"),
    PublicPage("municipality", "/areas/141003", "横浜市からつながる窓口"),
    PublicPage("map", "/map", "地図からえらぶ"),
    PublicPage("map-of-prefecture", "/map?area=14", "神奈川県の地図"),
    PublicPage("coverage", "/coverage", "窓口の空白をさがす"),
    PublicPage("coverage-changes", "/coverage?show=night&since=2025-07-01", "開設"),
    PublicPage("coverage-of-prefecture", "/coverage/13?sort=known", "東京都の窓口の空白"),
    PublicPage("about", "/about", "この案内について"),
    PublicPage("privacy", "/privacy", "私たちが残さないもの"),
    PublicPage("traces", "/traces", "残りにくい方法"),
    PublicPage("offline", "/offline", "電波がないときのために"),
    PublicPage("offline-chosen", "/offline?area=14", "残す一覧を先に見る"),
    PublicPage("offline-copy", "/offline/14", "取り出した一覧です"),
    PublicPage("organizations", "/organizations", "窓口を運営・委託している団体"),
    PublicPage("organization", "/organizations/hyogo-ken", "委託している窓口"),
    PublicPage("programs", "/programs", "出典のことばのままのもの"),
    PublicPage("program", "/programs/josei-kenko-shien-center", "出典のことば"),
    PublicPage("partners", "/areas/28/partners", "兵庫県の窓口の委託と運営"),
    PublicPage("embedding", "/embedding?q=横浜市", "貼り付けるHTML"),
    PublicPage("open-data", "/open-data", "ライセンス"),
    PublicPage("notices", "/notices", "番号や時間の変更"),
    PublicPage("notice", "/notices/2026-11-25-1", "土曜日も話せます"),
    PublicPage("developers", "/developers", "Before you show a number"),
    PublicPage("developers-profile", "/developers/profile", "Where our facts stand in HSDS"),
    PublicPage("results-collected", f"/?q=横浜市&ids={COLLECTED}", "紹介票:3件"),
    PublicPage("service-asked", f"{YOKOHAMA_LINE}?q=横浜市&channel=line", "つながらないときは"),
    PublicPage("sheet", f"/sheet?ids={COLLECTED}", "相談先のご案内"),
    PublicPage("sheet-cards", f"/sheet?ids={COLLECTED}&form=card", "相談先のカード"),
    PublicPage("sheet-left-out", f"/sheet?ids=nobody,{COLLECTED}", "のせていない窓口があります"),
    PublicPage("sheet-of-nothing", "/sheet", "えらばれていません", 400),
    PublicPage("components", "/components", "部品の見本"),
    PublicPage("bad-parameter", "/?at=yesterday", "条件を読み取れませんでした", 400),
    PublicPage("not-found", "/services/nobody", "ページが見つかりません", 404),
)

every_page = pytest.mark.parametrize("public", PUBLIC_PAGES, ids=lambda public: public.name)
