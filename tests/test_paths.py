"""The bundled folders are found, or their lack is told."""

import pytest

from sosdir.paths import bundled


@pytest.mark.parametrize(
    ("folder", "file"),
    [("templates", "base.html"), ("static", "css/base.css"), ("data", "service.csv")],
)
def test_each_bundled_folder_is_found(folder: str, file: str) -> None:
    assert (bundled(folder) / file).is_file()


def test_an_incomplete_installation_says_what_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match="without its folder 'nonesuch'; install it again"):
        bundled("nonesuch")
