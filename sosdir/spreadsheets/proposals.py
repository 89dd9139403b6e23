"""Hold what a row of a file comes to, and what there is to say of it, while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sosdir.errors import Fault
from sosdir.models import Service


@dataclass(slots=True)
class Proposal:
    """Hold the service that a row says, with what was repaired and what is wrong.

    Args:
        line: of the file on which the row begins.
        service_id: that the row names or was given, empty where there is none.
        name: of the service, for people to know it by.
        base: the service as it is, None when it is new.
        service: as it is to be, None when a fault keeps it from being built.
        notes: sentences on what was repaired or assumed.
        faults: what refuses the row.
        columns: what the file calls a fact of the service, by its name, or a part, by its kind
            and 0-based place: ``channel_2``, or a whole column such as 電話番号.
    """

    line: int
    service_id: str = ""
    name: str = ""
    base: Service | None = None
    service: Service | None = None
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    columns: dict[tuple[str, int] | str, str] = field(default_factory=dict)

    def refuse(self, column: str, reason: str) -> None:
        """Add a fault of this row.

        Args:
            column: as the header names it, empty for the whole row.
            reason: what is wrong and what to do.
        """
        self.faults.append(Fault("", self.line, column, reason))

    def note(self, sentence: str) -> None:
        """Add a sentence on what was repaired or assumed, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def place(self, fault: Fault) -> Fault:
        """Return a fault of the service as a fault of this row.

        Args:
            fault: of a check of the whole service, by the package's files and columns.
        """
        word, at = fault.file.removesuffix(".csv"), fault.line - 2
        column = "sources" if fault.column == "source_ids" else fault.column
        if word == "service_area":
            column = "service_areas"
        elif word != "service":
            told_as = self.columns.get((word, at), f"{word}_{at + 1}")
            column = f"{told_as}_{column}" if told_as.isascii() else told_as
        return Fault("", self.line, self.columns.get(column, column), fault.reason)
