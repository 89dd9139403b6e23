"""Passwords: length and what everyone would guess; hashes that tell nothing."""

import time
import unicodedata

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from sosdir.accounts import passwords

GOOD = "すずめ 縁側 ひなたぼっこ"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "kX9#vQ2!mR7z",
        "あめんぼ あかいな あした",
        "12345678 umbrella",
    ],
)
def test_a_long_password_of_ones_own_will_do(password: str) -> None:
    assert passwords.fault_of(password, ("hanako", "花子")) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "12文字以上"),
        ("kX9#vQ2!mR7", "12文字以上"),
        ("x" * 257, "256文字まで"),
        ("password1234", "推測"),
        ("ＰＡＳＳＷＯＲＤ１２３４", "推測"),
        ("aaaaaaaaaaaaaa", "推測"),
        ("abababababab", "推測"),
        ("123456789012", "推測"),
        ("qwertyuiop12", "推測"),
        ("sosdir-sosdir-2026", "推測"),
        ("にんしんSOSにんしんSOS", "推測"),
        ("hanako-2026-hanako", "推測"),
        ("yamada@example", "推測"),
        ("            ", "推測"),
        ("あいうえおかきくけこさし", "推測"),
        ("trustno1trustno1", "推測"),
        ("michaeljordan23", "推測"),
        ("1q2w3e4r5t6y7u8i", "推測"),
        ("mynameisjohn", "推測"),
        ("hanakohanako1!", "推測"),
    ],
)
def test_what_anyone_would_guess_is_refused(password: str, reason: str) -> None:
    fault = passwords.fault_of(password, ("hanako", "yamada@example.jp"))
    assert fault is not None
    assert reason in fault


def test_nothing_that_everyone_tries_first_will_do() -> None:
    tried = [each for each in FREQUENCY_LISTS["passwords"] if len(each) >= passwords.LEAST]
    assert len(tried) > 200
    assert [each for each in tried if passwords.fault_of(each) is None] == []


def test_the_longest_password_is_soon_judged() -> None:
    begun = time.process_time()
    passwords.fault_of("aB3$" * 64)
    passwords.fault_of("password1" * 28)
    assert time.process_time() - begun < 2


def test_a_hash_is_of_its_password_alone() -> None:
    stored = passwords.hash_of(GOOD)
    assert stored.startswith("$argon2id$")
    assert GOOD not in stored
    assert passwords.is_right(GOOD, stored)
    assert not passwords.is_right(GOOD + "x", stored)
    assert not passwords.is_weak(stored)


def test_a_keyboard_makes_no_difference() -> None:
    decomposed = unicodedata.normalize("NFD", "ぱんだ ばら ぶどう が好き")
    stored = passwords.hash_of(unicodedata.normalize("NFC", decomposed))
    assert passwords.is_right(decomposed, stored)


def test_nothing_is_right_where_there_is_no_hash() -> None:
    assert not passwords.is_right(GOOD, None)
    assert not passwords.is_right("", None)
    assert not passwords.is_right(GOOD, "no hash")


def test_the_hash_of_nobody_is_as_slow_as_any(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not passwords.is_weak(passwords._NOBODY)


def test_a_hash_of_former_days_is_weak() -> None:
    old = "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
    assert passwords.is_weak(old)
