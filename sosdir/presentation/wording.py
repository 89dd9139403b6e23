"""The words in which a service and its channels are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sosdir import evidence
from sosdir.channels import DIALLED
from sosdir.evidence import Age, Published
from sosdir.models import Channel, ChannelKind, Service
from sosdir.vocabulary import CHANNEL_LABELS

CONTACT_SOUGHT = "連絡先は確認中です"
NUMBER_SOUGHT = "番号は確認中です"
PLACE_SOUGHT = "場所は確認中です"

_AGE_LABELS: Mapping[Age, str | None] = MappingProxyType(
    {
        Age.FRESH: None,
        Age.DUE: "確認から半年たちました",
        Age.OVERDUE: "1年以上確認していません",
    }
)

_ACTIONS: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.PHONE: "電話する",
        ChannelKind.LINE: "LINEをひらく",
        ChannelKind.CHAT: "チャットをひらく",
        ChannelKind.SMS: "SMSを書く",
        ChannelKind.EMAIL: "メールを書く",
        ChannelKind.WEB_FORM: "入力フォームをひらく",
        ChannelKind.CHATBOT: "自動応答をひらく",
        ChannelKind.X: "Xをひらく",
    }
)


def japanese_date(day: date) -> str:
    """Return a day as 2026年11月23日.

    Args:
        day: to write.
    """
    return f"{day.year}年{day.month}月{day.day}日"


def checked_label(service: Service) -> str:
    """Say when a service was last looked at.

    Args:
        service: as published.
    """
    if service.checked_on:
        return f"確認日:{japanese_date(service.checked_on)}"
    return f"収集日:{japanese_date(service.collected_on)}"


def age_label(published: Published) -> str | None:
    """Say that a look lies long back, None where it does not.

    Args:
        published: on the day asked about.
    """
    if published.age is Age.DUE and published.service.checked_on is None:
        return "情報を集めてから半年たちました"
    return _AGE_LABELS[published.age]


def withheld_label(service: Service) -> str:
    """Say what of a withheld service is being sought.

    Args:
        service: as published.
    """
    if any(channel.kind in DIALLED for channel in service.channels):
        return NUMBER_SOUGHT
    return CONTACT_SOUGHT


def sought_label(service: Service, fitting: frozenset[str]) -> str:
    """Say that the contact is sought: of the service, or of those channels that are asked for.

    Args:
        service: as published.
        fitting: ids of the channels that are asked for.
    """
    kinds = dict.fromkeys(each.kind for each in service.channels if each.id in fitting)
    others = any(evidence.is_reachable(service, each) for each in service.channels)
    if not others or not kinds:
        return CONTACT_SOUGHT
    return f"{'・'.join(CHANNEL_LABELS[kind] for kind in kinds)}の{CONTACT_SOUGHT}"


def unreachable_label(channel: Channel) -> str:
    """Say what is missing to reach a channel.

    Args:
        channel: as published.
    """
    is_placeless = channel.kind is ChannelKind.IN_PERSON and channel.value is None
    return PLACE_SOUGHT if is_placeless else CONTACT_SOUGHT


def action_label(kind: ChannelKind, via_website: bool) -> str | None:
    """Say what pressing a channel's button does, None where it has no button.

    Args:
        kind: by which means.
        via_website: whether it leads to the operator's page.
    """
    if via_website:
        return f"公式ページから{CHANNEL_LABELS[kind]}へ"
    return _ACTIONS.get(kind)
