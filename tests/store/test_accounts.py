"""Accounts as stored: what weakens or moves one ends its sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from sosdir.accounts import Account, Role
from sosdir.accounts.passkeys import Key
from sosdir.errors import AccountError, NotFoundError
from sosdir.store import accounts, invitations, passkeys, recovery_codes, sessions
from tests.cast import NOON

AGENT = "a" * 64


@pytest.fixture
def hanako(database: Database) -> Account:
    """Give an editor with a session."""
    account = accounts.add(database, "hanako", "花子", Role.EDITOR, NOON)
    sessions.begin(database, "hers", account.id, AGENT, NOON)
    return account


@pytest.fixture
def chief(database: Database) -> Account:
    """Give the only admin who can sign in."""
    account = accounts.add(database, "chief", "長", Role.ADMIN, NOON)
    accounts.set_password(database, account.id, "hash")
    return accounts.get(database, account.id)


def lives(database: Database, key: str = "hers") -> bool:
    return sessions.find(database, key, AGENT, NOON) is not None


def test_a_new_account_has_no_way_in_yet(hanako: Account) -> None:
    assert not hanako.has_password
    assert not hanako.has_totp
    assert not hanako.has_passkey
    assert not hanako.is_guarded
    assert hanako.is_active
    assert hanako.signed_in_at is None
    assert hanako.created_at == NOON


def test_a_login_is_taken_once(database: Database, hanako: Account) -> None:
    with pytest.raises(AccountError, match="もう使われています"):
        accounts.add(database, "hanako", "別の花子", Role.ADMIN, NOON)


def test_an_unknown_account_is_told(database: Database) -> None:
    with pytest.raises(NotFoundError):
        accounts.get(database, 999)
    assert accounts.find(database, "nobody") is None
    assert accounts.password_hash(database, 999) is None


def test_no_number_is_given_twice(database: Database, hanako: Account) -> None:
    database.execute("DELETE FROM account")
    assert accounts.add(database, "taro", "太郎", Role.EDITOR, NOON).id > hanako.id


def test_everyone_is_listed_those_who_may_sign_in_first(
    database: Database, hanako: Account, chief: Account
) -> None:
    accounts.deactivate(database, hanako.id)
    accounts.add(database, "zen", "禅", Role.EDITOR, NOON)
    assert [each.login for each in accounts.everyone(database)] == ["chief", "zen", "hanako"]


@pytest.mark.parametrize("act", ["password", "role", "close", "forget"])
def test_what_changes_an_account_ends_its_sessions(
    database: Database, hanako: Account, act: str
) -> None:
    other = accounts.add(database, "taro", "太郎", Role.EDITOR, NOON)
    sessions.begin(database, "his", other.id, AGENT, NOON)
    if act == "password":
        accounts.set_password(database, hanako.id, "hash")
    elif act == "role":
        accounts.change_role(database, hanako.id, Role.PUBLISHER)
    elif act == "close":
        accounts.deactivate(database, hanako.id)
    else:
        accounts.forget_second_factor(database, hanako.id)
    assert not lives(database)
    assert lives(database, "his")


def test_a_new_password_may_spare_one_session(database: Database, hanako: Account) -> None:
    sessions.begin(database, "other", hanako.id, AGENT, NOON)
    accounts.set_password(database, hanako.id, "hash", but="hers")
    assert lives(database)
    assert not lives(database, "other")


def test_a_step_is_taken_once_and_none_before_it(database: Database, hanako: Account) -> None:
    accounts.set_totp(database, hanako.id, "sealed", 100)
    taken = [accounts.use_totp_step(database, hanako.id, step) for step in (99, 100, 101, 101, 100)]
    assert taken == [False, False, True, False, False]


@pytest.mark.parametrize("act", ["role", "close"])
def test_the_last_admin_who_can_sign_in_stays(database: Database, chief: Account, act: str) -> None:
    invited = accounts.add(database, "invited", "招", Role.ADMIN, NOON)

    def take_away() -> None:
        if act == "role":
            accounts.change_role(database, chief.id, Role.EDITOR)
        else:
            accounts.deactivate(database, chief.id)

    with pytest.raises(AccountError, match="ただ一人の管理者"):
        take_away()
    accounts.set_password(database, invited.id, "hash")
    take_away()
    with pytest.raises(AccountError):
        accounts.deactivate(database, invited.id)


def test_what_is_forgotten_is_gone(database: Database, hanako: Account) -> None:
    accounts.set_password(database, hanako.id, "hash")
    accounts.set_totp(database, hanako.id, "sealed")
    passkeys.add(database, Key("key", "AAAA", 0), hanako.id, "鍵", NOON)
    recovery_codes.replace(database, hanako.id, ["code"])
    accounts.forget_second_factor(database, hanako.id)
    account = accounts.get(database, hanako.id)
    assert not account.has_password
    assert not account.is_guarded
    assert recovery_codes.left(database, hanako.id) == 0


def test_a_recovery_code_is_used_once_by_its_account(database: Database, hanako: Account) -> None:
    other = accounts.add(database, "taro", "太郎", Role.EDITOR, NOON)
    recovery_codes.replace(database, hanako.id, ["one", "two"])
    assert not recovery_codes.use(database, other.id, "one", NOON)
    assert recovery_codes.use(database, hanako.id, "one", NOON)
    assert not recovery_codes.use(database, hanako.id, "one", NOON)
    assert recovery_codes.left(database, hanako.id) == 1
    recovery_codes.replace(database, hanako.id, ["three"])
    assert not recovery_codes.use(database, hanako.id, "two", NOON)


def test_a_passkey_belongs_to_one_account(database: Database, hanako: Account) -> None:
    other = accounts.add(database, "taro", "太郎", Role.EDITOR, NOON)
    assert passkeys.add(database, Key("key", "AAAA", 3), hanako.id, "鍵", NOON)
    assert not passkeys.add(database, Key("key", "BBBB", 0), other.id, "盗", NOON)
    passkeys.note_use(database, "key", 9, NOON + timedelta(days=1))
    (kept,) = passkeys.of_account(database, hanako.id)
    assert (kept.key, kept.name) == (Key("key", "AAAA", 9), "鍵")
    assert kept.used_at == NOON + timedelta(days=1)
    for act in (
        lambda: passkeys.remove(database, other.id, "key"),
        lambda: passkeys.rename(database, other.id, "key", "x"),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert passkeys.find(database, "nothing") is None


def test_a_challenge_is_answered_once(database: Database) -> None:
    late = NOON + timedelta(minutes=5)
    assert passkeys.use_challenge(database, "c", late, NOON)
    assert not passkeys.use_challenge(database, "c", late, NOON)
    # Afterwards it is refused for its age; it need not be kept.
    passkeys.use_challenge(database, "d", late + timedelta(minutes=5), late)
    assert [row["challenge_hash"] for row in database["used_challenge"].rows] == ["d"]


def test_an_invitation_is_used_once_within_three_days(database: Database, hanako: Account) -> None:
    invitations.add(database, "link", hanako.id, "長", NOON)
    almost, over = NOON + timedelta(hours=71.9), NOON + timedelta(hours=72)
    assert invitations.find_account(database, "link", almost) == hanako.id
    assert invitations.find_account(database, "link", over) is None
    assert not invitations.use(database, "link", over)
    assert invitations.is_waiting(database, hanako.id, almost)
    assert invitations.use(database, "link", almost)
    assert not invitations.use(database, "link", almost)
    assert not invitations.is_waiting(database, hanako.id, NOON)


def test_an_invitation_ends_with_the_next_and_with_a_password(
    database: Database, hanako: Account
) -> None:
    invitations.add(database, "first", hanako.id, "長", NOON)
    invitations.add(database, "second", hanako.id, "長", NOON)
    assert invitations.find_account(database, "first", NOON) is None
    accounts.set_password(database, hanako.id, "hash")
    assert invitations.find_account(database, "second", NOON) is None
