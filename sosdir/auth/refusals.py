"""What is answered to one who may not: a status, and words that say what to do."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException

from sosdir.accounts import ROLE_LABELS, Role

FORGED = "このページを開いてから時間がたちました。戻って、もう一度送ってください。"
INSECURE = "管理の画面は、https で始まる安全なアドレスでひらいてください。"
NO_KEY = (
    "管理の画面の準備ができていません。この案内を動かしている人に、記録を見るよう伝えてください。"
)
NO_RULE = "このページは、だれが使えるか決まっていないため、開けません。"


class RefusalError(HTTPException):
    """Answer a status with words for the person.

    Args:
        code: the status.
        words: one or two plain sentences in Japanese, saying what to do.
        retry_after: seconds until it is worth trying again, or None.
    """

    def __init__(self, code: int, words: str, retry_after: int | None = None) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.retry_after = retry_after


def role_needed(role: Role) -> RefusalError:
    """Return the refusal of one whose role is too low.

    Args:
        role: the lowest that may.
    """
    able = "と".join(f"「{ROLE_LABELS[each]}」" for each in Role if each.may(role))
    return RefusalError(
        403, f"このページを使えるのは、{able}の役割を持つ人です。その人に頼んでください。"
    )
