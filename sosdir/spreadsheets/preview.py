"""Say of each row what it comes to, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from sosdir import evidence
from sosdir.checking import check_service
from sosdir.errors import UploadError
from sosdir.models import NATIONWIDE, Service
from sosdir.revising import compare
from sosdir.spreadsheets import municipal
from sosdir.spreadsheets.columns import nearest, understand
from sosdir.spreadsheets.decoding import Sheet
from sosdir.spreadsheets.facilities import FacilityReader
from sosdir.spreadsheets.known import Known
from sosdir.spreadsheets.proposals import Proposal
from sosdir.spreadsheets.sheet import SheetReader
from sosdir.store.import_rows import ImportRow, Outcome
from sosdir.vocabulary import NATIONWIDE_LABEL

Reader = SheetReader | FacilityReader

# Beyond these, no more names are compared with ours.
MAX_COLUMNS_TRIED = 200

_WAITING_DRAFT = (
    "この窓口には、公開を待つ下書きがあります。先に下書きを公開するか取り下げてから、"
    "もう一度読んでください。"
)
_UNSEEN = "確認のあとで連絡先が変わるため、確認日を外し、確かさを出典から決めました。"
_USED_ID = "この識別子は前に使われました。二度は使えません。別の識別子にしてください。"


def reader_for(sheet: Sheet, known: Known) -> Reader:
    """Return the reader of a file's columns.

    Args:
        sheet: the file, decoded.
        known: the directory as it is.

    Raises:
        UploadError: its columns are neither ours nor the municipal standard's, or it has no rows.
    """
    if _is_ours(sheet.header):
        reader: Reader = SheetReader(sheet.header, known)
    elif municipal.is_municipal(sheet.header):
        reader = FacilityReader(sheet.header, known)
    else:
        raise UploadError(_strange_header(sheet.header))
    if not sheet.rows:
        raise UploadError("見出しだけで、行がありません。一行に一つの窓口を書いてください。")
    return reader


def preview(reader: Reader, sheet: Sheet, known: Known) -> Iterator[ImportRow]:
    """Give what each row comes to, in the order of the file.

    Args:
        reader: of its columns.
        sheet: the file, decoded.
        known: the directory as it is.
    """
    judge = _Judge(known)
    for row in sheet.rows:
        yield judge.judge(reader.read(row))


class _Judge:
    """Judge the rows of one file, which must not contradict each other."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._lines: dict[str, int] = {}

    def judge(self, proposal: Proposal) -> ImportRow:
        """Return what a row comes to."""
        key = proposal.service_id
        if key in self._lines:
            told = f"{self._lines[key]}行目と同じ窓口です。どちらかの行を消してください。"
            proposal.refuse("", told)
        elif key:
            self._lines[key] = proposal.line
        _drop_blind_check(proposal)
        service, base = proposal.service, proposal.base
        if proposal.faults or service is None:
            return self._row(proposal, Outcome.REFUSED)
        if service == base:
            return self._row(proposal, Outcome.UNCHANGED)
        self._refuse_unwritable(proposal, service)
        if proposal.faults:
            return self._row(proposal, Outcome.REFUSED)
        return self._row(proposal, Outcome.CHANGED if base else Outcome.CREATED)

    def _refuse_unwritable(self, proposal: Proposal, service: Service) -> None:
        known, rules = self._known, self._known.rules
        if service.id in known.drafted:
            proposal.refuse("", _WAITING_DRAFT)
        elif proposal.base is None and known.is_used(service.id):
            proposal.refuse("id", _USED_ID)
        successor = service.successor_id
        if successor and successor not in known.services and successor not in self._lines:
            proposal.refuse(
                "successor_id", f"「{successor}」という窓口はありません。識別子を見直してください。"
            )
        faults = check_service(service, rules.codes, rules.dead, needs_sources=service.hold is None)
        proposal.faults.extend(proposal.place(fault) for fault in faults)

    def _row(self, proposal: Proposal, outcome: Outcome) -> ImportRow:
        is_applicable = outcome in (Outcome.CHANGED, Outcome.CREATED)
        service = proposal.service if is_applicable else None
        changes = compare(proposal.base, service, self._area_name) if service else ()
        return ImportRow(
            line=proposal.line,
            outcome=outcome,
            service_id=proposal.service_id or None,
            service_name=proposal.name or None,
            opened=self._known.opened(proposal.service_id),
            service=service,
            changes=changes,
            notes=() if outcome is Outcome.UNCHANGED else tuple(proposal.notes),
            faults=tuple(proposal.faults),
        )

    def _area_name(self, code: str) -> str:
        if code == NATIONWIDE:
            return NATIONWIDE_LABEL
        gazetteer = self._known.gazetteer
        return gazetteer.get(code).full_name if gazetteer.exists(code) else code


def _drop_blind_check(proposal: Proposal) -> None:
    """Take away a check that has not seen a number of the row."""
    service, base = proposal.service, proposal.base
    if service is None or base is None:
        return
    known = evidence.without_blind_check(base, service)
    if known != service:
        proposal.service = known
        proposal.note(_UNSEEN)


def _is_ours(header: tuple[str, ...]) -> bool:
    found = understand(header)
    return "id" in found.own and (len(found.own) > 1 or any(found.groups.values()))


def _strange_header(header: tuple[str, ...]) -> str:
    likely = ((name, nearest(name)) for name in header[:MAX_COLUMNS_TRIED] if name)
    known = [(name, near) for name, near in likely if near and near != name]
    told = "".join(f"「{name[:40]}」は「{near}」のことでしょうか。" for name, near in known[:3])
    return (
        "見出しが読めません。1行目に、書き出した表と同じ見出し(id, name …)か、"
        "自治体標準オープンデータセットの見出し(全国地方公共団体コード、名称 …)を書いてください。"
        + told
    )
