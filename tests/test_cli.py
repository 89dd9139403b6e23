"""The commands, as a person or a script calls them."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sosdir import __version__, db
from sosdir.cli import main
from sosdir.store import packages, revisions, services
from tests.cast import a_service, the_cast
from tests.conftest import DATA

COMMANDS = (
    "serve",
    "load",
    "export",
    "reindex",
    "hours",
    "search",
    "backup",
    "restore",
    "doctor",
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give a caller of the commands in a home of its own; ``home=`` names another."""
    for name in ("PORT", "SOSDIR_HOST", "SOSDIR_EXIT_URL", "SOSDIR_CONTACT_URL", "SOSDIR_HSTS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, home: Path = tmp_path / "home", **environ: str) -> Result:
        environ["SOSDIR_HOME"] = str(home)
        return CliRunner().invoke(main, arguments, env=environ, prog_name="sosdir")

    return call


def services_in(home: Path) -> int:
    """Count the services of a home."""
    database = db.open_for_reading(home / "sosdir.db")
    try:
        return packages.count(database)
    finally:
        database.close()


@pytest.fixture
def broken_package(tmp_path: Path) -> Path:
    """Give a folder whose package has two faults in the channels."""
    folder = tmp_path / "broken"
    shutil.copytree(DATA, folder)
    channels = folder / "channel.csv"
    lines = channels.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(",phone,", ",pigeon,")
    lines[3] = lines[3].replace("Mo-Fr 08:30-17:15", "Mo-Fr 08:30-")
    channels.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_command_tells_what_it_does(
    run: Callable[..., Result], command: tuple[str, ...]
) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage: sosdir")
    # The first sentence of the help stands below the usage.
    assert result.output.splitlines()[2].strip().endswith(".")


def test_help_names_every_command(run: Callable[..., Result]) -> None:
    assert set(COMMANDS) <= set(main.commands)
    output = run("--help").output
    assert [name for name in main.commands if name not in output] == []


def test_the_version_is_told(run: Callable[..., Result]) -> None:
    assert run("--version").output == f"sosdir, version {__version__}\n"


@pytest.mark.parametrize(
    ("expression", "at", "told"),
    [
        ("Mo-Fr 10:00-16:00", "2026-11-25T12:00", "open\t2026-11-25T16:00:00+09:00"),
        ("Mo-Fr 10:00-16:00", "2026-11-25T03:00Z", "open\t2026-11-25T16:00:00+09:00"),
        ("Mo-Fr 10:00-16:00", "2026-11-25T12:00+09:00", "open\t2026-11-25T16:00:00+09:00"),
        ("Mo-Fr 10:00-16:00", "2026-11-27T16:00", "closed\t2026-11-30T10:00:00+09:00"),
        ("24/7", "2026-11-25T12:00", "open\t-"),
        ("Mo-Fr", "2026-11-25T12:00", "unknown\t2026-11-28T00:00:00+09:00"),
        (
            "Ｍｏ－Ｆｒ １０：００〜１６：００",
            "2026-11-25T12:00",
            "open\t2026-11-25T16:00:00+09:00",
        ),
    ],
)
def test_hours_prints_the_state_a_tab_and_the_next_change(
    run: Callable[..., Result], expression: str, at: str, told: str
) -> None:
    result = run("hours", expression, "--at", at)
    assert (result.exit_code, result.stdout) == (0, f"{told}\n")


def test_hours_without_an_instant_are_of_now(run: Callable[..., Result]) -> None:
    result = run("hours", "24/7")
    assert result.stdout == "open\t-\n"


@pytest.mark.parametrize("expression", ["Mo-Fr 10:00-", "xyz", "25:00-26:00 Mo", "月〜金 10:00"])
def test_a_bad_expression_exits_2_with_the_reason(
    run: Callable[..., Result], expression: str
) -> None:
    result = run("hours", expression, "--at", "2026-11-25T12:00")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_the_place_of_the_fault_is_told(run: Callable[..., Result]) -> None:
    assert "文字目" in run("hours", "Mo-Fr 10:00-16:00; Xx 10:00-12:00").stderr


@pytest.mark.parametrize("at", ["yesterday", "2026-13-01", "1999-01-01T00:00"])
def test_a_bad_instant_exits_2_with_the_reason(run: Callable[..., Result], at: str) -> None:
    for command in (("hours", "24/7"), ("search", "横浜")):
        result = run(*command, "--at", at)
        assert result.exit_code == 2
        assert "Error: at: " in result.stderr


def test_load_fills_the_database_without_a_bar_in_a_pipe(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    result = run("load")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1
    count = services_in(tmp_path / "home")
    assert count > 100
    assert f"{count} 件" in result.stdout


def test_a_first_load_writes_no_history(run: Callable[..., Result], tmp_path: Path) -> None:
    run("load")
    assert run("load").exit_code == 0
    with db.reading(tmp_path / "home" / "sosdir.db") as database:
        assert revisions.latest_numbers(database) == {}


def test_a_load_over_other_facts_keeps_what_was_there(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    home = cast_home(a_service("ninshin-sos-tokyo"), a_service("minato-sos"))
    assert run("load", home=home).exit_code == 0
    with db.reading(home / "sosdir.db") as database:
        everyone = {each.id for each in services.everything(database)}
        assert set(revisions.latest_numbers(database)) == {"minato-sos"} | everyone
        new, old = revisions.of_service(database, "ninshin-sos-tokyo")
        assert (old.service, new.author.name) == (a_service("ninshin-sos-tokyo"), "sosdir load")
        assert new.service == services.get(database, "ninshin-sos-tokyo")


def test_load_if_empty_leaves_what_is_there(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    home = cast_home()
    result = run("load", "--if-empty", home=home)
    assert (result.exit_code, result.output) == (0, "")
    assert services_in(home) == len(the_cast())


def test_load_if_empty_fills_what_is_empty(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("load", "--if-empty").exit_code == 0
    assert services_in(tmp_path / "home") > 100


def test_a_faulty_package_is_refused_with_every_fault_by_its_place(
    run: Callable[..., Result], cast_home: Callable[..., Path], broken_package: Path
) -> None:
    home = cast_home()
    result = run("load", str(broken_package), home=home)
    assert result.exit_code == 1
    assert "channel.csv:2:kind: " in result.stderr
    assert "channel.csv:4:hours: " in result.stderr
    assert "2 件の誤りがあります" in result.stderr
    assert result.stdout == ""
    assert services_in(home) == len(the_cast())


def test_a_faulty_package_makes_no_database(
    run: Callable[..., Result], broken_package: Path, tmp_path: Path
) -> None:
    assert run("load", str(broken_package)).exit_code == 1
    assert not (tmp_path / "home" / "sosdir.db").exists()


def test_a_folder_that_is_not_there_is_refused(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("load", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_a_folder_without_a_package_is_refused(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("load", str(tmp_path / "empty"))
    assert result.exit_code == 1
    assert "service.csv" in result.stderr


def test_a_home_that_cannot_be_made_is_told(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("load", home=tmp_path / "file" / "home")
    assert result.exit_code == 1
    assert "Error: " in result.stderr
    assert "Traceback" not in result.output


def test_export_writes_back_what_was_loaded(
    run: Callable[..., Result], shipped_home: Path, tmp_path: Path
) -> None:
    result = run("export", str(tmp_path / "out"), home=shipped_home)
    assert result.exit_code == 0
    told = [Path(line).name for line in result.stdout.splitlines()]
    assert sorted(told) == sorted(path.name for path in DATA.iterdir())
    for name in told:
        assert (tmp_path / "out" / name).read_bytes() == (DATA / name).read_bytes(), name


def test_export_to_a_file_is_refused(
    run: Callable[..., Result], shipped_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    assert run("export", str(tmp_path / "file"), home=shipped_home).exit_code == 2
    assert run("export", str(tmp_path / "file" / "x"), home=shipped_home).exit_code == 1


def test_reindex_makes_the_index_anew(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    home = cast_home()
    database = db.open_for_writing(home / "sosdir.db")
    with database.atomic():
        database.execute("DELETE FROM service_text")
        database.execute("DELETE FROM service_index")
    database.close()
    assert json.loads(run("search", "みなと", "--json", home=home).stdout)["total"] == 0
    assert run("reindex", home=home).exit_code == 0
    assert json.loads(run("search", "みなと", "--json", home=home).stdout)["total"] > 0


@pytest.mark.parametrize(
    "command", [("serve",), ("export", "out"), ("search", "横浜"), ("reindex",)]
)
def test_without_a_database_every_command_says_what_to_do(
    run: Callable[..., Result], tmp_path: Path, command: tuple[str, ...]
) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert "sosdir load" in result.stderr
    assert not (tmp_path / "home" / "sosdir.db").exists()


def test_search_prints_a_table(run: Callable[..., Result], cast_home: Callable[..., Path]) -> None:
    result = run("search", "横浜", "--at", "2026-11-25T12:00", home=cast_home())
    assert result.exit_code == 0
    head, *rows = result.stdout.splitlines()
    assert head == "5件・11月25日(水)12時00分の予定"
    first = next(row for row in rows if "みなとSOS" in row)
    assert "03-0000-0001" in first
    assert "03-0000-0005" not in result.stdout
    assert "確認中" in next(row for row in rows if "むかし" in row)


def test_search_prints_the_json_of_the_site(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    result = run("search", "横浜", "電話", "--at", "2026-11-25T12:00", "--json", home=cast_home())
    answer = json.loads(result.stdout)
    assert answer["at"] == "2026-11-25T12:00:00+09:00"
    assert answer["place"]["name"] == "横浜市"
    assert answer["services"][0]["id"] == "minato-sos"
    assert answer["services"][0]["url"] == "/services/minato-sos"


def test_search_without_an_instant_is_of_now(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    answer = json.loads(run("search", "--json", home=cast_home()).stdout)
    told = datetime.fromisoformat(answer["at"])
    assert abs(datetime.now(told.tzinfo) - told) < timedelta(minutes=2)


def test_search_asks_back_which_place_is_meant(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    result = run("search", "府中市", home=cast_home())
    assert result.exit_code == 0
    assert "どちらですか: 東京都府中市、広島県府中市" in result.stdout


def test_search_says_when_nothing_was_found(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    result = run("search", "zzzzzz", home=cast_home())
    assert result.exit_code == 0
    assert result.stdout.startswith("0件")


def test_a_long_search_is_refused(
    run: Callable[..., Result], cast_home: Callable[..., Path]
) -> None:
    result = run("search", "あ" * 300, home=cast_home())
    assert result.exit_code == 2
    assert "Error: q: " in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("SOSDIR_EXIT_URL", "javascript:alert(1)"),
        ("SOSDIR_CONTACT_URL", "nobody"),
        ("SOSDIR_HSTS", "maybe"),
    ],
)
def test_a_bad_setting_stops_every_command_with_a_sentence(
    run: Callable[..., Result], name: str, value: str
) -> None:
    for command in (("serve",), ("hours", "24/7")):
        result = run(*command, **{name: value})
        assert result.exit_code == 1
        assert result.stderr.startswith(f"Error: {name} must be ")
        assert result.stdout == ""


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_bad_port_is_refused(run: Callable[..., Result], port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2


@pytest.mark.parametrize("command", ["", "fly", "hours", "export"])
def test_a_call_that_lacks_something_fails(run: Callable[..., Result], command: str) -> None:
    assert run(*command.split()).exit_code == 2


def sosdir(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, in a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "sosdir", *arguments],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(DATA.parent), **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_process_of_its_own_answers_and_fails_like_the_others(tmp_path: Path) -> None:
    # A server far away from Japan, with the plainest of locales.
    elsewhere = {"SOSDIR_HOME": str(tmp_path), "TZ": "America/New_York", "LC_ALL": "C"}
    good = sosdir("hours", "Mo-Fr 10:00-16:00", "--at", "2026-11-25T12:00", **elsewhere)
    assert (good.returncode, good.stdout) == (0, "open\t2026-11-25T16:00:00+09:00\n")
    bad = sosdir("serve", **elsewhere, PORT="abc")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert bad.stderr == "Error: PORT must be a number from 1 to 65535, not 'abc'.\n"


def test_on_a_terminal_a_bar_is_shown(tmp_path: Path) -> None:
    reader, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sosdir", "load"],
        env={"PATH": "/usr/bin:/bin", "SOSDIR_HOME": str(tmp_path), "PYTHONPATH": str(DATA.parent)},
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    # Linux answers EIO when the last writer has closed the terminal, others answer nothing.
    with contextlib.suppress(OSError):
        while chunk := os.read(reader, 65536):
            shown += chunk
    os.close(reader)
    assert process.wait(timeout=60) == 0
    assert "読み込み" in shown.decode()
    assert "100%" in shown.decode()


def test_serve_listens_where_it_is_told_and_logs_no_query(
    run: Callable[..., Result], shipped_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    class Listener:
        def __init__(self, target: str, **options: object) -> None:
            asked.update(options, target=target)

        def serve(self) -> None:
            asked["serving"] = True

    monkeypatch.setattr("sosdir.serving.Server", Listener)
    # The log of the tests stays as it is.
    monkeypatch.setattr("sosdir.serving.logs.begin", lambda form: asked.update(form=form))
    # A reader: the home is shared, and a writer would write into it that it lives.
    environ = {"PORT": "8123", "SOSDIR_READ_ONLY": "1"}
    result = run("serve", "--host", "127.0.0.2", home=shipped_home, **environ)
    assert result.exit_code == 0
    assert "http://127.0.0.2:8123/" in result.stdout
    assert (asked["address"], asked["port"]) == ("127.0.0.2", 8123)
    assert asked["log_access"] is False
    assert asked["target"] == "sosdir.serving:public_door"
    assert asked["serving"] is True
    assert asked["form"] == "text"
