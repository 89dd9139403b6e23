"""What a channel's value must look like, and the link that reaches it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.channels import (
    SHORT_NUMBERS,
    dialled_digits,
    href,
    international,
    is_web_address,
    normalise,
    website_href,
)
from sosdir.errors import ChannelError
from sosdir.models import ChannelKind, DataPackage
from tests.bundled import rows

# A number of the national plan, written with hyphens; it is retired, so no test makes anyone's.
NUMBER = next(iter(rows("retired_number.csv")))["number"]
AREA, EXCHANGE, LAST = NUMBER.split("-")
DIGITS = AREA + EXCHANGE + LAST
ABROAD = f"+81-{AREA[1:]}-{EXCHANGE}-{LAST}"

FULL_WIDTH = str.maketrans(string.digits + "-", "０１２３４５６７８９−")

SEPARATORS = st.lists(
    st.text(alphabet="-ー()*+.・ ٣電", max_size=2), min_size=len(DIGITS), max_size=len(DIGITS)
)
HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x00javascript:alert(1)",
    "javascript://example.jp/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://example.jp/",
    "blob:https://example.jp/1",
    "//example.jp/",
    "https://",
    "https://[::1",
    "https://example.jp/\nx",
    "https://example.jp/\tx",
    "https://example.jp/ x",
    "https://example.jp:port/",
    "https://www.example.jp@example.com/",
    "example.jp:alert(1)",
    "",
]


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        f"  {NUMBER}\n",
        NUMBER.translate(FULL_WIDTH),
        f"({AREA}){EXCHANGE}-{LAST}",
        f"{AREA}.{EXCHANGE}.{LAST}",
        f"{AREA}ー{EXCHANGE}ー{LAST}",
        f"{AREA} {EXCHANGE} {LAST}",
        f"電話 {NUMBER}",
        DIGITS,
        ABROAD,
        f"+81 (0){AREA[1:]} {EXCHANGE} {LAST}",
    ],
)
def test_every_writing_of_a_number_has_one_normal_form(typed: str) -> None:
    assert normalise(ChannelKind.PHONE, typed) == NUMBER
    assert dialled_digits(typed) == DIGITS


@pytest.mark.parametrize("kind", [ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS])
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "電話で",
        "0",
        NUMBER[:-1],
        NUMBER + "1",
        f"{NUMBER} 内線 5",
        f"{NUMBER}#12",
        f"{NUMBER}、{NUMBER}",
        f"81{DIGITS[1:]}",
        f"81-{AREA[1:]}-{EXCHANGE}-{LAST}",
        "+1 202 555 0100",
        "#0000",
        "112",
        "9" * 400,
        "03-0000-0001",
        "000666606666606",
    ],
)
def test_a_number_that_cannot_be_dialled_is_refused(kind: ChannelKind, typed: str) -> None:
    with pytest.raises(ChannelError, match="日本の電話番号ではありません"):
        normalise(kind, typed)


@pytest.mark.parametrize("number", sorted(SHORT_NUMBERS))
def test_a_short_number_that_everyone_may_dial_is_accepted(number: str) -> None:
    assert normalise(ChannelKind.PHONE, number) == number


def test_a_short_number_may_be_typed_full_width() -> None:
    assert normalise(ChannelKind.PHONE, "＃８０００") == "#8000"


def test_a_digit_of_another_script_is_not_a_part_of_the_number() -> None:
    assert normalise(ChannelKind.PHONE, f"{NUMBER}٣") == NUMBER


@given(SEPARATORS)
def test_what_is_dialled_stays_the_same_however_it_is_parted(separators: list[str]) -> None:
    typed = "".join(part + digit for part, digit in zip(separators, DIGITS, strict=True))
    normal = normalise(ChannelKind.PHONE, typed)
    assert dialled_digits(normal) == dialled_digits(typed) == DIGITS
    assert normalise(ChannelKind.PHONE, normal) == normal


@given(st.sampled_from(ChannelKind), st.text())
def test_a_value_is_either_put_in_its_stable_form_or_refused(kind: ChannelKind, text: str) -> None:
    try:
        normal = normalise(kind, text)
    except ChannelError:
        return
    assert normalise(kind, normal) == normal


@given(st.sampled_from(ChannelKind), st.text() | st.sampled_from(HOSTILE))
def test_no_link_ever_runs_a_script(kind: ChannelKind, text: str) -> None:
    link = href(kind, text)
    assert link is None or link.startswith(("tel:", "sms:", "mailto:", "https://", "http://"))


def test_every_shipped_value_is_in_its_normal_form(package: DataPackage) -> None:
    for service in package.services:
        for channel in service.channels:
            if channel.value is not None and service.hold is None:
                assert normalise(channel.kind, channel.value) == channel.value, channel.id


def test_a_mail_address_is_kept_as_it_is() -> None:
    assert normalise(ChannelKind.EMAIL, " soudan@example.jp ") == "soudan@example.jp"


@pytest.mark.parametrize(
    "typed", ["soudan", "soudan@", "@example.jp", "soudan@example", "a b@example.jp", "a@b.jp\nb"]
)
def test_a_mail_address_that_cannot_exist_is_refused(typed: str) -> None:
    with pytest.raises(ChannelError, match="メールアドレスではありません"):
        normalise(ChannelKind.EMAIL, typed)


@pytest.mark.parametrize("typed", ["example.jp/form", "問い合わせ", *HOSTILE])
def test_a_form_needs_a_whole_web_address(typed: str) -> None:
    with pytest.raises(ChannelError, match="ウェブの住所ではありません"):
        normalise(ChannelKind.WEB_FORM, typed)


def test_a_form_with_a_web_address_is_kept_as_it_is() -> None:
    address = "https://example.jp/form?a=1#top"
    assert normalise(ChannelKind.WEB_FORM, address) == address


def test_a_place_to_visit_is_kept_in_its_own_words() -> None:
    assert normalise(ChannelKind.IN_PERSON, " 見本町1-1 2階 ") == "見本町1-1 2階"


@pytest.mark.parametrize(
    ("kind", "value", "link"),
    [
        (ChannelKind.PHONE, "03-0000-0001", "tel:0300000001"),
        (ChannelKind.PHONE, "189", "tel:189"),
        (ChannelKind.SMS, "03-0000-0001", "sms:0300000001"),
        (ChannelKind.EMAIL, "soudan@example.jp", "mailto:soudan@example.jp"),
        (ChannelKind.EMAIL, "a?bcc=b@example.jp", "mailto:a%3Fbcc%3Db@example.jp"),
        (ChannelKind.LINE, "@minato", "https://line.me/R/ti/p/@minato"),
        (ChannelKind.LINE, "https://lin.ee/minato", "https://lin.ee/minato"),
        (ChannelKind.CHAT, "https://example.jp/chat", "https://example.jp/chat"),
        (ChannelKind.CHATBOT, "https://example.jp/bot", "https://example.jp/bot"),
        (ChannelKind.X, "https://example.jp/x", "https://example.jp/x"),
        (ChannelKind.WEB_FORM, "https://example.jp/form", "https://example.jp/form"),
    ],
)
def test_a_channel_has_the_link_of_its_kind(kind: ChannelKind, value: str, link: str) -> None:
    assert href(kind, value) == link


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ChannelKind.PHONE, "#8000"),
        (ChannelKind.SMS, "#9110"),
        (ChannelKind.PHONE, "電話で"),
        (ChannelKind.FAX, "03-0000-0001"),
        (ChannelKind.IN_PERSON, "見本町1-1"),
        (ChannelKind.IN_PERSON, "https://example.jp/"),
        (ChannelKind.LINE, "みなと 妊娠SOS"),
        (ChannelKind.LINE, "@a/../../evil"),
        (ChannelKind.CHAT, "チャットで"),
        *((kind, value) for kind in (ChannelKind.CHAT, ChannelKind.LINE) for value in HOSTILE),
    ],
)
def test_what_no_link_can_reach_has_none(kind: ChannelKind, value: str) -> None:
    assert href(kind, value) is None


@pytest.mark.parametrize(
    "address", ["https://example.jp", "http://example.jp:8080/a?b#c", "HTTPS://例え.jp/道"]
)
def test_an_absolute_address_of_the_web_is_one(address: str) -> None:
    assert is_web_address(address)
    assert website_href(address) == address


@pytest.mark.parametrize("printed", ["example.jp", "www.example.jp/a%20b?c", "例え.jp"])
def test_a_website_printed_without_its_scheme_gets_a_link(printed: str) -> None:
    assert website_href(printed) == f"http://{printed}"


@pytest.mark.parametrize("website", [*HOSTILE, "公式サイト", "localhost", "見本市 公式ページ"])
def test_what_is_no_website_gets_no_link(website: str) -> None:
    assert website_href(website) is None


@given(st.text() | st.sampled_from(HOSTILE))
def test_a_website_never_becomes_a_script(website: str) -> None:
    link = website_href(website)
    assert link is None or is_web_address(link)


@given(st.text())
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    assert is_web_address(f"https://{text}") in {True, False}


@pytest.mark.parametrize(
    ("value", "dialled"),
    [
        ("045-662-5524", "+81456625524"),
        ("0120-783-449", "+81120783449"),
        ("090-1234-5678", "+819012345678"),
        ("+81 45-662-5524", "+81456625524"),
        ("#8000", None),
        ("189", None),
        ("03-0000-0001", None),
        ("", None),
    ],
)
def test_a_number_is_written_as_it_is_dialled_from_abroad(value: str, dialled: str | None) -> None:
    assert international(value) == dialled
