"""The forms of signing in. What is wrong with them is said in one sentence for all cases."""

from __future__ import annotations

from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from sosdir.accounts.passwords import MOST
from sosdir.accounts.records import LONGEST_LOGIN

_LONGEST_CODE = 60
_TOO_LONG = "長すぎます。もう一度入力してください。"


class SignInForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Take a login and a password."""

    login = StringField(
        "ログイン名",
        [
            InputRequired("ログイン名を入力してください。"),
            Length(max=LONGEST_LOGIN * 4, message=_TOO_LONG),
        ],
    )
    password = PasswordField(
        "パスワード",
        [
            InputRequired("パスワードを入力してください。"),
            Length(max=MOST * 4, message=_TOO_LONG),
        ],
    )
    next = HiddenField()


class CodeForm(Form):  # type: ignore[misc]
    """Take a code of an authenticator app."""

    code = StringField(
        "認証アプリの6けたの数字",
        [
            InputRequired("認証アプリに出ている6けたの数字を入力してください。"),
            Length(max=_LONGEST_CODE, message=_TOO_LONG),
        ],
    )


class RecoveryForm(Form):  # type: ignore[misc]
    """Take a recovery code."""

    code = StringField(
        "復旧コード",
        [
            InputRequired("復旧コードをひとつ入力してください。"),
            Length(max=_LONGEST_CODE, message=_TOO_LONG),
        ],
    )
