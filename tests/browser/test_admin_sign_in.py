"""An admin comes in: by password and app, by passkey, by keyboard alone, without script."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sosdir import db
from sosdir.accounts import Role, tokens
from sosdir.store import accounts, invitations
from tests.admins import PASSWORD, an_account, an_owner
from tests.browser.conftest import EVENING, AdminSite
from tests.browser.layout import unfold
from tests.browser.visiting import Visit

AXE = Axe()
RULES = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
NEW = "みかん 夕立 なわとび すべり台"


def violations(page: Page) -> list[str]:
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def is_wider_than_the_window(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@pytest.fixture
def on_localhost(admin_visit: Callable[..., Visit], admin_site: AdminSite) -> Callable[..., Visit]:
    """Give a maker of visits at a name, for a passkey belongs to a name."""
    site = admin_site.address.replace("127.0.0.1", "localhost")

    def start(role: Role | None = None, device: str = "desktop", **options: object) -> Visit:
        return admin_visit(role, device, site=site, **options)

    return start


def give_authenticator(visitor: Visit) -> None:
    """Give the window an authenticator of its own, that knows its owner."""
    protocol = visitor.context.new_cdp_session(visitor.page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page: Page, login: str = "hanako", password: str = PASSWORD) -> None:
    page.get_by_label("ログイン名").fill(login)
    page.get_by_label("パスワード", exact=True).fill(password)
    page.get_by_role("button", name="サインイン", exact=True).click()


def test_password_and_app_lead_in_and_out_again(
    admin_visit: Callable[..., Visit], admin_site: AdminSite, device: str, script: bool
) -> None:
    owner = an_owner(admin_site.app)
    visitor = admin_visit(None, device, script=script)
    page = visitor.page
    visitor.open("/admin/account")
    expect(page).to_have_title("サインイン - sosdir 管理")

    give_password(page)
    page.get_by_label("認証アプリの6けたの数字").fill(owner.code(EVENING))
    page.get_by_role("button", name="つづける").click()

    expect(page.get_by_role("heading", level=1, name="自分の設定")).to_be_visible()
    assert visitor.path == "/admin/account"

    page.get_by_role("button", name="サインアウト", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("サインアウトしました")
    visitor.open("/admin/account")
    assert visitor.path.startswith("/admin/sign-in")


def test_the_keyboard_alone_leads_in(
    admin_visit: Callable[..., Visit], admin_site: AdminSite
) -> None:
    owner = an_owner(admin_site.app)
    visitor = admin_visit(None)
    page = visitor.page
    visitor.open("/admin/account")
    press_until(page, "#login")
    page.keyboard.type("hanako")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="本人の確認")).to_be_visible()
    press_until(page, "#code")
    page.keyboard.type(owner.code(EVENING))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="自分の設定")).to_be_visible()


def press_until(page: Page, selector: str) -> None:
    """Press Tab until a field has the focus; a person gives up after twenty."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_a_fault_is_told_on_top_and_the_focus_goes_there(
    admin_visit: Callable[..., Visit], admin_site: AdminSite, device: str
) -> None:
    an_owner(admin_site.app)
    visitor = admin_visit(None, device)
    page = visitor.page
    visitor.open("/admin/sign-in")
    give_password(page, password="not her password at all")
    summary = page.get_by_role("alert").filter(has_text="直してください")
    expect(summary).to_be_focused()
    expect(page.get_by_label("ログイン名")).to_have_value("hanako")
    summary.get_by_role("link").click()
    expect(page.get_by_label("ログイン名")).to_be_focused()
    assert violations(page) == []


def test_a_password_can_be_looked_at_and_pasted(admin_visit: Callable[..., Visit]) -> None:
    visitor = admin_visit(None)
    page = visitor.page
    visitor.open("/admin/sign-in")
    field = page.get_by_label("パスワード", exact=True)
    field.fill(PASSWORD)
    button = page.get_by_role("button", name="入力した文字を表示")
    expect(field).to_have_attribute("type", "password")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    field.press("Control+A")
    field.press("Control+X")
    field.press("Control+V")
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_an_invited_newcomer_sets_up_an_app_and_is_in(
    admin_visit: Callable[..., Visit], device: str, script: bool
) -> None:
    chief = admin_visit(Role.ADMIN)
    chief.open("/admin/users/new")
    chief.page.get_by_label("名前", exact=True).fill("太郎")
    chief.page.get_by_label("ログイン名").fill("taro")
    chief.page.get_by_label("公開担当").check()
    chief.page.get_by_role("button", name="招待リンクを作る").click()
    link = chief.page.get_by_label("招待リンク").input_value()

    visitor = admin_visit(None, device, script=script)
    page = visitor.page
    page.goto(link)
    page.get_by_label("新しいパスワード").fill(NEW)
    page.get_by_role("button", name="このパスワードにする").click()
    give_password(page, "taro", NEW)
    expect(page.get_by_text("はじめに、パスワードのほかの確かめ方")).to_be_visible()

    page.get_by_role("link", name="認証アプリを登録").click()
    seed = page.locator(".seed").inner_text().replace(" ", "")
    expect(page.get_by_role("img", name="認証アプリで読み取る図")).to_be_visible()
    assert not is_wider_than_the_window(page)
    page.get_by_label("認証アプリの6けたの数字").fill(pyotp.TOTP(seed).at(EVENING))
    page.get_by_role("button", name="登録する").click()

    expect(page.get_by_role("heading", name="復旧コード")).to_be_visible()
    assert page.locator(".codes code").count() == 10
    page.get_by_role("link", name="書きとめました").click()
    expect(page.get_by_text("残りは10個です")).to_be_visible()


def test_a_passkey_is_made_and_leads_in(on_localhost: Callable[..., Visit], device: str) -> None:
    visitor = on_localhost(Role.EDITOR, device)
    give_authenticator(visitor)
    page = visitor.page
    visitor.open("/admin/account/passkeys/new")
    page.get_by_label("パスキーの名前").fill("職場のパソコン")
    page.get_by_role("button", name="パスキーを作る").click()
    expect(page.get_by_role("status")).to_contain_text("「職場のパソコン」を登録しました")

    page.get_by_role("button", name="サインアウト", exact=True).click()
    page.get_by_role("button", name="パスキーで入る").press("Enter")
    expect(page.get_by_role("button", name="サインアウト", exact=True)).to_be_visible()
    visitor.open("/admin/account")
    expect(page.get_by_text("最後に使った日")).to_be_visible()


def test_a_passkey_is_the_second_factor_where_there_is_no_app(
    on_localhost: Callable[..., Visit], admin_site: AdminSite
) -> None:
    an_owner(admin_site.app, login="editor-1")
    visitor = on_localhost(Role.EDITOR)
    give_authenticator(visitor)
    page = visitor.page
    visitor.open("/admin/account/passkeys/new")
    page.get_by_label("パスキーの名前").fill("鍵")
    page.get_by_role("button", name="パスキーを作る").click()
    page.get_by_role("button", name="認証アプリの登録を消す").click()
    expect(page.get_by_role("status")).to_contain_text("登録を消しました")
    page.get_by_role("button", name="サインアウト", exact=True).click()
    give_password(page, "editor-1")
    expect(page.get_by_label("認証アプリの6けたの数字")).to_have_count(0)
    page.get_by_role("button", name="パスキーで確かめる").click()
    expect(page.get_by_role("button", name="サインアウト", exact=True)).to_be_visible()


def test_the_answer_of_a_passkey_counts_once(
    on_localhost: Callable[..., Visit], admin_site: AdminSite
) -> None:
    visitor = on_localhost(Role.EDITOR)
    give_authenticator(visitor)
    page = visitor.page
    visitor.open("/admin/account/passkeys/new")
    page.get_by_label("パスキーの名前").fill("鍵")
    page.get_by_role("button", name="パスキーを作る").click()
    # This page can sign out too; doing so before the key is made would stop it.
    expect(page.get_by_role("heading", name="自分の設定")).to_be_visible()
    page.get_by_role("button", name="サインアウト", exact=True).click()
    with page.expect_request("**/admin/sign-in/passkey") as seen:
        page.get_by_role("button", name="パスキーで入る").click()
    sent = seen.value.all_headers()
    expect(page.get_by_role("button", name="サインアウト", exact=True)).to_be_visible()

    # Someone who could read all of it sends the very same again: cookie, token and answer.
    thief = admin_site.app.test_client()
    told = {name: sent[name] for name in ("user-agent", "x-csrftoken", "content-type")}
    name, _, value = sent["cookie"].partition("=")
    thief.set_cookie(name, value, path="/admin")
    body = seen.value.post_data_buffer
    answer = thief.post("/admin/sign-in/passkey", data=body, headers=told, base_url=visitor.site)
    assert answer.status_code == 422


def test_a_passkey_that_is_not_known_is_told(on_localhost: Callable[..., Visit]) -> None:
    visitor = on_localhost(Role.EDITOR)
    give_authenticator(visitor)
    page = visitor.page
    visitor.open("/admin/account/passkeys/new")
    page.get_by_label("パスキーの名前").fill("鍵")
    page.get_by_role("button", name="パスキーを作る").click()
    page.locator("summary").click()
    page.get_by_role("button", name="このパスキーを消す").click()
    expect(page.get_by_role("status")).to_contain_text("登録を消しました")
    page.get_by_role("button", name="サインアウト", exact=True).click()
    page.get_by_role("button", name="パスキーで入る").click()
    told = page.get_by_role("alert").filter(has_text="確かめられませんでした")
    expect(told).to_be_visible()
    # Chromium notes the refusal itself.
    visitor.complaints.clear()


def test_without_script_no_passkey_is_offered(admin_visit: Callable[..., Visit]) -> None:
    visitor = admin_visit(None, script=False)
    visitor.open("/admin/sign-in")
    expect(visitor.page.get_by_role("button", name="パスキーで入る")).to_be_hidden()
    expect(visitor.page.get_by_role("button", name="入力した文字を表示")).to_be_hidden()


PAGES = (
    "/admin/account",
    "/admin/account/password",
    "/admin/account/totp",
    "/admin/account/passkeys/new",
    "/admin/users",
    "/admin/users/new",
    "/admin/users/2",
    "/admin/nowhere",
)


def invitation_path(site: AdminSite) -> str:
    """Invite somebody and return where her link leads."""
    token = tokens.new_token()
    with db.changing(site.app.config["SETTINGS"].database) as database:
        invited = accounts.add(database, "taro", "太郎", Role.EDITOR, EVENING)
        invitations.add(database, tokens.hash_of(token), invited.id, "花子", EVENING)
    return f"/admin/invitations/{token}"


@pytest.mark.parametrize(
    ("on", "scheme"), [("phone", "light"), ("phone", "dark"), ("desktop", "light")]
)
def test_axe_finds_nothing_and_no_page_is_too_wide(
    admin_visit: Callable[..., Visit], admin_site: AdminSite, on: str, scheme: str
) -> None:
    found: list[str] = []
    visitor = admin_visit(Role.ADMIN, on, color_scheme=scheme)
    an_account(admin_site.app, Role.EDITOR, "a-very-long-login@the-long-name.example.jp")
    outside = admin_visit(None, on, color_scheme=scheme)
    between = admin_visit(None, on, color_scheme=scheme)
    an_owner(admin_site.app)
    between.open("/admin/sign-in")
    give_password(between.page)
    expect(between.page.get_by_role("heading", name="本人の確認")).to_be_visible()
    half_way = [(between, path) for path in ("/admin/sign-in/code", "/admin/sign-in/recovery")]
    before = [(outside, "/admin/sign-in"), (outside, invitation_path(admin_site))]
    for each, path in [(visitor, path) for path in PAGES] + before + half_way:
        each.open(path)
        unfold(each.page)
        found += [f"{path} {fault}" for fault in violations(each.page)]
        found += [f"{path} is too wide"] if is_wider_than_the_window(each.page) else []
    assert found == []
