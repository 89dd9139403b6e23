"""What a page may choose of the frame that it holds, and what the address of one names."""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

from sosdir.forms.query import BadParametersError
from sosdir.locales import Told, mark

LEAST, MOST, USUAL = 1, 20, 3
_NUMBER = re.compile(r"0*[1-9]\d?", re.ASCII)
_FROM_TO = mark("%(first)sから%(last)sまでの数にしてください。")


def read_limit(parameters: MultiDict[str, str]) -> int:
    """Return how many lines of each group are shown.

    Args:
        parameters: of the address.

    Raises:
        BadParametersError: it is no such number.
    """
    text = parameters.get("limit", "").strip()
    if not text:
        return USUAL
    if not _NUMBER.fullmatch(text) or int(text) > MOST:
        raise BadParametersError({"limit": Told(_FROM_TO, first=LEAST, last=MOST)})
    return int(text)
