"""The forms of one's own account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import Form, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from sosdir.accounts import passwords

LONGEST_KEY_NAME = 40


class NewPasswordForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Take a new password.

    Args:
        sent: what was sent, or None.
        known: words that others know of the person, which a password must not be made of.
    """

    new = PasswordField("新しいパスワード", [InputRequired("新しいパスワードを入力してください。")])

    def __init__(self, sent: Any = None, known: Iterable[str] = ()) -> None:
        super().__init__(sent)
        self._known = tuple(known)

    def validate_new(self, field: Any) -> None:
        """Refuse what is easy to guess."""
        fault = passwords.fault_of(field.data or "", self._known)
        if fault:
            raise ValidationError(fault)


class PasswordForm(NewPasswordForm):
    """Take the old password and a new one."""

    old = PasswordField(
        "今のパスワード",
        [
            InputRequired("今のパスワードを入力してください。"),
            Length(max=passwords.MOST * 4, message="長すぎます。もう一度入力してください。"),
        ],
    )


class KeyNameForm(Form):  # type: ignore[misc]
    """Take the name of a passkey."""

    name = StringField(
        "パスキーの名前",
        [
            DataRequired("名前を入力してください(例 職場のパソコン)。"),
            Length(max=LONGEST_KEY_NAME, message=f"{LONGEST_KEY_NAME}文字までにしてください。"),
        ],
        filters=[lambda text: " ".join(text.split()) if text else text],
    )
