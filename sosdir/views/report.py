"""Take what the public says is wrong: no account, no cookie, no address kept."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from sosdir import context, db, evidence, multilingual
from sosdir.auth.cookies import make_key
from sosdir.auth.flood import is_flood
from sosdir.errors import NotFoundError, SecretKeyError
from sosdir.forms.report import ReportForm
from sosdir.forms.sealing import SealFault, fault_of_seal, seal
from sosdir.locales import mark
from sosdir.models import Service
from sosdir.store import reports, services
from sosdir.vocabulary import CHANNEL_LABELS

blueprint = Blueprint("report", __name__)

BY_ADDRESS = "5 per hour"
BY_SERVICE = "60 per hour"
# A report is short: with every letter written in its longest form it is still below this.
MAX_BODY = 32 * 1024

_SEAL_REASONS = {
    SealFault.BROKEN: mark("送信を確かめられませんでした。もう一度「送る」を押してください。"),
    SealFault.EARLY: mark(
        "受け取る準備がまだでした。少し待って、もう一度「送る」を押してください。"
    ),
    SealFault.LATE: mark("時間がたっていたので、もう一度「送る」を押してください。"),
}
_FLOOD = mark(
    "短いあいだに何度も送られたので、いまは受け取れません。"
    "1時間ほどたってから、もう一度送ってください。"
)


@blueprint.get("/report/<service_id>")
def report(service_id: str) -> BaseResponse:
    """Ask what is wrong with a service.

    Raises:
        NotFoundError: none bears that id, or the public does not see it.
    """
    service = _service(service_id)
    return _page(service, ReportForm(None, _shown_channels(service)))


@blueprint.post("/report/<service_id>")
def send(service_id: str) -> BaseResponse:
    """Keep a report, or say what to mend with all that was typed.

    Raises:
        NotFoundError: none bears that id, or the public does not see it.
    """
    if context.settings().read_only:
        # Only the writer can keep it; the proxy in front sends reports there.
        abort(503)
    request.max_content_length = MAX_BODY
    service = _service(service_id)
    form = ReportForm(request.form, _shown_channels(service))
    is_valid, fault = form.validate(), _seal_fault(service_id, form.seal.data or "")
    if fault is not None or not is_valid:
        return _page(service, form, 422, fault)
    if is_flood("report", service_id, by_address=BY_ADDRESS, by_subject=BY_SERVICE):
        return _page(service, form, 429, trouble=_FLOOD)
    settings = context.settings()
    with db.changing(settings.database) as database:
        reports.add(database, form.message(service_id), context.now())
    return _private(redirect(url_for("report.thanks", service_id=service_id), 303))


@blueprint.get("/report/<service_id>/thanks")
def thanks(service_id: str) -> str:
    """Thank for a report and say what becomes of it.

    Raises:
        NotFoundError: none bears that id, or the public does not see it.
    """
    return render_template("report_thanks.html", service=_service(service_id))


def _service(service_id: str) -> Service:
    """Return a service as the public sees it today."""
    found = services.get(db.current(), service_id)
    if not evidence.is_listed(found):
        raise NotFoundError(f"There is no service {service_id!r}.")
    return evidence.publish(found, context.now().date()).service


def _shown_channels(service: Service) -> dict[str, str]:
    """Return the channels whose value the service's page shows, in words, by id."""
    if evidence.is_resting(service):
        return {}
    return {
        each.id: f"{multilingual.current().gettext(CHANNEL_LABELS[each.kind])} {each.value}"
        for each in service.channels
        if each.value is not None
    }


def _page(
    service: Service,
    form: ReportForm,
    status: int = 200,
    fault: SealFault | None = None,
    trouble: str | None = None,
) -> BaseResponse:
    """Show the form with what was typed; a seal that still counts is kept."""
    troubles = [_SEAL_REASONS[fault]] if fault else []
    troubles += [trouble] if trouble else []
    if not form.seal.data or fault in {SealFault.BROKEN, SealFault.LATE}:
        form.seal.data = seal(_secret_key(), _purpose(service.id), context.now())
    errors = [*form.faults(), *((None, "", each) for each in troubles)]
    page = render_template("report.html", service=service, form=form, errors=errors)
    return _private(Response(page, status=status))


def _private(response: BaseResponse) -> BaseResponse:
    """Let no browser and nobody on the way keep what was typed."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _seal_fault(service_id: str, text: str) -> SealFault | None:
    return fault_of_seal(_secret_key(), _purpose(service_id), text, context.now())


def _purpose(service_id: str) -> str:
    return f"report/{service_id}"


def _secret_key() -> str:
    try:
        make_key()
    except SecretKeyError as error:
        current_app.logger.error("%s", error)
        abort(503)
    key: str = current_app.config["SECRET_KEY"]
    return key
