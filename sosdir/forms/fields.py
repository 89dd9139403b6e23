"""The fields that the admins' forms are made of: each holds what was typed, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

SHORT = 300
LONG = 2_000
ADDRESS = 1_000
MAX_LINES = 40

_INDEX = re.compile(r"[0-9]{1,4}", re.ASCII)


def at_most(letters: int) -> Length:
    """Return the rule that a text has at most so many letters.

    Args:
        letters: the most it may have.
    """
    return Length(max=letters, message=f"{letters}文字までにしてください。")


class Text(StringField):  # type: ignore[misc]  # wtforms has no types
    """Hold one line of text."""

    def __init__(self, label: str = "", most: int = SHORT, hint: str = "", **options: Any) -> None:
        super().__init__(label, [at_most(most)], description=hint, **options)
        self.most = most

    def process_data(self, value: Any) -> None:
        """Take a value, None as an empty text."""
        self.data = "" if value is None else str(value)


class LongText(TextAreaField):  # type: ignore[misc]
    """Hold text of several lines, whatever a browser ends a line with."""

    def __init__(self, label: str = "", most: int = LONG, hint: str = "", **options: Any) -> None:
        super().__init__(label, [at_most(most)], description=hint, **options)
        self.most = most

    def process_data(self, value: Any) -> None:
        """Take a value, None as an empty text."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed, its line ends made plain."""
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n").replace("\r", "\n")


class Lines(LongText):
    """Hold a list, one item a line."""


class Secret(HiddenField):  # type: ignore[misc]
    """Hold what the form carries along unseen."""

    def process_data(self, value: Any) -> None:
        """Take a value, None as an empty text."""
        self.data = "" if value is None else str(value)


class Tick(BooleanField):  # type: ignore[misc]
    """Hold whether a box is ticked."""


class Ticks(SelectMultipleField):  # type: ignore[misc]
    """Hold any number of ticked words; what may be ticked is not known before the form is read."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", hint: str = "", **options: Any) -> None:
        super().__init__(label, description=hint, choices=[], validate_choice=False, **options)

    def process_data(self, value: Any) -> None:
        """Take a list, None as an empty one."""
        self.data = list(value or ())


class Choice(SelectField):  # type: ignore[misc]
    """Hold one member of a closed vocabulary."""

    def __init__(
        self, label: str, words: Mapping[Any, str], hint: str = "", **options: Any
    ) -> None:
        super().__init__(label, description=hint, choices=offered(words), **options)

    def process_data(self, value: Any) -> None:
        """Take a value, None as an empty text."""
        self.data = "" if value is None else str(value)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered."""
        _refuse_unoffered(self)


def asking(words: Mapping[Any, str]) -> dict[Any, str]:
    """Return words with an empty one before them, so that nothing is chosen by leaving it.

    Args:
        words: label by value.
    """
    return {"": "選んでください", **words}


class Radios(Choice, RadioField):  # type: ignore[misc]
    """Hold one of a few choices that are all in view."""


class Rows(FieldList):  # type: ignore[misc]
    """Hold a list of parts; of more than may be, one more is read, so that it can be refused."""

    def __init__(self, part: Any, label: str, most: int, **options: Any) -> None:
        super().__init__(part, label, **options)
        self.most = most

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        start = len(prefix) + 1
        found = {
            int(index)
            for name in formdata
            if name.startswith(f"{prefix}-")
            and _INDEX.fullmatch(index := name[start:].split("-")[0])
        }
        yield from sorted(found)[: self.most + 1]


def lines(text: str) -> tuple[str, ...]:
    """Return the items of a list that was typed one a line; empty lines are passed over.

    Args:
        text: as typed.
    """
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def offered(words: Mapping[Any, str]) -> list[SelectChoice]:
    """Return words as a field offers them.

    Args:
        words: label by value.
    """
    return [SelectChoice(str(value), label) for value, label in words.items()]


def _refuse_unoffered(field: Any) -> None:
    if not field.validate_choice:
        return
    values = [each.value for each in field.iter_choices()]
    if field.data not in values:
        field.data = "" if "" in values else values[0]
        raise ValidationError("選択肢の中から選び直してください。")


def truth_words(yes: str, no: str, unknown: str = "書かれていない") -> dict[str, str]:
    """Return the three choices of a fact that may be unknown.

    Args:
        yes: what to say for True.
        no: what to say for False.
        unknown: what to say where no page says.
    """
    return {"": unknown, "true": yes, "false": no}


def truth(text: str) -> bool | None:
    """Return what one of ``truth_words`` means.

    Args:
        text: the chosen value.
    """
    return {"true": True, "false": False}.get(text)


def truth_text(value: bool | None) -> str:
    """Return the choice that says a truth; the inverse of ``truth``.

    Args:
        value: None where no page says.
    """
    return "" if value is None else str(value).lower()


class Confirmation(StrEnum):
    """Tell how an admin made sure of what she writes."""

    KEEP = "keep"
    BY_PHONE = "phone"
    ON_SITE = "site"
