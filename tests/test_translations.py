"""No language is half done: every text of the public pages is said in each, and said whole."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Message

from sosdir.locales import EASY_JAPANESE, Locale
from tests.catalogues import TRANSLATED, catalogue, texts

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%|%")
JAPANESE_LETTERS = re.compile(r"[ぁ-んァ-ヶ]")
# What any language may keep of the Japanese: the name by which the lines are known.
KNOWN_AS = ("にんしんSOS", "やさしい日本語")
LANGUAGES = pytest.mark.parametrize("locale", TRANSLATED, ids=lambda locale: locale.code)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "nowrap") not in attrs:
            self.found.append(f"<{tag} {sorted(attrs, key=str)}>")


def tags(text: str) -> list[str]:
    """Return the tags of a text, save those that only keep Japanese words together."""
    parser = _Tags()
    parser.feed(text)
    return sorted(parser.found)


def is_balanced(text: str) -> bool:
    opened = Counter(re.findall(r"<(\w+)", text))
    return opened == Counter(re.findall(r"</(\w+)", text))


def said(message: Message) -> tuple[str, ...]:
    """Return every form of a translation."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def text_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def messages(locale: Locale) -> list[Message]:
    return [each for each in catalogue(locale) if each.id]


@LANGUAGES
def test_every_text_is_in_every_catalogue_and_no_other(locale: Locale) -> None:
    told = {text_of(each): isinstance(each.id, tuple) for each in messages(locale)}
    wanted = {each.text: each.counts for each in texts().values()}
    assert told == wanted, "run: python -m tests.catalogues, and translate what is new"


@LANGUAGES
def test_nothing_is_left_unsaid(locale: Locale) -> None:
    empty = [text_of(each) for each in messages(locale) if not all(said(each))]
    assert empty == []
    assert not [text_of(each) for each in messages(locale) if each.fuzzy]


@LANGUAGES
def test_each_number_has_the_forms_that_the_language_asks_for(locale: Locale) -> None:
    forms = catalogue(locale).num_plurals
    counting = [each for each in messages(locale) if isinstance(each.id, tuple)]
    assert counting
    assert {len(said(each)) for each in counting} == {forms}


@LANGUAGES
def test_the_same_values_stand_in_every_language(locale: Locale) -> None:
    wrong = [
        (text_of(each), form)
        for each in messages(locale)
        for form in said(each)
        if set(PLACEHOLDER.findall(text_of(each))) != set(PLACEHOLDER.findall(form))
    ]
    assert wrong == []


@LANGUAGES
def test_the_same_marks_stand_in_every_language(locale: Locale) -> None:
    wrong = [
        (text_of(each), form)
        for each in messages(locale)
        for form in said(each)
        if tags(form) != tags(text_of(each)) or not is_balanced(form)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "locale",
    [each for each in TRANSLATED if each != EASY_JAPANESE],
    ids=lambda locale: locale.code,
)
def test_no_kana_is_left_where_nobody_reads_it(locale: Locale) -> None:
    left = []
    for each in messages(locale):
        for form in said(each):
            rest = form
            for name in KNOWN_AS:
                rest = rest.replace(name, "")
            if JAPANESE_LETTERS.search(rest):
                left.append(form)
    assert left == []


@LANGUAGES
def test_a_percent_sign_of_its_own_is_doubled(locale: Locale) -> None:
    for each in messages(locale):
        for form in said(each):
            assert "%" not in PLACEHOLDER.sub(lambda found: "%" if found[0] == "%" else "", form), (
                form
            )
