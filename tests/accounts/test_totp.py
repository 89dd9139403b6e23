"""Codes of an authenticator app."""

from datetime import UTC, datetime

import pyotp
import pytest

from sosdir.accounts import totp
from tests.cast import NOON

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEY = "a secret key that is long enough for this"


def code(step: int) -> str:
    return pyotp.TOTP(SEED).generate_otp(step)


@pytest.mark.parametrize(
    ("offset", "found"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_fits_its_step_and_its_neighbours(offset: int, found: bool) -> None:
    step = totp.step_at(NOON) + offset
    assert (totp.matching_step(SEED, code(step), NOON) == step) is found


def test_the_codes_are_those_of_the_standard() -> None:
    # RFC 6238, appendix B: the seed 12345678901234567890 at 59 seconds, its last six digits.
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert totp.matching_step(seed, "287082", datetime.fromtimestamp(59, UTC)) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "-12345", "١٢٣٤٥x"])
def test_what_is_no_code_fits_no_step(typed: str) -> None:
    assert totp.matching_step(SEED, typed, NOON) is None


def test_every_seed_is_another() -> None:
    assert len({totp.new_seed() for _ in range(20)}) == 20


def test_a_sealed_seed_needs_its_key() -> None:
    sealed = totp.seal(KEY, SEED)
    assert SEED not in sealed
    assert sealed != totp.seal(KEY, SEED)
    assert totp.unseal(KEY, sealed) == SEED
    assert totp.unseal(KEY + "x", sealed) is None
    assert totp.unseal(KEY, "broken") is None
    assert totp.unseal(KEY, "壊") is None


def test_an_app_reads_seed_login_and_site() -> None:
    address = totp.address(SEED, "hanako@example.jp", "sosdir")
    parsed = pyotp.parse_uri(address)
    assert (parsed.secret, parsed.name, parsed.issuer) == (SEED, "hanako@example.jp", "sosdir")
