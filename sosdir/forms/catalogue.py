"""Read what an admin looks for in the list of services; what cannot be read asks for nothing."""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.store.catalogue import Wanted

MAX_TEXT = 200
_AREA = re.compile(r"\d{2}|\d{6}", re.ASCII)
_PAGE = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_STATUSES = {*map(str, ServiceStatus), "hold", "draft"}


def read_wanted(parameters: MultiDict[str, str]) -> tuple[Wanted, int]:
    """Return what is looked for, and the page of the list.

    Args:
        parameters: of the address.
    """
    area, page = parameters.get("area", ""), parameters.get("page", "1")
    status, level = parameters.get("status", ""), parameters.get("evidence", "")
    wanted = Wanted(
        text=parameters.get("q", "")[:MAX_TEXT].strip(),
        area=area if _AREA.fullmatch(area) else "",
        status=status if status in _STATUSES else "",
        evidence=level if level in set(map(str, EvidenceLevel)) else "",
    )
    return wanted, int(page) if _PAGE.fullmatch(page) else 1
