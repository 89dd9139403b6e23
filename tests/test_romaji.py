"""Kana in Latin letters, and Latin letters to the key that a name is looked up by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.romaji import hepburn, key


@pytest.mark.parametrize(
    ("kana", "spelled"),
    [
        ("よこはま", "yokohama"),
        ("とうきょう", "tokyo"),
        ("おおさか", "osaka"),
        ("ちゅうおう", "chuo"),
        ("すおうおおしま", "suooshima"),
        ("しんぐう", "shingu"),
        ("にいがた", "niigata"),
        ("べっぷ", "beppu"),
        ("くっちゃん", "kutchan"),
        ("じょうえつ", "joetsu"),
        ("しんおんせん", "shin'onsen"),
        ("ほんべつ", "honbetsu"),
        ("ふじ", "fuji"),
        ("こうづしま", "kozushima"),
    ],
)
def test_kana_are_spelled_in_hepburn(kana: str, spelled: str) -> None:
    assert hepburn(kana) == spelled


@pytest.mark.parametrize(
    ("kana", "spelled"),
    [
        ("とよおか", "toyooka"),
        ("まつうら", "matsuura"),
        ("ことうら", "kotoura"),
        ("やまのうち", "yamanouchi"),
        ("にしのおもて", "nishinoomote"),
        ("みのお", "minoo"),
        ("ひろお", "hiroo"),
        ("もおか", "mooka"),
    ],
)
def test_two_words_that_meet_in_a_vowel_keep_both(kana: str, spelled: str) -> None:
    assert hepburn(kana) == spelled


def test_letters_that_are_no_kana_are_kept() -> None:
    assert hepburn("ゃa") == "ゃa"
    assert hepburn("あっ") == "a"


@pytest.mark.parametrize(
    "typed",
    [
        ("Tokyo", "Tōkyō", "Tôkyô", "toukyou", "TOKYO", "Tohkyoh", "to-kyo"),
        ("osaka", "oosaka", "ohsaka", "Ōsaka"),
        ("fuchu", "huchu", "hutyuu", "Fuchū"),
        ("niigata", "Nīgata"),
        ("gunma", "gumma", "gunnma"),
        ("hatcho", "hacchou", "hattyou"),
        ("joso", "jyousou", "zyouso"),
        ("tsushima", "tusima"),
        ("Shin'onsen", "shinonsen", "Shin’onsen"),
        ("chizu", "tidu"),
    ],
)
def test_every_system_of_spelling_has_one_key(typed: tuple[str, ...]) -> None:
    assert len({key(each) for each in typed}) == 1


def test_an_h_before_a_vowel_is_no_long_vowel() -> None:
    assert key("Ohara") == "ohara"
    assert key("ohtsu") == "otsu"


def test_different_names_keep_different_keys() -> None:
    assert len({key(name) for name in ("ota", "oita", "oda", "iide", "ide")}) == 5


@given(st.text())
def test_a_key_is_plain_letters_for_any_text(text: str) -> None:
    assert set(key(text)) <= set("abcdefghijklmnopqrstuvwxyz")
