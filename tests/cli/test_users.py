"""The commands of the accounts: a link or a password asked for, never a default."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sosdir import db
from sosdir.accounts import Account, Role, tokens
from sosdir.cli import main
from sosdir.store import accounts, invitations, sessions


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Give a runner of commands in a home of its own."""

    def command(*arguments: str, **environ: str) -> Result:
        told = {"SOSDIR_HOME": str(tmp_path), **environ}
        return CliRunner().invoke(main, ["user", *arguments], env=told, prog_name="sosdir")

    return command


def stored(home: Path, login: str) -> Account | None:
    with db.reading(home / "sosdir.db") as database:
        return accounts.find(database, login)


def add(run: Callable[..., Result], login: str = "hanako", role: str = "admin") -> Result:
    return run("add", login, "--name", "花子", "--role", role)


def token_in(result: Result) -> str:
    found = re.search(r"/admin/invitations/(\S+)", result.output)
    assert found is not None
    return found[1]


def test_a_new_account_has_a_link_and_no_password(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    result = add(run, "Hanako")
    assert result.exit_code == 0
    account = stored(tmp_path, "hanako")
    assert account is not None
    assert account.role is Role.ADMIN
    assert not account.has_password
    with db.reading(tmp_path / "sosdir.db") as database:
        key = tokens.hash_of(token_in(result))
        assert invitations.find_account(database, key, datetime.now(UTC)) == account.id


def test_the_link_names_the_set_address(run: Callable[..., Result]) -> None:
    assert "http://localhost:8000/admin/invitations/" in add(run).output
    result = run("invite", "hanako", SOSDIR_URL="https://sos.example.jp/")
    assert "https://sos.example.jp/admin/invitations/" in result.output


def test_the_link_leads_to_where_admins_come_in(run: Callable[..., Result]) -> None:
    add(run)
    told = {"SOSDIR_URL": "https://sos.example.jp", "SOSDIR_ADMIN_PORT": "8001"}
    assert "http://localhost:8001/admin/invitations/" in run("invite", "hanako", **told).output
    told["SOSDIR_ADMIN_URL"] = "https://admin.example.jp/"
    assert "https://admin.example.jp/admin/invitations/" in run("invite", "hanako", **told).output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "hanako", "--role", "admin"), "--name"),
        (("add", "hanako", "--name", "花子"), "--role"),
        (("add", "hanako", "--name", "花子", "--role", "root"), "root"),
        (("add", "花 子", "--name", "花子", "--role", "admin"), "半角の英数字"),
        (("add", "hanako", "--name", " ", "--role", "admin"), "1文字から"),
        (("add", "hanako", "--name", "花子", "--role", "admin", "--password"), "terminal"),
        (("invite", "nobody"), "いません"),
        (("deactivate", "nobody"), "いません"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_made(
    run: Callable[..., Result], tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    add(run, "someone")
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert stored(tmp_path, "hanako") is None


def test_a_login_is_taken_once(run: Callable[..., Result]) -> None:
    add(run)
    result = add(run)
    assert result.exit_code == 2
    assert "もう使われています" in result.output


def test_a_password_can_be_asked_for_on_a_terminal(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sosdir.cli.users._is_terminal", lambda: True)
    command = ["user", "add", "hanako", "--name", "花子", "--role", "editor", "--password"]
    environ = {"SOSDIR_HOME": str(tmp_path)}

    def typing(first: str, second: str) -> Result:
        return CliRunner().invoke(main, command, env=environ, input=f"{first}\n{second}\n")

    assert typing("hanako-hanako", "hanako-hanako").exit_code == 2
    assert typing("すずめ 縁側 ひなたぼっこ", "別の 縁側 ひなたぼっこ").exit_code != 0
    result = typing("すずめ 縁側 ひなたぼっこ", "すずめ 縁側 ひなたぼっこ")
    assert result.exit_code == 0
    assert "すずめ" not in result.output
    assert "/admin/invitations/" not in result.output
    account = stored(tmp_path, "hanako")
    assert account is not None
    assert account.has_password


def test_the_list_tells_how_far_each_has_come(run: Callable[..., Result]) -> None:
    add(run)
    add(run, "taro", "editor")
    run("deactivate", "taro")
    lines = run("list").output
    assert re.search(r"hanako\s+花子\s+管理者\s+招待中", lines)
    assert re.search(r"taro\s+花子\s+編集者\s+停止中", lines)


def test_a_second_factor_can_be_reset(run: Callable[..., Result], tmp_path: Path) -> None:
    add(run, "taro", "editor")
    account = stored(tmp_path, "taro")
    assert account is not None
    now = datetime.now(UTC)
    with db.changing(tmp_path / "sosdir.db") as database:
        accounts.set_password(database, account.id, "hash")
        accounts.set_totp(database, account.id, "sealed")
        sessions.begin(database, "key", account.id, "agent", now)
    run("invite", "taro")
    assert stored(tmp_path, "taro").has_totp  # type: ignore[union-attr]
    run("invite", "taro", "--reset-second-factor")
    after = stored(tmp_path, "taro")
    assert after is not None
    assert not after.has_totp
    assert not after.has_password
    with db.reading(tmp_path / "sosdir.db") as database:
        assert sessions.find(database, "key", "agent", now) is None


def test_the_last_admin_stays_and_a_closed_account_is_not_invited(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    add(run)
    assert "ただ一人の管理者" in run("deactivate", "hanako").output
    add(run, "taro", "editor")
    assert run("deactivate", "taro").exit_code == 0
    assert run("invite", "taro").exit_code == 2
