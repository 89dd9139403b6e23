"""Write down who did what on the admins' side, and who was refused: one line an act.

A line names the route and the account's number, and nothing that was typed: people type passwords
where the login belongs. Nor does it name an address.
"""

from __future__ import annotations

import contextlib
import logging
from http import HTTPStatus

from flask import Response, request

from sosdir.auth import half_way
from sosdir.auth.gate import in_admin
from sosdir.auth.signing_in import find_account
from sosdir.errors import DatabaseError

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Looking changes nothing, so that of it only what was refused is told.
_REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})

_log = logging.getLogger(__name__)
# Whatever the rest keeps silent about, this is told.
_log.setLevel(logging.INFO)


def write_down(response: Response) -> Response:
    """Tell the log of an act on the admins' side and how it was answered.

    Args:
        response: as answered; it goes on as it is.
    """
    if in_admin() and (request.method not in _SAFE or response.status_code in _REFUSED):
        _log.info(
            "%s %s: %d, account %s",
            request.method,
            request.endpoint or "no route",
            response.status_code,
            _who(),
        )
    return response


def _who() -> str:
    """Return the number of the account that is signed in, or half way."""
    with contextlib.suppress(DatabaseError):
        account = find_account()
        if account is not None:
            return str(account.id)
        found = half_way.find()
        if found is not None:
            return f"{found.account.id} (password only)"
    return "none"
