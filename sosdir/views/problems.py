"""Answer what went wrong: a page that says what to do, or a problem document for programs."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from sosdir import auth, db, formats, multilingual
from sosdir.auth import RefusalError
from sosdir.config import Settings
from sosdir.errors import DatabaseError, NotFoundError
from sosdir.forms.query import BadParametersError
from sosdir.locales import mark

_MESSAGES = {
    400: mark("入力された条件を読み取れませんでした。"),
    403: mark("このページを使うことはできません。"),
    404: mark("そのページや窓口は、ここにはありません。場所からさがし直せます。"),
    405: mark("このページは、その方法では使えません。"),
    410: mark("この窓口の案内は終わりました。場所からさがし直せます。"),
    413: mark("送られたものが大きすぎます。"),
    414: mark("入力が長すぎます。"),
    429: mark("短いあいだに何度も送られました。少し待って、もう一度送ってください。"),
    500: mark("ごめんなさい。こちらの不具合です。少し待って、もう一度ひらいてください。"),
    503: mark("いま準備をしています。少し待って、もう一度ひらいてください。"),
}
_DATA_FORMS = (".json", ".geojson", ".csv")
# What programs alone ask is answered in their English, below this.
_API = "/api/"


def init_app(app: Flask) -> None:
    """Answer every error in words.

    Args:
        app: to register with.
    """
    app.register_error_handler(BadParametersError, _bad_parameters)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(DatabaseError, _no_database)
    app.register_error_handler(db.SqliteError, _failed_database)
    app.register_error_handler(RefusalError, _refusal)
    app.register_error_handler(HTTPException, _http_error)


def _bad_parameters(error: BadParametersError) -> Response:
    return _answer(400, error.reasons)


def _not_found(error: NotFoundError) -> Response:
    if request.path.startswith(_API):
        return _api_problem(404, str(error))
    return _answer(404)


def _no_database(error: DatabaseError) -> Response:
    current_app.logger.error("%s", error)
    response = _answer(503)
    response.headers["Retry-After"] = "30"
    return response


def _failed_database(error: db.SqliteError) -> Response:
    """Answer for a page of the file that turned out damaged; anything else is a fault of ours."""
    settings: Settings = current_app.config["SETTINGS"]
    found = db.damage(settings.database, error)
    if found is None:
        raise error
    return _no_database(found)


def _refusal(error: RefusalError) -> Response:
    answer = _answer(error.code or 403, message=error.words)
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _http_error(error: HTTPException) -> Response:
    answer = _answer(error.code or 500)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    return answer


def _answer(
    status: int, reasons: dict[str, str] | None = None, message: str | None = None
) -> Response:
    reasons = reasons or {}
    message = message or _MESSAGES.get(status, _MESSAGES[500 if status >= 500 else 400])
    multilingual.answer_a_problem()
    say = multilingual.current().say
    reasons = {name: say(reason) for name, reason in reasons.items()}
    if request.path.startswith(_API):
        return _api_problem(status, HTTPStatus(status).phrase, reasons)
    if request.path.endswith(_DATA_FORMS):
        return _problem(status, say(message), reasons)
    faults = [{"parameter": name, "reason": reason} for name, reason in reasons.items()]
    template = "admin/error.html" if auth.in_admin() else "error.html"
    page = render_template(
        template,
        code=status,
        message=say(message),
        faults=faults,
        posted=request.path == url_for("home.posted").removeprefix(request.script_root),
    )
    return Response(page, status=status)


def _problem(status: int, message: str, reasons: dict[str, str]) -> Response:
    document = formats.problem(status, message, reasons)
    text = json.dumps(document, ensure_ascii=False)
    return Response(text, status=status, content_type=formats.PROBLEM_TYPE)


def _api_problem(status: int, detail: str, reasons: dict[str, str] | None = None) -> Response:
    """Say what went wrong, and let the pages of other sites read it."""
    response = _problem(status, detail, reasons or {})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
