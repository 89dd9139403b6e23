"""A file is encrypted for the holder of a key, and for nobody else."""

from pathlib import Path

import pyrage
import pytest

from sosdir import sealing
from sosdir.errors import SealError


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, Path]:
    """Give a public key, and the file of its secret one as ``age-keygen`` writes it."""
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# created: 2026-11-25\n{identity}\n", encoding="utf-8")
    return str(identity.to_public()), file


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    file = tmp_path / "plain"
    file.write_bytes("ひみつ".encode() * 100_000)
    return file


def test_what_was_sealed_comes_back_byte_for_byte(
    keys: tuple[str, Path], plain: Path, tmp_path: Path
) -> None:
    sealed, again = tmp_path / "sealed", tmp_path / "again"
    sealing.seal(plain, sealed, [keys[0]])
    assert sealing.is_sealed(sealed)
    assert not sealing.is_sealed(plain)
    assert "ひみつ".encode() not in sealed.read_bytes()
    sealing.unseal(sealed, again, keys[1])
    assert again.read_bytes() == plain.read_bytes()


def test_another_key_opens_nothing(keys: tuple[str, Path], plain: Path, tmp_path: Path) -> None:
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    sealing.seal(plain, tmp_path / "sealed", [stranger])
    with pytest.raises(SealError, match="cannot be opened"):
        sealing.unseal(tmp_path / "sealed", tmp_path / "again", keys[1])


def test_a_damaged_file_is_told(keys: tuple[str, Path], plain: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "sealed"
    sealing.seal(plain, sealed, [keys[0]])
    content = bytearray(sealed.read_bytes())
    content[len(content) // 2] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(SealError, match="cannot be opened"):
        sealing.unseal(sealed, tmp_path / "again", keys[1])


def test_what_is_no_key_is_refused(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(SealError, match="public key"):
        sealing.seal(plain, tmp_path / "sealed", ["age1nobody"])


def test_a_file_without_keys_is_refused_and_not_repeated(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(SealError) as told:
        sealing.unseal(plain, tmp_path / "again", plain)
    assert "ひみつ" not in str(told.value)
