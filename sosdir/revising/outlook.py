"""Say what the public will see of a service, before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sosdir import evidence
from sosdir.evidence import Age
from sosdir.models import EvidenceLevel, Service, ServiceStatus

AGE_WARNINGS = {
    Age.FRESH: "",
    Age.DUE: "半年以上確認していないことも示します。",
    Age.OVERDUE: "1年以上確認していないことも示します。",
}


def outlook(service: Service, day: date) -> tuple[str, ...]:
    """Return what the public sees of a service on a day, in sentences.

    Args:
        service: as it is to be stored.
        day: in Japan.
    """
    if not evidence.is_public(service):
        return (f"公開されません。公開しない理由:{service.hold}",)
    if service.status is ServiceStatus.DEFUNCT:
        return (_ended(service),)
    return tuple(_listed(service, day))


def _ended(service: Service) -> str:
    if service.successor_id:
        return f"一覧から消えます。ページは、引き継いだ窓口({service.successor_id})へつながります。"
    return "一覧から消えます。ページには、終了したことと、次に頼れる窓口への案内が出ます。"


def _listed(service: Service, day: date) -> Iterator[str]:
    published = evidence.publish(service, day)
    yield f"一覧に出ます。「{published.label}」として示します。{AGE_WARNINGS[published.age]}"
    if evidence.is_resting(service):
        yield "休止中と示し、連絡先とそのボタンは出ません。"
    elif published.withheld:
        yield "番号、アドレス、住所は出ません。名称、運営者、地域、公式サイトだけが出ます。"
    elif service.contact_missing:
        yield "「連絡先は確認中」と示します。"
    elif service.evidence is EvidenceLevel.REPORTED:
        yield "番号は、報道・他機関によるものとして出ます。"
    else:
        yield "番号や受付時間がそのまま出ます。"
