"""The commands of the accounts: user add, list, invite, deactivate."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from sosdir import db
from sosdir.accounts import Account, Role, normal_login, passwords, tokens
from sosdir.accounts.records import LONGEST_NAME
from sosdir.cli.group import main
from sosdir.config import Settings
from sosdir.db import Database
from sosdir.errors import AccountError
from sosdir.store import accounts, invitations

_MADE_BY = "sosdir user"


@main.group()
def user() -> None:
    """Make and change the accounts of those who keep the directory."""


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="Name as colleagues see it.")
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), required=True, help="What it may do."
)
@click.option("--password", "ask", is_flag=True, help="Ask for a password instead of a link.")
@click.pass_obj
def add(settings: Settings, login: str, name: str, role: str, ask: bool) -> None:
    """Make an account and print its invitation link.

    LOGIN is what is typed to sign in: letters, digits and . _ - + @
    """
    login, name = normal_login(login), " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise AccountError(f"名前は、1文字から{LONGEST_NAME}文字にしてください。")
    password = _ask_password(login, name) if ask else None
    with db.changing(settings.database) as database:
        account = accounts.add(database, login, name, Role(role), _now())
        if password is not None:
            accounts.set_password(database, account.id, passwords.hash_of(password))
        link = None if password else _invite(database, settings, account)
    click.echo(f"「{login}」({account.role_label})を作りました。")
    _tell(link)


@user.command("list")
@click.pass_obj
def show(settings: Settings) -> None:
    """List the accounts."""
    table = Table(
        "ログイン名", "名前", "役割", "状態", "最後のサインイン", box=None, pad_edge=False
    )
    with db.reading(settings.database) as database:
        for each in accounts.everyone(database):
            seen = f"{each.signed_in_at:%Y-%m-%d}" if each.signed_in_at else "-"
            table.add_row(each.login, each.name, each.role_label, _state(each), seen)
    Console().print(table)


@user.command()
@click.argument("login")
@click.option(
    "--reset-second-factor",
    "reset",
    is_flag=True,
    help="Take away authenticator, passkeys, recovery codes and the old password as well.",
)
@click.pass_obj
def invite(settings: Settings, login: str, reset: bool) -> None:
    """Print a new link for one who has lost her password."""
    with db.changing(settings.database) as database:
        account = _get(database, login)
        if not account.is_active:
            raise AccountError("停止中の人は招けません。先に、管理の画面で再開してください。")
        if reset:
            accounts.forget_second_factor(database, account.id)
        link = _invite(database, settings, account)
    _tell(link)


@user.command()
@click.argument("login")
@click.pass_obj
def deactivate(settings: Settings, login: str) -> None:
    """Let an account sign in no more; what it did stays in the history."""
    with db.changing(settings.database) as database:
        accounts.deactivate(database, _get(database, login).id)
    click.echo(f"「{normal_login(login)}」を停止しました。")


def _ask_password(login: str, name: str) -> str:
    """Ask on the terminal, twice; a password never stands in a command line or a pipe."""
    if not _is_terminal():
        raise click.UsageError("--password asks on a terminal. Leave it out to get a link.")
    password: str = click.prompt("パスワード", hide_input=True, confirmation_prompt="もう一度")
    fault = passwords.fault_of(password, (login, name))
    if fault:
        raise AccountError(fault)
    return password


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _get(database: Database, login: str) -> Account:
    account = accounts.find(database, normal_login(login))
    if account is None:
        raise AccountError(f"「{login}」という利用者はいません。")
    return account


def _invite(database: Database, settings: Settings, account: Account) -> str:
    token = tokens.new_token()
    invitations.add(database, tokens.hash_of(token), account.id, _MADE_BY, _now())
    here = f"http://localhost:{settings.admin_port or settings.port}"
    site = (settings.admins_site or here).rstrip("/")
    return f"{site}/admin/invitations/{token}"


def _tell(link: str | None) -> None:
    if link is not None:
        click.echo("3日のあいだ一度だけ使える招待リンクです。本人だけに渡してください。")
        click.echo(link)


def _state(account: Account) -> str:
    if not account.is_active:
        return "停止中"
    return "利用中" if account.has_password else "招待中"


def _now() -> datetime:
    return datetime.now(UTC)
