"""The plugin that CI runs with: a skipped test fails there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run_pytest(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin on one invented test file."""
    (folder / "test_invented.py").write_text(source, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.no_skips", "-p", "no:cacheprovider"]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\n@pytest.mark.skip('no browser')\ndef test_page(): pass\n",
        "import pytest\ndef test_page(): pytest.skip('no browser')\n",
        "import pytest\npytest.skip('no browser', allow_module_level=True)\n",
    ],
    ids=["marked", "called", "whole module"],
)
def test_a_skip_fails_and_tells_its_reason(tmp_path: Path, source: str) -> None:
    run = run_pytest(tmp_path, source)
    assert run.returncode != 0
    assert "nothing may be skipped here" in run.stdout
    assert "no browser" in run.stdout


def test_passing_and_expected_failures_stay_what_they_are(tmp_path: Path) -> None:
    source = (
        "import pytest\n"
        "def test_good(): pass\n"
        "@pytest.mark.xfail\n"
        "def test_known_fault(): assert False\n"
    )
    run = run_pytest(tmp_path, source)
    assert run.returncode == 0, run.stdout
    assert "1 passed, 1 xfailed" in run.stdout
