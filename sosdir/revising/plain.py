"""Say a change of a service in plain words, for everyone.

Only what ``metadata`` may tell is told, and of it no number and no address at all: what is sent
out is copied and kept elsewhere, and a number that is right today rings at a stranger's home later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sosdir import evidence
from sosdir.models import Channel, ChannelKind, Service, ServiceStatus
from sosdir.revising.differences import Change
from sosdir.revising.metadata import shown_facts, told_changes
from sosdir.vocabulary import CHANNEL_LABELS

_DIALLED = frozenset({ChannelKind.PHONE, ChannelKind.FAX, ChannelKind.SMS})
_OWN: Mapping[str, str] = {
    "name": "窓口の名前が変わりました。",
    "focus": "窓口の種類が変わりました。",
    "answers_for": "運営のしかたが変わりました。",
    "organization": "運営する団体が変わりました。",
    "department": "担当する部署が変わりました。",
    "commissioners": "委託元の団体が変わりました。",
    "partners": "いっしょに支える団体が変わりました。",
    "programs": "事業の名前が変わりました。",
    "address": "所在地が変わりました。",
    "position": "地図の位置が変わりました。",
    "area_served": "対象地域の説明が変わりました。",
    "service_areas": "対象地域が変わりました。",
    "service_area_basis": "対象地域の確かさが変わりました。",
    "eligibility": "対象の方の説明が変わりました。",
    "fee": "費用の説明が変わりました。",
    "anonymous": "匿名で話せるかの説明が変わりました。",
    "confidentiality": "秘密の守られ方の説明が変わりました。",
    "languages": "使えることばが変わりました。",
    "staff": "応じる人の説明が変わりました。",
    "offers": "できることの説明が変わりました。",
    "website": "公式ページの住所が変わりました。",
    "status_note": "休止・終了の説明が変わりました。",
}
_OF_CHANNEL: Mapping[str, str] = {
    "hours": "%sの受付時間が変わりました。",
    "hours_text": "%sの受付時間が変わりました。",
    "languages": "%sで使えることばが変わりました。",
    "toll_free": "%sの通話料の説明が変わりました。",
    "caller_id": "%sの番号の見え方の説明が変わりました。",
    "reply": "%sの返事の来かたの説明が変わりました。",
    "note": "%sの説明が変わりました。",
    "kind": "連絡の方法が%sに変わりました。",
}
_NEW = "新しくのせました。"
_RESTING = "休止しました。"
_ENDED = "終了しました。次に頼れる窓口を、ページで案内しています。"
_AGAIN = "また受け付けています。"
_CHECKED = "連絡先を確かめて、のせました。"
_DOUBTED = "連絡先は、確かめるまでのせていません。"


def sentences(
    former: Service | None, latter: Service, stored: Service, changed_on: date, today: date
) -> tuple[str, ...]:
    """Return what the public may know of a change, a sentence each; none where that is nothing.

    Args:
        former: the service before it, None where it was not public.
        latter: the service after it.
        stored: the service as it is now.
        changed_on: the day of the change, in Japan.
        today: the day on which it is told, in Japan.
    """
    if not evidence.is_public(stored) or not evidence.is_public(latter):
        return ()
    if former is None or not evidence.is_public(former):
        return (_NEW,)
    shown = shown_facts(stored, today)
    found = [*_standing(former, latter, stored, changed_on, today)]
    for change in told_changes(former, latter, shown):
        found.extend(_sentence(change, former, latter))
    return tuple(dict.fromkeys(found))


def _standing(
    former: Service, latter: Service, stored: Service, changed_on: date, today: date
) -> Iterator[str]:
    """Say whether the line runs, and whether it can be reached by what is shown."""
    if former.status is not latter.status:
        yield {
            ServiceStatus.ACTIVE: _AGAIN,
            ServiceStatus.TEMPORARILY_CLOSED: _RESTING,
            ServiceStatus.DEFUNCT: _ENDED,
        }[latter.status]
    was, now = (evidence.publish(each, changed_on).withheld for each in (former, latter))
    if was == now or not any(each.value for each in latter.channels):
        return
    if now:
        yield _DOUBTED
    elif not evidence.publish(stored, today).withheld:
        yield _CHECKED


def _sentence(change: Change, former: Service, latter: Service) -> Iterator[str]:
    word, _, rest = change.path.partition("/")
    if word == "channel":
        yield from _of_channel(change, rest, former, latter)
    elif word in _OWN:
        yield _OWN[word]


def _of_channel(change: Change, rest: str, former: Service, latter: Service) -> Iterator[str]:
    channel_id, _, fact = rest.partition("/")
    before, after = _channel(former, channel_id), _channel(latter, channel_id)
    label = CHANNEL_LABELS[(after or before or latter.channels[0]).kind]
    if after is None:
        yield f"連絡の方法から{label}がなくなりました。"
    elif before is None:
        yield f"連絡の方法に{label}が加わりました。"
    elif fact == "value":
        what = "番号" if after.kind in _DIALLED else "連絡先"
        yield f"{label}の{what}が変わりました。いまの{what}は、窓口のページで見てください。"
    elif fact in _OF_CHANNEL:
        yield _OF_CHANNEL[fact] % label


def _channel(service: Service, channel_id: str) -> Channel | None:
    return next((each for each in service.channels if each.id == channel_id), None)
