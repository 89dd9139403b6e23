"""Recovery codes and tokens: random, and stored as hashes."""

import re
from math import log2

from sosdir.accounts import recovery, tokens


def test_ten_codes_that_nobody_misreads() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([a-km-z2-9]{4}-){5}[a-km-z2-9]{4}", code) for code in codes)
    assert not [code for code in codes if set("01lo") & set(code)]


def test_a_code_is_too_long_to_be_found_from_its_hash() -> None:
    letters = set("".join(recovery.new_codes() + recovery.new_codes())) - {"-"}
    bits = log2(len(letters)) * len(recovery.new_codes()[0].replace("-", ""))
    assert bits >= 112


def test_a_code_is_the_same_however_it_is_typed() -> None:
    code = "abcd-efgh-jkmn-pqrs"
    typed = (" ABCD EFGH JKMN PQRS ", "abcdefghjkmnpqrs", "ａｂｃｄ－ｅｆｇｈ－ｊｋｍｎ－ｐｑｒｓ")
    assert {recovery.hash_of(each) for each in typed} == {recovery.hash_of(code)}
    assert recovery.hash_of(code) != recovery.hash_of("abcd-efgh-jkmn-pqrt")


def test_a_token_is_long_random_and_stored_as_its_hash() -> None:
    made = {tokens.new_token() for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 43
    token = made.pop()
    assert re.fullmatch("[0-9a-f]{64}", tokens.hash_of(token))
    assert token not in tokens.hash_of(token)
    assert tokens.hash_of("\ud800") != tokens.hash_of("")
