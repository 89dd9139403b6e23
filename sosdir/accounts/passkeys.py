"""Passkeys (WebAuthn): what the browser is asked for, and whether its answer proves anything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sosdir.accounts.records import Account
from sosdir.errors import PasskeyError

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

# The library takes as much memory as all the pages of a visitor; only who signs in loads it.


@dataclass(frozen=True, slots=True)
class Place:
    """Name where a passkey counts.

    Args:
        host: the domain it belongs to, without a port.
        origin: the one address a browser may use it at, such as ``https://example.jp``.
        name: of the site, as the browser shows it.
    """

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """Hold what is known of a passkey; none of it is secret.

    Args:
        credential_id: base64url.
        public_key: COSE, base64url.
        sign_count: of its uses, 0 for ever where it does not count.
    """

    credential_id: str
    public_key: str
    sign_count: int


def ask_for_new(
    place: Place, account: Account, challenge: bytes, known: Iterable[str]
) -> dict[str, Any]:
    """Return what the browser is given to make a passkey, ready for JSON.

    Args:
        place: where it is to count.
        account: whose.
        challenge: random, used once.
        known: ids of those the account has already.
    """
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=place.name,
        user_id=f"account {account.id}".encode("ascii"),
        user_name=account.login,
        user_display_name=account.name,
        challenge=challenge,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(known),
    )
    return _plain(options)


def read_new(place: Place, challenge: bytes, answer: Any) -> Key:
    """Return the passkey that a browser made.

    Args:
        place: where it is to count.
        challenge: that it was asked with.
        answer: of the browser, as parsed from JSON.

    Raises:
        PasskeyError: the answer proves nothing.
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    _refuse_shapeless(answer)
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, LookupError, TypeError) as error:
        raise PasskeyError("The browser's answer makes no passkey.") from error
    return Key(
        webauthn.helpers.bytes_to_base64url(made.credential_id),
        webauthn.helpers.bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def ask_for_known(place: Place, challenge: bytes, known: Iterable[str] = ()) -> dict[str, Any]:
    """Return what the browser is given to prove that it holds a passkey, ready for JSON.

    Args:
        place: where it counts.
        challenge: random, used once.
        known: ids of those that will do; any will do where there are none.
    """
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        challenge=challenge,
        allow_credentials=_descriptors(known),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _plain(options)


def credential_id(answer: Any) -> str:
    """Return the id of the passkey that an answer names; nothing is proved by it.

    Args:
        answer: of the browser, as parsed from JSON.

    Raises:
        PasskeyError: it names none.
    """
    _refuse_shapeless(answer)
    named = answer.get("id")
    if not isinstance(named, str) or not named.isascii():
        raise PasskeyError("The browser's answer names no passkey.")
    return named


def prove(place: Place, challenge: bytes, answer: Any, key: Key) -> int:
    """Return the new count of uses of a passkey that signed the challenge.

    Args:
        place: where it counts.
        challenge: that it was asked with.
        answer: of the browser, as parsed from JSON.
        key: as known; a count that does not rise betrays a copy.

    Raises:
        PasskeyError: the answer proves nothing.
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    _refuse_shapeless(answer)
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=webauthn.base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, LookupError, TypeError) as error:
        raise PasskeyError("The browser's answer proves nothing.") from error
    return proved.new_sign_count


def _plain(options: Any) -> dict[str, Any]:
    import webauthn

    plain: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return plain


def _descriptors(ids: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers import base64url_to_bytes, structs

    return [structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in ids]


def _refuse_shapeless(answer: Any) -> None:
    if not isinstance(answer, dict):
        raise PasskeyError("The browser's answer is no passkey.")
