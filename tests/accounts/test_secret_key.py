"""The secret key: made once, by whoever comes first, readable by its owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sosdir.accounts import secret_key
from sosdir.errors import SecretKeyError


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    key = secret_key.keep(home)
    assert len(key) >= 64
    assert secret_key.keep(home) == key
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    secret_key.keep(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_all_who_come_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key.keep(tmp_path), range(40)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("content", ["", "too short", "鍵" * 40])
def test_what_is_no_key_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret_key").write_text(content, encoding="utf-8")
    with pytest.raises(SecretKeyError, match="secret_key"):
        secret_key.keep(tmp_path)


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SecretKeyError, match="SOSDIR_SECRET_KEY"):
        secret_key.keep(tmp_path / "file" / "home")
