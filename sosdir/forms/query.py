"""The query: one form behind ``/``, its data forms and the map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, SelectMultipleField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import Length, ValidationError

from sosdir import languages
from sosdir.errors import InputError
from sosdir.locales import Told, mark
from sosdir.models import ChannelKind, Focus, Need, Scope, State
from sosdir.schedules import TOKYO
from sosdir.search import Query, Sort

MAX_TEXT = 200
MAX_CHOICES = 20
# Of all parameters together. Each is counted against every other, and every link repeats them all.
MAX_CHOSEN = 30
# Of all words chosen for one parameter together: every link of a page repeats them.
MAX_CHOSEN_TEXT = 500
# The years for which the public holidays are proved.
FIRST_DAY = date(2020, 1, 1)
LAST_DAY = date(2040, 12, 31)

_TRUE = {"1", "true", "on", "yes"}
_FALSE = {"", "0", "false", "off", "no"}
_AREA = re.compile(r"\d{2}|\d{6}", re.ASCII)
_PAGE = re.compile(r"0*[1-9]\d{0,5}", re.ASCII)
# A plus sign that was not escaped in an address arrives as a space.
_LOST_PLUS = re.compile(r"(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?) (\d{2}:?\d{2})$")
ONE_OF = mark("次のどれかにしてください: %(values)s")
_YEARS = mark("%(first)s年から%(last)s年までの日時にしてください。")
AT_MOST = mark("%(num)s文字までにしてください。")
TOO_MANY = mark("選んだものが多すぎます。減らしてください。")
UNREADABLE = mark("文字を読み取れませんでした(UTF-8で送ってください)。もう一度入力してください。")


class BadParametersError(InputError):
    """Say which parameters cannot be used and why.

    Args:
        reasons: sentence by parameter name, at least one.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {reason}" for name, reason in reasons.items()))
        self.reasons = dict(reasons)


class _TextField(StringField):  # type: ignore[misc]
    def pre_validate(self, form: Form) -> None:
        if "\ufffd" in (self.data or ""):
            raise ValidationError(UNREADABLE)


class _ParsedField(Field):  # type: ignore[misc]
    """Hold one value that is parsed from text, or the default where there is none."""

    def __init__(self, parse: Any, default: Any = None, **options: Any) -> None:
        super().__init__(default=default, **options)
        self.parse = parse

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse the first value; an empty one stands for none."""
        if valuelist and valuelist[0].strip():
            self.data = self.parse(valuelist[0].strip())


class _WordsField(SelectMultipleField):  # type: ignore[misc]
    """Hold any number of words that need not be among fixed choices."""

    def pre_validate(self, form: Form) -> None:
        lengths = [len(word) for word in self.data]
        if (
            len(lengths) > MAX_CHOICES
            or max(lengths, default=0) > MAX_TEXT
            or sum(lengths) > MAX_CHOSEN_TEXT
        ):
            raise ValidationError(TOO_MANY)
        if any("\ufffd" in word for word in self.data):
            raise ValidationError(UNREADABLE)


class _ChoicesField(SelectMultipleField):  # type: ignore[misc]
    """Hold any number of members of a closed vocabulary; commas may part them."""

    def __init__(self, enum: type[StrEnum], **options: Any) -> None:
        self.enum = enum
        super().__init__(choices=[member.value for member in enum], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Split commas and drop empty and repeated values."""
        parts = [part.strip() for value in valuelist for part in value.split(",")]
        self.data = list(dict.fromkeys(part for part in parts if part))

    def pre_validate(self, form: Form) -> None:
        allowed = [member.value for member in self.enum]
        if any(value not in allowed for value in self.data):
            raise ValidationError(Told(ONE_OF, values=", ".join(allowed)))


def _parse_area(text: str) -> str:
    if not _AREA.fullmatch(text):
        raise ValueError(mark("地域のコード(2桁か6桁の数字)にしてください。"))
    return text


def _parse_truth(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError(mark("1 か 0 にしてください。"))


def _parse_sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        raise ValueError(mark("now か near にしてください。")) from None


def _parse_page(text: str) -> int:
    if not _PAGE.fullmatch(text):
        raise ValueError(mark("1以上の数にしてください。"))
    return int(text.lstrip("0"))


def _parse_instant(text: str) -> datetime:
    text = _LOST_PLUS.sub(r"\1+\4", text[:64])
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=TOKYO) if at.tzinfo is None else at.astimezone(TOKYO)
    except (ValueError, OverflowError):
        raise ValueError(mark("日時は 2026-11-28T20:00 のように書いてください。")) from None
    if not FIRST_DAY <= at.date() <= LAST_DAY:
        raise ValueError(Told(_YEARS, first=FIRST_DAY.year, last=LAST_DAY.year))
    return at


class QueryForm(Form):  # type: ignore[misc]
    """Check the parameters of a query."""

    q = _TextField(validators=[Length(max=MAX_TEXT, message=Told(AT_MOST, num=MAX_TEXT))])
    area = _ParsedField(_parse_area)
    channel = _ChoicesField(ChannelKind)
    need = _ChoicesField(Need)
    focus = _ChoicesField(Focus)
    state = _ChoicesField(State)
    anonymous = _ParsedField(_parse_truth, default=False)
    lang = _WordsField(choices=[])
    offers = _WordsField(choices=[])
    scope = _ChoicesField(Scope)
    reachable = _ParsedField(_parse_truth, default=False)
    at = _ParsedField(_parse_instant)
    sort = _ParsedField(_parse_sort, default=Sort.NOW)
    page = _ParsedField(_parse_page, default=1)


_NAMES = frozenset(
    name for name in vars(QueryForm) if isinstance(getattr(QueryForm, name), UnboundField)
)


@lru_cache(maxsize=1024)
def _form_of(names: frozenset[str]) -> type[Form]:
    """Return the form of the fields that are sent: to make all of them takes as long as to search.

    Args:
        names: of the fields.
    """
    return type("QueryFormOfSome", (Form,), {name: getattr(QueryForm, name) for name in names})


def read_query(parameters: MultiDict[str, str], now: datetime) -> Query:
    """Return the query that parameters ask.

    Args:
        parameters: of the address.
        now: the instant to ask about when ``at`` is not given, with a zone.

    Raises:
        BadParametersError: a parameter cannot be used; all such are named.
    """
    form = _form_of(frozenset(_NAMES.intersection(parameters)))(parameters)
    if not form.validate():
        raise BadParametersError({name: errors[0] for name, errors in form.errors.items()})
    _refuse_too_many(form)
    sent: dict[str, Any] = form.data
    return Query(
        at=sent.get("at") or now,
        today=now.astimezone(TOKYO).date(),
        text=sent.get("q") or "",
        area=sent.get("area"),
        channel=tuple(ChannelKind(value) for value in sent.get("channel") or ()),
        need=tuple(Need(value) for value in sent.get("need") or ()),
        focus=tuple(Focus(value) for value in sent.get("focus") or ()),
        state=tuple(State(value) for value in sent.get("state") or ()),
        anonymous=sent.get("anonymous", False),
        lang=tuple(
            dict.fromkeys(languages.code_or_word(each) for each in _stripped(sent.get("lang")))
        ),
        offers=_stripped(sent.get("offers")),
        scope=tuple(Scope(value) for value in sent.get("scope") or ()),
        reachable=sent.get("reachable", False),
        sort=sent.get("sort", Sort.NOW),
        page=sent.get("page", 1),
    )


def _refuse_too_many(form: Form) -> None:
    chosen = {each.name: len(each.data) for each in form if isinstance(each.data, list)}
    if sum(chosen.values()) > MAX_CHOSEN:
        raise BadParametersError({max(chosen, key=chosen.__getitem__): TOO_MANY})


def _stripped(words: list[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in words or () if word.strip())
