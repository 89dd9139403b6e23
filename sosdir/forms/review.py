"""The words that go with a decision on a draft, and with bringing back an old version."""

from __future__ import annotations

from wtforms import Form, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

MAX_WORDS = 1000
_TOO_LONG = f"{MAX_WORDS}文字までにしてください。"
_LOST = "このページを開き直して、もう一度送ってください。"


class _RevisionField(HiddenField):  # type: ignore[misc]
    """Hold the number of the revision at which a page was opened."""

    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a whole number that the database can hold, and nothing else."""
        text = valuelist[0] if valuelist else ""
        known = text.isascii() and text.isdigit() and len(text) < 19
        self.data = int(text) if known else None
        if self.data is None:
            raise ValueError(_LOST)


class _ReviewForm(Form):  # type: ignore[misc]
    opened = _RevisionField("開いたときの版", [InputRequired(_LOST)])
    why = TextAreaField("理由", [Length(max=MAX_WORDS, message=_TOO_LONG)])

    @property
    def revision(self) -> int:
        """Return the number of the revision at which the page was opened, once it is checked."""
        return int(self.opened.data or 0)

    @property
    def words(self) -> str | None:
        """Return the reason given, None where there is none."""
        return (self.why.data or "").strip() or None

    def faults(self) -> list[tuple[str, str, str]]:
        """Return id, label and first fault of each field that has one."""
        return [(each.id, each.label.text, each.errors[0]) for each in self if each.errors]


class DecisionForm(_ReviewForm):
    """Check a decision on a draft."""

    def validate_publishing(self) -> bool:
        """Tell whether it may be published; words are welcome and not needed."""
        valid: bool = self.validate()
        return valid

    def validate_rejecting(self) -> bool:
        """Tell whether it may be put aside: its author must learn why."""
        valid: bool = self.validate()
        if valid and self.words is None:
            self.why.errors = [
                "差し戻す理由を書いてください。書いた人が、次に何をすればよいか分かります。"
            ]
            return False
        return valid


class RestoringForm(_ReviewForm):
    """Check why an old version is brought back."""

    given_source = StringField("出典", [Length(max=MAX_WORDS, message=_TOO_LONG)])

    @property
    def source(self) -> str | None:
        """Return the source given, None where there is none."""
        return (self.given_source.data or "").strip() or None
