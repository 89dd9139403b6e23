"""An account and its role; a higher role may do all that a lower one may."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sosdir.errors import AccountError

LONGEST_LOGIN = 64
LONGEST_NAME = 60
_LOGIN = re.compile(rf"[a-z0-9][a-z0-9._@+-]{{1,{LONGEST_LOGIN - 1}}}", re.ASCII)
_BAD_LOGIN = (
    "ログイン名は、半角の英数字と . _ - + @ の2文字以上にしてください"
    "(例 hanako、hanako@example.jp)。"
)


class Role(StrEnum):
    """Tell what an account may do, from the lowest up."""

    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Tell whether this role may do what another is needed for.

        Args:
            needed: the lowest role that may.
        """
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


def normal_login(text: str) -> str:
    """Return the one form of a login, however it was typed.

    Args:
        text: as typed.

    Raises:
        AccountError: it cannot be a login.
    """
    login = unicodedata.normalize("NFKC", text).strip().lower()
    if not _LOGIN.fullmatch(login):
        raise AccountError(_BAD_LOGIN)
    return login


ROLE_LABELS = {Role.EDITOR: "編集者", Role.PUBLISHER: "公開担当", Role.ADMIN: "管理者"}


@dataclass(frozen=True, slots=True)
class Account:
    """Hold one account, without any of its secrets.

    Args:
        id: never used again for another.
        login: what is typed to sign in, in lower case.
        name: as colleagues see it.
        role: what it may do.
        is_active: whether it may sign in at all.
        has_password: whether a password was set; an invited account has none yet.
        has_totp: whether codes of an authenticator are asked for.
        has_passkey: whether at least one passkey is known.
        created_at: with a zone.
        signed_in_at: the last time, with a zone, or None.
    """

    id: int
    login: str
    name: str
    role: Role
    is_active: bool
    has_password: bool
    has_totp: bool
    has_passkey: bool
    created_at: datetime
    signed_in_at: datetime | None

    @property
    def is_guarded(self) -> bool:
        """Tell whether more than a password is needed to sign in."""
        return self.has_totp or self.has_passkey

    @property
    def role_label(self) -> str:
        """Return the role in Japanese."""
        return ROLE_LABELS[self.role]
