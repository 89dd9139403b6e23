"""Write lines as vCard 4.0 (RFC 6350), for an address book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sosdir.channels import dialled_digits
from sosdir.locales import SPEECH, Speech
from sosdir.pocket.lines import NEUTRAL_NAME, parts_line, plain_line, stable_id, text_line
from sosdir.presentation import ChannelLine, Result

_DIALLED = {"phone": "voice", "sms": "text", "fax": "fax"}


def cards(
    told: Iterable[tuple[Result, datetime]],
    speech: Speech = SPEECH,
    *,
    neutral: bool = False,
) -> bytes:
    """Return a card for each service, one after another.

    Args:
        told: services as shown, each with the instant of its last change.
        speech: of the reader.
        neutral: whether the cards bear numbers and mail addresses only, and no name.
    """
    lines = (line for each, at in told for line in _card(each, at, speech, neutral=neutral))
    return b"".join(lines)


def _card(result: Result, at: datetime, speech: Speech, *, neutral: bool) -> Iterator[bytes]:
    yield plain_line("BEGIN", "VCARD")
    yield plain_line("VERSION", "4.0")
    yield plain_line("UID", stable_id("card", "neutral" if neutral else "named", result.id))
    yield plain_line("REV", f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if neutral:
        yield text_line("FN", speech.gettext(NEUTRAL_NAME))
    else:
        yield from _names(result)
    for channel in result.channels:
        yield from _reach(channel, neutral=neutral)
    if not neutral:
        yield from _facts(result, speech)
    yield plain_line("END", "VCARD")


def _names(result: Result) -> Iterator[bytes]:
    yield plain_line("KIND", "org")
    if result.url:
        yield plain_line("SOURCE", f"{result.url}.vcf")
    yield text_line("FN", result.name, LANGUAGE="ja")
    if result.organization:
        units = (result.organization, *filter(None, [result.department]))
        yield parts_line("ORG", units, LANGUAGE="ja")


def _reach(channel: ChannelLine, *, neutral: bool) -> Iterator[bytes]:
    """Give the line that reaches a channel, none where nothing may be shown."""
    if channel.value is None:
        return
    if channel.kind in _DIALLED:
        # As the page dials it: many address books take what stands behind a number for digits,
        # and free numbers are not to be had with the country's code.
        digits = dialled_digits(channel.value)
        yield plain_line("TEL", f"tel:{digits}", VALUE="uri", TYPE=_DIALLED[channel.kind])
    elif channel.kind == "email":
        yield text_line("EMAIL", channel.value)
    elif channel.href and not neutral:
        yield plain_line("IMPP" if channel.kind == "line" else "URL", channel.href)


def _facts(result: Result, speech: Speech) -> Iterator[bytes]:
    if result.website:
        yield plain_line("URL", result.website)
    if result.address:
        yield parts_line("ADR", ("", "", result.address, "", "", "", ""), LANGUAGE="ja")
    for code in result.languages:
        yield plain_line("LANG", code)
    yield text_line("NOTE", "\n".join(_notes(result, speech)), LANGUAGE=speech.locale.tag)


def _notes(result: Result, speech: Speech) -> Iterator[str]:
    for channel in result.channels:
        if channel.doubted:
            doubt = speech.gettext("番号の確認中")
            yield f"{channel.kind_label}: {doubt}"
        hours = channel.hours_phrase or channel.hours_text
        if hours:
            yield f"{channel.kind_label}: {hours}"
    if not result.reachable:
        yield result.state_text
    if result.status_note:
        yield result.status_note
    yield f"{result.evidence_label} / {result.checked_label}"
