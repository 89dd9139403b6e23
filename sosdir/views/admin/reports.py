"""What the public says is wrong: the list, one report beside the facts, the answer to it."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from sosdir import context, db
from sosdir.accounts import Role
from sosdir.auth import allowed, current_account
from sosdir.errors import AnsweredError
from sosdir.forms.report import AnswerForm
from sosdir.models import Channel, Service
from sosdir.reports import ANSWER_LABELS, SUBJECT_LABELS, Answer, Reply, Report
from sosdir.store import reports as store
from sosdir.store import services
from sosdir.vocabulary import CHANNEL_LABELS, SERVICE_STATUS_LABELS

blueprint = Blueprint("admin_reports", __name__)

MOST_ANSWERED = 50


@blueprint.get("/admin/reports")
@allowed(Role.EDITOR)
def reports() -> str:
    """List the reports: those that wait first, then those answered last."""
    waiting, answered = store.waiting(db.current()), store.answered(db.current(), MOST_ANSWERED)
    return render_template(
        "admin/reports.html",
        waiting=waiting,
        answered=answered,
        names=_names([*waiting, *answered]),
        subject_labels=SUBJECT_LABELS,
        answer_labels=ANSWER_LABELS,
        now=context.now(),
    )


@blueprint.get("/admin/reports/<int(max=2147483647):number>")
@allowed(Role.EDITOR)
def report(number: int) -> str:
    """Show one report beside what the directory says now.

    Raises:
        NotFoundError: none bears that number.
    """
    return _page(store.get(db.current(), number), AnswerForm())


@blueprint.post("/admin/reports/<int(max=2147483647):number>")
@allowed(Role.PUBLISHER)
def answer(number: int) -> BaseResponse:
    """Answer a report; the label on its number is lifted.

    Raises:
        NotFoundError: none bears that number.
    """
    form = AnswerForm(request.form)
    found = store.get(db.current(), number)
    if not form.validate():
        return Response(_page(found, form), status=422)
    settings = context.settings()
    try:
        with db.changing(settings.database) as database:
            store.answer(database, number, _reply(form))
            is_doubted = found.message.channel_id in store.doubted_channels(database)
    except AnsweredError:
        flash("この報告には、ほかの人がもう答えています。その答えを残しました。", "caution")
        return redirect(url_for("admin_reports.report", number=number), 303)
    # Another report on the same number may still wait.
    lifted = "「番号の確認中」の表示も外しました。" if found.labels and not is_doubted else ""
    flash(f"報告に答えました。書かれていた連絡先は消しました。{lifted}")
    return redirect(url_for("admin_reports.reports"), 303)


def _reply(form: AnswerForm) -> Reply:
    return Reply(
        answer=Answer(form.answer.data),
        words=form.words.data.strip() or None,
        made_at=context.now(),
        made_by=current_account().name,
    )


def _page(report: Report, form: AnswerForm) -> str:
    message = report.message
    found = services.find(db.current(), [message.service_id])
    waiting = store.waiting_for(db.current(), message.service_id)
    return render_template(
        "admin/report.html",
        report=report,
        service=found[0] if found else None,
        channel=_channel(found[0], message.channel_id) if found else None,
        others=[each for each in waiting if each.id != report.id],
        form=form,
        errors=form.faults(),
        may_answer=current_account().role.may(Role.PUBLISHER),
        subject_labels=SUBJECT_LABELS,
        answer_labels=ANSWER_LABELS,
        channel_labels=CHANNEL_LABELS,
        status_labels=SERVICE_STATUS_LABELS,
        now=context.now(),
    )


def _channel(service: Service, channel_id: str | None) -> Channel | None:
    """Return the channel that a report means, None where it means none or it is gone."""
    return next((each for each in service.channels if each.id == channel_id), None)


def _names(listed: list[Report]) -> dict[str, str]:
    """Return the names of the services that reports are about, by id."""
    ids = list(dict.fromkeys(each.message.service_id for each in listed))
    return {each.id: each.name for each in services.find(db.current(), ids)}
