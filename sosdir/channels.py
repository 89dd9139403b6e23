"""Say what a channel's value must look like, and the link that reaches it."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import phonenumbers

from sosdir.errors import ChannelError
from sosdir.models import ChannelKind
from sosdir.text import fold

# Numbers that the national plan does not hold but everyone may dial. Sources: the pages of
# 警察庁 (110, #8103, #9110), 総務省消防庁 (119), こども家庭庁 (189), 厚生労働省 (#8000),
# 内閣府 (#8891).
SHORT_NUMBERS = frozenset({"110", "119", "189", "#8000", "#8103", "#8891", "#9110"})

DIALLED = frozenset({ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS})
_LINKED = frozenset(
    {ChannelKind.WEB_FORM, ChannelKind.CHAT, ChannelKind.CHATBOT, ChannelKind.X, ChannelKind.LINE}
)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# +81 and the 0 in brackets that some write behind it stand for the 0 dialled at home.
_COUNTRY_CODE = re.compile(r"^[^0-9]*\+81[^0-9]*0?[^0-9]*")
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(?=[:/?#]|$)")
_LINE_ID = re.compile(r"@[A-Za-z0-9._-]{2,40}")


def normalise(kind: ChannelKind, value: str) -> str:
    """Return a channel's value in its one normal form.

    A number keeps the groups its operator writes, with plain digits and hyphens.

    Args:
        kind: by which means.
        value: as typed or as a source prints it.

    Raises:
        ChannelError: no such number, mail address or web address can exist.
    """
    value = value.strip()
    if kind in DIALLED:
        return _normal_number(value)
    if kind is ChannelKind.EMAIL:
        return _normal_email(value)
    if kind is ChannelKind.WEB_FORM and not is_web_address(value):
        raise ChannelError(
            f"「{value}」はウェブの住所ではありません。https:// から書いてください。"
        )
    return value


def dialled_digits(value: str) -> str:
    """Return only what is dialled, so that two writings of one number compare equal.

    Args:
        value: a phone number in any writing; ``#`` counts as dialled.
    """
    return "".join(re.findall(r"[0-9#]", _as_dialled_at_home(value)))


def numbers_in(text: str) -> Iterator[str]:
    """Give the telephone numbers that a text names, as they are written once it is folded.

    Args:
        text: as a person wrote it.
    """
    for found in phonenumbers.PhoneNumberMatcher(fold(text), "JP"):
        yield found.raw_string


def international(value: str) -> str | None:
    """Return a number as it is dialled from anywhere (E.164), or None where it has no such form.

    Short numbers, and those with ``#``, are dialled in Japan alone.

    Args:
        value: a phone number in any writing.
    """
    digits = dialled_digits(value)
    if not _is_japanese_number(digits):
        return None
    return phonenumbers.format_number(
        phonenumbers.parse(digits, "JP"), phonenumbers.PhoneNumberFormat.E164
    )


def href(kind: ChannelKind, value: str) -> str | None:
    """Return the link that reaches a channel, or None where no link can.

    Args:
        kind: by which means.
        value: in normal form.
    """
    if kind is ChannelKind.PHONE:
        return _dial_link("tel", value)
    if kind is ChannelKind.SMS:
        return _dial_link("sms", value)
    if kind is ChannelKind.EMAIL:
        return f"mailto:{quote(value, safe='@')}"
    if kind is ChannelKind.LINE and _LINE_ID.fullmatch(value):
        return f"https://line.me/R/ti/p/{quote(value, safe='@')}"
    if kind in _LINKED and is_web_address(value):
        return value
    return None


def is_web_address(value: str) -> bool:
    """Tell whether a value is an absolute http or https address.

    Args:
        value: as typed.
    """
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    # What stands before an @ only makes one host look like another.
    plain = value.isprintable() and " " not in value and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and bool(host) and plain


def website_href(website: str) -> str | None:
    """Return the link of a website that a source may print without its scheme.

    None where it is no address of the web, so that no other scheme ever becomes a link.

    Args:
        website: such as ``example.jp`` or ``https://example.jp/``.
    """
    if is_web_address(website):
        return website
    address = f"http://{website}"
    return address if _BARE_HOST.match(website) and is_web_address(address) else None


def _as_dialled_at_home(value: str) -> str:
    return _COUNTRY_CODE.sub("0", fold(value))


def _normal_number(value: str) -> str:
    folded = _as_dialled_at_home(value)
    digits = dialled_digits(folded)
    if digits in SHORT_NUMBERS:
        return digits
    if not _is_japanese_number(digits):
        raise ChannelError(
            f"「{value}」は日本の電話番号ではありません。市外局番から、すべての数字を書いてください。"
        )
    groups = re.findall(r"[0-9]+", folded)
    if len(groups) > 1:
        return "-".join(groups)
    return _as_written_at_home(phonenumbers.parse(digits, "JP"))


def _as_written_at_home(number: phonenumbers.PhoneNumber) -> str:
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return written


def _is_japanese_number(digits: str) -> bool:
    # The parser reads 81 without its + as the country, and # as the sign of an extension.
    if not digits.startswith("0") or "#" in digits:
        return False
    try:
        number = phonenumbers.parse(digits, "JP")
    except phonenumbers.NumberParseException:
        return False
    if number.country_code != 81 or not phonenumbers.is_valid_number(number):
        return False
    # A zero too many in front is passed over by the parser, and would be another number.
    return re.sub(r"[^0-9]", "", _as_written_at_home(number)) == digits


def _normal_email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ChannelError(f"「{value}」はメールアドレスではありません。")
    return value


def _dial_link(scheme: str, value: str) -> str | None:
    digits = dialled_digits(value)
    # iOS dials no link with # in it, so such a number is shown to be typed.
    if not digits or "#" in digits:
        return None
    return f"{scheme}:{digits}"
