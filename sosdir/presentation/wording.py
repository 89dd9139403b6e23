"""The words in which a service and its channels are shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sosdir import evidence
from sosdir.channels import DIALLED
from sosdir.evidence import Age, Published
from sosdir.locales import Speech, mark
from sosdir.models import Channel, ChannelKind, Service
from sosdir.vocabulary import CHANNEL_LABELS

CONTACT_SOUGHT = mark("連絡先は確認中です")
NUMBER_SOUGHT = mark("番号は確認中です")
PLACE_SOUGHT = mark("場所は確認中です")

_AGE_LABELS: Mapping[Age, str | None] = MappingProxyType(
    {
        Age.FRESH: None,
        Age.DUE: mark("確認から半年たちました"),
        Age.OVERDUE: mark("1年以上確認していません"),
    }
)

_ACTIONS: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.PHONE: mark("電話する"),
        ChannelKind.LINE: mark("LINEをひらく"),
        ChannelKind.CHAT: mark("チャットをひらく"),
        ChannelKind.SMS: mark("SMSを書く"),
        ChannelKind.EMAIL: mark("メールを書く"),
        ChannelKind.WEB_FORM: mark("入力フォームをひらく"),
        ChannelKind.CHATBOT: mark("自動応答をひらく"),
        ChannelKind.X: mark("Xをひらく"),
    }
)


def checked_label(service: Service, speech: Speech) -> str:
    """Say when a service was last looked at.

    Args:
        service: as published.
        speech: of the reader.
    """
    if service.checked_on:
        return speech.gettext("確認日:%(day)s", day=speech.full_date(service.checked_on))
    return speech.gettext("収集日:%(day)s", day=speech.full_date(service.collected_on))


def age_label(published: Published) -> str | None:
    """Say that a look lies long back, None where it does not.

    Args:
        published: on the day asked about.
    """
    if published.age is Age.DUE and published.service.checked_on is None:
        return mark("情報を集めてから半年たちました")
    return _AGE_LABELS[published.age]


def withheld_label(service: Service) -> str:
    """Say what of a withheld service is being sought.

    Args:
        service: as published.
    """
    if any(channel.kind in DIALLED for channel in service.channels):
        return NUMBER_SOUGHT
    return CONTACT_SOUGHT


def sought_label(service: Service, fitting: frozenset[str], speech: Speech) -> str:
    """Say that the contact is being sought, of the service or of the channels asked for.

    Args:
        service: as published.
        fitting: ids of the channels that are asked for.
        speech: of the reader.
    """
    kinds = dict.fromkeys(each.kind for each in service.channels if each.id in fitting)
    others = any(evidence.is_reachable(service, each) for each in service.channels)
    if not others or not kinds:
        return speech.gettext(CONTACT_SOUGHT)
    named = speech.listed(speech.gettext(CHANNEL_LABELS[kind]) for kind in kinds)
    return speech.gettext("%(channels)sの連絡先は確認中です", channels=named)


def unreachable_label(channel: Channel) -> str:
    """Say what is missing to reach a channel.

    Args:
        channel: as published.
    """
    is_placeless = channel.kind is ChannelKind.IN_PERSON and channel.value is None
    return PLACE_SOUGHT if is_placeless else CONTACT_SOUGHT


def action_label(kind: ChannelKind, via_website: bool, speech: Speech) -> str | None:
    """Say what pressing a channel's button does, None where it has no button.

    Args:
        kind: by which means.
        via_website: whether it leads to the operator's page.
        speech: of the reader.
    """
    if via_website:
        name = speech.gettext(CHANNEL_LABELS[kind])
        return speech.gettext("公式ページから%(channel)sへ", channel=name)
    action = _ACTIONS.get(kind)
    return speech.gettext(action) if action else None
