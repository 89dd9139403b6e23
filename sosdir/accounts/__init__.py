"""Know who keeps the directory true, and how they prove who they are."""

from sosdir.accounts.records import ROLE_LABELS, Account, Role, normal_login

__all__ = ["ROLE_LABELS", "Account", "Role", "normal_login"]
