"""The built wheel, installed in a clean environment and run from another folder.

``pip install -e .`` finds templates where a wheel may have none, so only this shows it.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = ("sosdir", "templates", "static", "data")
NAMED_IN_THE_BUILD = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".DS_Store")

REQUEST_PAGES = """
from pathlib import Path
import sys
import sosdir
from sosdir.paths import bundled

assert Path(sosdir.__file__).is_relative_to(sys.prefix), sosdir.__file__
app = sosdir.create_app()
style = next(bundled("static").rglob("*.css")).relative_to(bundled("static"))
with app.test_request_context():
    static = app.url_for("static", filename=style.as_posix())
for url in ("/", static, "/map"):
    print(url, app.test_client().get(url).status_code)
"""


@dataclass(frozen=True)
class Installed:
    """A clean environment that holds the wheel: its programs and an empty folder to stand in."""

    programs: Path
    elsewhere: Path

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs to success, and return what it printed."""
        home = {"SOSDIR_HOME": str(self.elsewhere / "home")}
        return run_in(self.elsewhere, str(self.programs / program), *arguments, **home)


def run_in(folder: Path, *command: str, **settings: str) -> str:
    """Run a command to success without the settings of the one who tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOSDIR_")}
    kept.pop("PYTHONPATH", None)
    run = subprocess.run(
        command, cwd=folder, env=kept | settings, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a build reads, so that no build/ folder lingers in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, copy / name, ignore=LEFT_OUT)
    for name in NAMED_IN_THE_BUILD:
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the setuptools at hand."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    run_in(source, *build, "--outdir", str(folder))
    return next(folder.glob("sosdir-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel alone; its dependencies are lent by a path, which no network need be.

    A folder lent by a ``.pth`` does not run the ``.pth`` files in it: the editable sosdir
    stays out.
    """
    clean = tmp_path_factory.mktemp("clean")
    venv.create(clean, symlinks=True)
    python = clean / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--no-input")
    run_in(clean, *pip, "install", "--no-deps", "--no-index", str(wheel))
    (packages,) = clean.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Installed(clean / "bin", tmp_path_factory.mktemp("elsewhere"))


def test_every_file_of_the_source_is_in_the_wheel(source: Path, wheel: Path) -> None:
    files = (path for name in SHIPPED for path in (source / name).rglob("*") if path.is_file())
    wanted = {path.relative_to(source).as_posix() for path in files}
    inside = {name if name.startswith("sosdir/") else f"sosdir/{name}" for name in wanted}
    assert inside - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_wheel_serves_pages_from_another_folder(installed: Installed) -> None:
    installed.run("sosdir", "load")
    printed = installed.run("python", "-c", REQUEST_PAGES)
    statuses = dict(line.split() for line in printed.splitlines())
    assert len(statuses) == 3
    assert set(statuses.values()) == {"200"}
