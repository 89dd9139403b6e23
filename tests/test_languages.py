"""A language has one code, whatever people call it."""

import pytest
from babel import Locale

from sosdir import languages
from sosdir.errors import InputError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("英語", "en"),
        ("English", "en"),
        (" ＥＮ ", "en"),
        ("ベトナム語", "vi"),
        ("tiếng Việt", "vi"),
        ("नेपाली", "ne"),
        ("韓国・朝鮮語", "ko"),
        ("タガログ語", "tl"),
        ("フィリピン語", "fil"),
        ("中国語", "zh"),
        ("中国語(簡体字)", "zh-Hans"),
        ("zh-hant", "zh-Hant"),
        ("手話", "jsl"),
    ],
)
def test_a_language_is_known_by_its_code_or_by_any_of_its_names(text: str, code: str) -> None:
    assert languages.code_of(text) == code
    assert languages.is_code(code)


@pytest.mark.parametrize("text", ["", "多言語", "英語など", "en-US", "11か国語"])
def test_what_names_no_one_language_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(InputError, match="英語"):
        languages.code_of(text)
    assert not languages.is_code(text)
    assert languages.code_or_word(text) == text


def test_a_name_is_that_of_the_readers_language() -> None:
    assert languages.names(("en", "zh-Hans")) == ("英語", "簡体中国語")
    assert languages.name("pt", "vi") == "Tiếng Bồ Đào Nha"
    assert languages.name("jsl") == "日本手話"
    assert languages.name("jsl", "ne") == "Japanese Sign Language"


def test_a_code_that_nobody_names_stands_for_itself() -> None:
    assert languages.name("多言語") == "多言語"


def test_every_code_is_read_back_from_its_japanese_name() -> None:
    for code in ("ja", "en", "zh", "ko", "vi", "pt", "fil", "ne", "es", "id", "th", "jsl"):
        assert languages.code_of(languages.name(code)) == code


@pytest.mark.parametrize("code", ["en", "zh", "zh-Hans", "ko", "pt", "fil", "ne", "my", "ar", "si"])
def test_a_language_calls_itself_what_unicode_says(code: str) -> None:
    unicode_name = Locale.parse(code.replace("-", "_")).languages[code.replace("-", "_")]
    assert languages.own_name(code) == unicode_name


def test_of_a_language_that_is_seldom_met_no_own_name_is_kept() -> None:
    assert languages.own_name("eo") is None
