"""Find the bundled folders, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the folder of that name that ships with sosdir.

    An installed wheel keeps it inside the package, a checkout beside it;
    ``importlib.resources`` cannot find the second under an editable install.

    Args:
        name: ``templates``, ``static`` or ``data``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"sosdir is installed without its folder {name!r}; install it again")
