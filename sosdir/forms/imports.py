"""The forms of an import: the file, and which of its rows are taken."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FileField, Form
from wtforms.validators import InputRequired

from sosdir.forms.query import BadParametersError
from sosdir.store.import_rows import Outcome

MAX_NAME = 100
_CHOOSE = "CSVのファイルを選んでください。"
_NO_LETTER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LINE = re.compile("[1-9][0-9]{0,8}")
# As many as one page shows, and some more.
_MOST_LINES = 500


class UploadForm(Form):  # type: ignore[misc]  # wtforms has no types
    """Check that a file was sent."""

    file = FileField("CSVのファイル", validators=[InputRequired(_CHOOSE)])

    def sent(self) -> tuple[str, bytes]:
        """Return the name and the bytes of the file."""
        storage: FileStorage = self.file.data
        # Some browsers send the whole path.
        name = re.split(r"[/\\]", storage.filename or "")[-1]
        name = _NO_LETTER.sub("", name).strip()[-MAX_NAME:]
        return name or "名前のないファイル", storage.read()


def read_lines(values: MultiDict[str, str], name: str) -> list[int]:
    """Return the lines of rows that a form names.

    Args:
        values: of the form.
        name: of its field.

    Raises:
        BadParametersError: one of them is no line.
    """
    found = values.getlist(name)
    if len(found) > _MOST_LINES or not all(_LINE.fullmatch(each) for each in found):
        raise BadParametersError({name: "選んだ行を読み取れませんでした。"})
    return [int(each) for each in found]


def read_view(values: Mapping[str, str], counts: Mapping[Outcome, int]) -> tuple[Outcome, int]:
    """Return which rows are asked for, and which page of them.

    What cannot be read is the first outcome that has rows, the refused first, and its first page.

    Args:
        values: of the address.
        counts: rows by outcome.
    """
    first = next((each for each in Outcome if counts[each]), Outcome.CHANGED)
    asked = values.get("show", "")
    outcome = Outcome(asked) if asked in set(Outcome) else first
    page = values.get("page", "")
    return outcome, int(page) if re.fullmatch("[1-9][0-9]{0,5}", page) else 1
