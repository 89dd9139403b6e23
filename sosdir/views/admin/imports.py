"""Take spreadsheets in: upload, look at what each row comes to, apply; and give one out."""

from __future__ import annotations

import logging
from dataclasses import asdict
from math import ceil
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from sosdir import context, db
from sosdir.accounts import Role
from sosdir.auth import allowed, author, current_account
from sosdir.errors import NotFoundError, UploadError
from sosdir.forms.imports import UploadForm, read_lines, read_view
from sosdir.spreadsheets import intake
from sosdir.spreadsheets.applying import Applied, apply_import
from sosdir.spreadsheets.decoding import MAX_BYTES
from sosdir.spreadsheets.writing import sheet_text, table_text
from sosdir.store import import_rows, services
from sosdir.store import imports as store
from sosdir.store.import_rows import APPLICABLE, OUTCOME_LABELS, Outcome
from sosdir.store.imports import STATUS_LABELS, ImportFile, Status

blueprint = Blueprint("admin_imports", __name__, url_prefix="/admin")

PER_PAGE = 50
# The form around the file adds little; what is a bit too big still gets a sentence of its own.
MAX_UPLOAD = MAX_BYTES + 2_000_000
_TOO_BIG = (
    f"ファイルが大きすぎます({MAX_BYTES // 1_000_000} MBまで)。"
    "行をいくつかのファイルに分けて送ってください。"
)
_log = logging.getLogger(__name__)

_LAYOUTS = {"ours": "書き出した表と同じ列", "municipal": "自治体標準オープンデータセットの列"}
_FAULT_COLUMNS = ("行", "列", "理由", "識別子", "名称")


@blueprint.errorhandler(413)
def too_big(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """Say what to do with a file that is too big to be taken at all."""
    return _list_page([_TOO_BIG]), 413


@blueprint.get("/imports")
@allowed(Role.EDITOR)
def imports() -> str:
    """List the uploads, with the form for a new one."""
    return _list_page([])


@blueprint.post("/imports")
@allowed(Role.EDITOR, max_body=MAX_UPLOAD)
def upload() -> tuple[str, int] | AnyResponse:
    """Keep a file and read it."""
    form = UploadForm(request.files)
    if not form.validate():
        return _list_page([str(each) for each in form.file.errors]), 422
    name, content = form.sent()
    try:
        import_id = intake.receive(_path(), name, content, author(), context.now())
    except UploadError as error:
        return _list_page([str(error)]), 422
    intake.start(_path(), import_id, context.now().date())
    return _to(import_id)


@blueprint.get("/imports/<int(max=2147483647):import_id>")
@allowed(Role.EDITOR)
def import_preview(import_id: int) -> str:
    """Show how far the reading is, or what each row comes to.

    Raises:
        NotFoundError: there is no such import.
    """
    database = db.current()
    file = store.get(database, import_id)
    counts = import_rows.counts(database, import_id)
    outcome, page = read_view(request.args, counts)
    pages = max(1, ceil(counts[outcome] / PER_PAGE))
    if page > pages:
        raise NotFoundError("There is no such page.")
    applicable, chosen = import_rows.left(database, import_id)
    return render_template(
        "admin/import_preview.html",
        file=file,
        layout=_LAYOUTS.get(file.layout, ""),
        status_label=STATUS_LABELS[file.status],
        counts=counts,
        labels=OUTCOME_LABELS,
        outcome=outcome,
        can_tick=outcome in APPLICABLE and file.status is Status.READY,
        rows=import_rows.rows(database, import_id, (outcome,), PER_PAGE, (page - 1) * PER_PAGE),
        page=page,
        pages=pages,
        applicable=applicable,
        chosen=chosen,
        may_publish=current_account().role.may(Role.PUBLISHER),
        now=context.now(),
    )


@blueprint.get("/imports/<int(max=2147483647):import_id>/progress.json")
@allowed(Role.EDITOR)
def progress(import_id: int) -> dict[str, object]:
    """Say how far the reading is.

    Raises:
        NotFoundError: there is no such import.
    """
    file = store.get(db.current(), import_id)
    return {"status": file.status, "done": file.done, "total": file.total}


@blueprint.get("/imports/<int(max=2147483647):import_id>/faults.csv")
@allowed(Role.EDITOR)
def faults(import_id: int) -> Response:
    """Give the refused rows with their reasons.

    Raises:
        NotFoundError: there is no such import.
    """
    file = store.get(db.current(), import_id)
    rows = import_rows.rows(db.current(), import_id, (Outcome.REFUSED, Outcome.STALE))
    cells = (
        (str(fault.line), fault.column, fault.reason, row.service_id or "", row.service_name or "")
        for row in rows
        for fault in row.faults
    )
    return _csv(table_text(_FAULT_COLUMNS, cells), f"faults-{file.id}.csv")


@blueprint.get("/export.csv")
@allowed(Role.EDITOR)
def export() -> Response:
    """Give the whole directory as one sheet that can be taken in again."""
    return _csv(sheet_text(services.everything(db.current())), "sosdir-sheet.csv")


@blueprint.post("/imports/<int(max=2147483647):import_id>/read")
@allowed(Role.EDITOR)
def read_again(import_id: int) -> AnyResponse:
    """Read the file anew, compared with the directory as it is now.

    Raises:
        NotFoundError: there is no such import, or it is closed.
    """
    intake.start(_path(), import_id, context.now().date())
    return _to(import_id)


@blueprint.post("/imports/<int(max=2147483647):import_id>/choose")
@allowed(Role.EDITOR)
def choose(import_id: int) -> AnyResponse:
    """Keep which rows are taken, and go to the page asked for.

    Raises:
        NotFoundError: there is no such import, or it is closed.
    """
    with db.changing(_path()) as database:
        _keep_choice(database, import_id)
        if request.form.get("all") in {"0", "1"}:
            import_rows.choose_all(database, import_id, is_chosen=request.form["all"] == "1")
    show, _, page = request.form.get("go", "").partition(":")
    if not show:
        show, page = request.form.get("show", ""), request.form.get("page", "")
    return _to(import_id, show=show, page=page)


@blueprint.post("/imports/<int(max=2147483647):import_id>/draft")
@allowed(Role.EDITOR)
def draft(import_id: int) -> AnyResponse:
    """Write the chosen rows as drafts, which wait for a publisher.

    Raises:
        NotFoundError: there is no such import, or it is closed.
    """
    return _apply(import_id, as_draft=True)


@blueprint.post("/imports/<int(max=2147483647):import_id>/publish")
@allowed(Role.PUBLISHER)
def publish(import_id: int) -> AnyResponse:
    """Make the chosen rows public.

    Raises:
        NotFoundError: there is no such import, or it is closed.
    """
    return _apply(import_id, as_draft=False)


@blueprint.post("/imports/<int(max=2147483647):import_id>/discard")
@allowed(Role.EDITOR)
def discard(import_id: int) -> AnyResponse:
    """Close an import; what was applied stays applied.

    Raises:
        NotFoundError: there is no such import, or it is closed.
    """
    with db.changing(_path()) as database:
        _open_file(database, import_id)
        store.close(database, import_id, Status.DISCARDED, context.now())
    flash("取り込みを閉じました。送られたファイルは消しました。")
    return redirect(url_for(".imports"), 303)


def _apply(import_id: int, *, as_draft: bool) -> AnyResponse:
    with db.changing(_path()) as database:
        _keep_choice(database, import_id)
        is_read = store.get(database, import_id).status is Status.READY
        if is_read:
            applied = apply_import(database, import_id, author(), context.now(), as_draft=as_draft)
    if is_read:
        _log.info("import written", extra={**asdict(applied), "as_draft": as_draft})
        _tell(applied, as_draft=as_draft)
    else:
        flash("まだ読み終わっていません。終わってから、もう一度押してください。", "caution")
    return _to(import_id)


def _tell(applied: Applied, *, as_draft: bool) -> None:
    if applied == Applied(0, 0, 0):
        flash("選ばれた行がありません。取り込む行に印をつけてください。", "caution")
    if applied.applied:
        done = (
            "下書きとして取り込みました。公開担当の人の確認を待ちます。"
            if as_draft
            else "公開しました。"
        )
        flash(f"{applied.applied}件を{done}")
    if applied.stale:
        told = (
            "読み取りのあとで変わっていたため、書きませんでした。「もう一度読む」で比べ直せます。"
        )
        flash(f"{applied.stale}件は、{told}", "caution")
    if applied.refused:
        flash(f"{applied.refused}件は、決まりに合わないため、書きませんでした。", "caution")


def _keep_choice(database: db.Database, import_id: int) -> None:
    _open_file(database, import_id)
    shown = read_lines(request.form, "shown")
    import_rows.choose(database, import_id, shown, read_lines(request.form, "line"))


def _open_file(database: db.Database, import_id: int) -> ImportFile:
    file = store.get(database, import_id)
    if not file.is_open:
        raise NotFoundError("This import is closed.")
    return file


def _list_page(errors: list[str]) -> str:
    return render_template(
        "admin/imports.html",
        errors=[("file", "", each) for each in errors],
        files=store.newest(db.current()),
        labels=STATUS_LABELS,
        form=UploadForm(),
        max_megabytes=MAX_BYTES // 1_000_000,
        now=context.now(),
    )


def _to(import_id: int, show: str = "", page: str = "") -> AnyResponse:
    where = url_for(".import_preview", import_id=import_id, show=show or None, page=page or None)
    return redirect(where, 303)


def _csv(text: str, name: str) -> Response:
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _path() -> Path:
    settings = context.settings()
    return settings.database
