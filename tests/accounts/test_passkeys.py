"""What a browser answers is refused, not tripped over, however it was put together."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from webauthn.helpers import bytes_to_base64url

from sosdir.accounts import passkeys
from sosdir.accounts.passkeys import Key, Place
from sosdir.errors import PasskeyError

PLACE = Place("example.jp", "https://example.jp", "見本")
CHALLENGE = b"c" * 32
ID = b"i" * 16
# In CBOR: a list of one number, an empty map, half a map, and nothing but beginnings of lists.
NO_KEYS = [b"\x81\x01", b"\xa0", b"\xa1\x01", b"\x81" * 5_000]


def told(kind: str) -> str:
    words = {"type": kind, "challenge": bytes_to_base64url(CHALLENGE), "origin": PLACE.origin}
    return bytes_to_base64url(json.dumps(words).encode())


def answer(**response: str) -> dict[str, Any]:
    key = bytes_to_base64url(ID)
    return {"id": key, "rawId": key, "type": "public-key", "response": response}


def authenticator(flags: int) -> bytes:
    return hashlib.sha256(PLACE.host.encode()).digest() + bytes([flags]) + bytes(4)


@pytest.mark.parametrize("key", NO_KEYS, ids=lambda each: each[:4].hex())
def test_what_holds_no_key_makes_no_passkey(key: bytes) -> None:
    data = authenticator(0x45) + bytes(16) + len(ID).to_bytes(2, "big") + ID + key
    head = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"
    made = head + len(data).to_bytes(2, "big") + data
    sent = answer(
        attestationObject=bytes_to_base64url(made), clientDataJSON=told("webauthn.create")
    )
    with pytest.raises(PasskeyError):
        passkeys.read_new(PLACE, CHALLENGE, sent)


@pytest.mark.parametrize("key", NO_KEYS, ids=lambda each: each[:4].hex())
def test_what_is_no_key_proves_nothing(key: bytes) -> None:
    sent = answer(
        authenticatorData=bytes_to_base64url(authenticator(0x05)),
        clientDataJSON=told("webauthn.get"),
        signature=bytes_to_base64url(b"s" * 70),
    )
    known = Key(bytes_to_base64url(ID), bytes_to_base64url(key), 0)
    with pytest.raises(PasskeyError):
        passkeys.prove(PLACE, CHALLENGE, sent, known)


@pytest.mark.parametrize("sent", [None, [], "x", 1], ids=str)
def test_what_is_no_object_proves_nothing(sent: Any) -> None:
    known = Key(bytes_to_base64url(ID), bytes_to_base64url(b"\xa0"), 0)
    with pytest.raises(PasskeyError):
        passkeys.prove(PLACE, CHALLENGE, sent, known)
    with pytest.raises(PasskeyError):
        passkeys.read_new(PLACE, CHALLENGE, sent)


@pytest.mark.parametrize(
    "words", [b"[" * 40_000, b'{"a":' * 9_000, b'{"challenge":' + b"9" * 5_000]
)
def test_words_nested_without_end_prove_nothing(words: bytes) -> None:
    told = {"clientDataJSON": bytes_to_base64url(words), "signature": bytes_to_base64url(b"s")}
    sent = answer(attestationObject="oA", authenticatorData="oA", **told)
    known = Key(bytes_to_base64url(ID), bytes_to_base64url(b"\xa0"), 0)
    with pytest.raises(PasskeyError):
        passkeys.read_new(PLACE, CHALLENGE, sent)
    with pytest.raises(PasskeyError):
        passkeys.prove(PLACE, CHALLENGE, sent, known)
