"""The gate before every page of the admins: who asks, may she, and did she send it herself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from sosdir import context
from sosdir.auth import cookies, refusals
from sosdir.auth.forgery import refuse_forged
from sosdir.auth.marks import Rule, rule_of
from sosdir.auth.refusals import RefusalError
from sosdir.auth.signing_in import find_account, is_fresh, require
from sosdir.errors import SecretKeyError

SIGN_IN = "admin_sign_in.sign_in"
SET_UP = "admin_account.account"
STALE = "大切な設定を変えるときは、念のため、もう一度サインインしてください。"
_BLUEPRINTS = "admin_"


def in_admin() -> bool:
    """Tell whether the request at hand is for the admins' side, where there is one."""
    if context.settings().read_only:
        return False
    return cookies.is_of_admins(request.path) or (request.blueprint or "").startswith(_BLUEPRINTS)


def gate() -> Response | None:
    """Answer in place of the view where the request may not reach it; None where it may.

    Raises:
        RefusalError: it may not, and signing in would not help.
    """
    if not in_admin() or request.endpoint is None:
        return None
    _refuse_unready()
    rule = rule_of(current_app.view_functions.get(request.endpoint))
    if rule is None:
        current_app.logger.error("%s has no rule: mark it with @allowed", request.endpoint)
        raise RefusalError(403, refusals.NO_RULE)
    turned_away = _turn_away(rule)
    if turned_away is not None:
        return turned_away
    _allow_body(rule)
    refuse_forged()
    return None


def _refuse_unready() -> None:
    try:
        cookies.make_key()
    except SecretKeyError as error:
        current_app.logger.error("%s", error)
        raise RefusalError(503, refusals.NO_KEY, retry_after=60) from error
    if not request.is_secure and not cookies.on_this_machine(request):
        current_app.logger.warning(
            "An admin's page was asked for over plain HTTP. Is there a proxy? Set SOSDIR_PROXIES"
        )
        raise RefusalError(403, refusals.INSECURE)


def _turn_away(rule: Rule) -> Response | None:
    """Lead one who is not signed in, or not guarded yet, to where that is mended."""
    if rule.role is None:
        return None
    account = find_account()
    if account is None:
        return redirect(_sign_in_url(), 303)
    if not account.is_guarded and not rule.before_guarded:
        return redirect(url_for(SET_UP), 303)
    require(rule.role)
    if rule.fresh and not is_fresh():
        flash(STALE, "caution")
        return redirect(_sign_in_url(again=1), 303)
    return None


def _sign_in_url(**told: Any) -> str:
    """Return where to sign in, and where to go on to afterwards if that is a page to look at."""
    if request.method not in {"GET", "HEAD"}:
        return url_for(SIGN_IN, **told)
    wanted = request.full_path if request.query_string else request.path
    return f"{url_for(SIGN_IN)}?{urlencode({'next': wanted, **told})}"


def _allow_body(rule: Rule) -> None:
    """Let a body be as long as the rule says; it has not been read yet."""
    if rule.max_body is not None:
        request.max_content_length = rule.max_body
        request.max_form_memory_size = rule.max_body
    if rule.max_parts is not None:
        request.max_form_parts = rule.max_parts
