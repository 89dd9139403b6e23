"""Read our own sheet: what its cells say, compared with the services as they are.

A column that is missing leaves what is; an empty cell says that nothing is known. A cell that
still says what the sheet was written with is taken for the fact itself, whatever it was, so that
an export that comes back changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sosdir import records
from sosdir.errors import InputError
from sosdir.models import Basis, EvidenceLevel, Service, ServiceStatus
from sosdir.spreadsheets import repairs
from sosdir.spreadsheets.bodies import Bodies
from sosdir.spreadsheets.columns import AREAS, OWN, Header, understand
from sosdir.spreadsheets.decoding import Row
from sosdir.spreadsheets.known import Known
from sosdir.spreadsheets.parts import PartReader
from sosdir.spreadsheets.proposals import Proposal
from sosdir.spreadsheets.writing import Cells, cells_of
from sosdir.tabular import Column, read_value

# What a new service is where its row does not say; the evidence is the one that shows least.
_DEFAULTS: dict[str, str] = {
    "service_area_basis": Basis.STATED,
    "evidence": EvidenceLevel.UNCONFIRMED,
    "contact_missing": "false",
    "status": ServiceStatus.ACTIVE,
}
# A spreadsheet takes these words for dates and writes them its own way.
_DATE_LIKE = frozenset({"established"})
_BODIES = frozenset(
    {"organization_id", "organization_name", "commissioner_ids", "commissioner_names"}
)
_ID_HINT = "英小文字と数字を「-」でつないで書いてください(例 yokohama-ninshin-sos)。"
_SEPARATORS = str.maketrans(dict.fromkeys("\uff1b、,\u3000 ", ";"))


class SheetReader:
    """Read the rows of one sheet.

    Args:
        header: of the file.
        known: the directory as it is.
    """

    layout = "ours"

    def __init__(self, header: Sequence[str], known: Known) -> None:
        self.header: Header = understand(header)
        self._width = len(header)
        self._known = known
        self._parts = PartReader(self.header, known)
        self._bodies = Bodies(known)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what there is to say of the header."""
        return self.header.unknown

    def read(self, row: Row) -> Proposal:
        """Return what a row says.

        Args:
            row: of the file.
        """
        proposal = Proposal(row.line)
        if len(row.cells) > self._width:
            told = f"見出しは{self._width}列ですが、この行は{len(row.cells)}列あります。"
            proposal.refuse("", f'{told}「,」を含む欄は「"」で囲んでください。')
            return proposal
        cells = [repairs.unquoted(cell.strip().replace("\r\n", "\n")) for cell in row.cells]
        self._identify(proposal, cells)
        if proposal.faults:
            return proposal
        base_cells = cells_of(proposal.base) if proposal.base else {}
        if proposal.base and self._says_nothing_new(cells, base_cells):
            self._bodies.read(proposal, self._told_bodies(cells))
            proposal.service = proposal.base
            return proposal
        self._build(proposal, cells, base_cells)
        return proposal

    def _identify(self, proposal: Proposal, cells: Sequence[str]) -> None:
        key = cells[self.header.own["id"]]
        proposal.service_id = key
        proposal.base = self._known.services.get(key)
        name = self.header.own.get("name")
        proposal.name = cells[name] if name is not None else ""
        if proposal.base:
            proposal.name = proposal.name or proposal.base.name
            return
        try:
            read_value(OWN["id"], key)
        except InputError:
            told = f"「{key[:40]}」は識別子にできません。" if key else "窓口の識別子がありません。"
            proposal.refuse("id", told + _ID_HINT)

    def _says_nothing_new(self, cells: Sequence[str], base: Cells) -> bool:
        own = self.header.own
        return all(cells[place] == base[name] for name, place in own.items()) and (
            self._parts.says_nothing_new(cells, base)
        )

    def _build(self, proposal: Proposal, cells: Sequence[str], base_cells: Cells) -> None:
        base = proposal.base
        row: dict[str, Any] = dict(records.service_row(base)) if base else {}
        row[AREAS.name] = base.service_areas if base else ()
        for name, column in OWN.items():
            if name not in _BODIES:
                self._read_own(proposal, row, column, cells, base_cells)
        organization, commissioners = self._bodies.read(proposal, self._told_bodies(cells))
        children = self._parts.read(proposal, cells, base_cells)
        if proposal.faults:
            return
        bodies = {each.id: each for each in (organization, *commissioners) if each}
        row["organization_id"] = organization.id if organization else None
        row["commissioner_ids"] = tuple(each.id for each in commissioners)
        areas = [{"area_code": code} for code in row[AREAS.name]]
        proposal.service = records.service(row, bodies, service_areas=areas, **children)

    def _told_bodies(self, cells: Sequence[str]) -> Cells:
        return {name: cells[place] for name, place in self.header.own.items() if name in _BODIES}

    def _read_own(
        self,
        proposal: Proposal,
        row: dict[str, Any],
        column: Column,
        cells: Sequence[str],
        base: Cells,
    ) -> None:
        place = self.header.own.get(column.name)
        if place is None and proposal.base:
            return
        text = cells[place] if place is not None else ""
        if proposal.base and text == base[column.name]:
            return
        try:
            row[column.name] = self._value(proposal, column, text, base.get(column.name))
        except InputError as error:
            proposal.refuse(column.name, str(error))

    def _value(self, proposal: Proposal, column: Column, text: str, before: str | None) -> Any:
        fixed = self._fixed(column, text)
        if before is not None and (
            repairs.same_in_cp932(before, fixed) or _is_spoiled_date(column, fixed, before)
        ):
            base: Service = proposal.base  # type: ignore[assignment]
            return base.service_areas if column is AREAS else records.service_row(base)[column.name]
        if not fixed and before is None:
            fixed = self._default(proposal, column)
        elif fixed != text:
            proposal.note(f"{column.name}の「{text}」を「{fixed}」と読みました。")
        return read_value(column, fixed)

    def _fixed(self, column: Column, text: str) -> str:
        if not text:
            return text
        codes = self._known.rules.codes
        if column is AREAS:
            parts = text.translate(_SEPARATORS).split(";")
            return ";".join(
                repairs.area_code(part.strip(), codes) for part in parts if part.strip()
            )
        if column.name == "prefecture_code":
            return repairs.prefecture_code(text)
        if column.name == "municipality_code":
            return _municipality(text, codes)
        return repairs.plain(column, text)

    def _default(self, proposal: Proposal, column: Column) -> str:
        if column.name == "collected_on":
            return self._known.today.isoformat()
        default = _DEFAULTS.get(column.name, "")
        if column.name == "evidence":
            proposal.note(
                "evidence(確かさ)が無いため、「確認待ち」としました。番号は公開されません。"
            )
        return default


def _municipality(text: str, codes: Any) -> str:
    code = repairs.area_code(text, codes)
    if len(code) != 6:
        raise InputError(f"「{text}」は市区町村のコードではありません。6桁で書いてください。")
    return code


def _is_spoiled_date(column: Column, text: str, before: str) -> bool:
    return column.name in _DATE_LIKE and repairs.same_date(before, text)
