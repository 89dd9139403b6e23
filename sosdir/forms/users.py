"""The forms in which accounts are made and changed."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Form, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from sosdir.accounts import ROLE_LABELS, Role, normal_login
from sosdir.accounts.records import LONGEST_NAME
from sosdir.errors import AccountError

_DUTIES = {
    Role.EDITOR: "下書きを書き、確認したことを記録する",
    Role.PUBLISHER: "下書きを公開し、取り込み、報告に答える",
    Role.ADMIN: "利用者を招き、役割を変える",
}


def _role_field() -> Any:
    return RadioField(
        "役割",
        [InputRequired("役割をひとつえらんでください。")],
        choices=[str(role) for role in Role],
    )


class RoleForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Take a role."""

    role = _role_field()

    def role_choices(self) -> list[tuple[str, str, str, bool]]:
        """Return value, label, duty of each role, and whether it is the chosen one."""
        return [
            (str(role), ROLE_LABELS[role], _DUTIES[role], self.role.data == str(role))
            for role in Role
        ]


class InvitationForm(RoleForm):
    """Take who is to be invited."""

    login = StringField("ログイン名", [InputRequired("ログイン名を入力してください。")])
    name = StringField(
        "名前",
        [
            DataRequired("名前を入力してください。"),
            Length(max=LONGEST_NAME, message=f"{LONGEST_NAME}文字までにしてください。"),
        ],
        filters=[lambda text: " ".join(text.split()) if text else text],
    )

    def validate_login(self, field: Any) -> None:
        """Refuse what cannot be a login."""
        try:
            field.data = normal_login(field.data or "")
        except AccountError as error:
            raise ValidationError(str(error)) from error


class AgainForm(Form):  # type: ignore[misc]
    """Take whether a new invitation also takes away the second factor."""

    reset = BooleanField("認証アプリとパスキーの登録も消す(どちらも失くしたとき)")
