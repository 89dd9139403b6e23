"""The command that verifies links: what it asks, what it keeps, what it never changes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from sosdir import db
from sosdir.cli import links as command
from sosdir.cli import main
from sosdir.links import Outcome, Verdict
from sosdir.links.transport import Network
from sosdir.store import links, packages, services
from tests.apart import apart
from tests.cast import a_service


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the list of what was asked of an invented net, where only /minato is there."""
    heard: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(f"{request.headers['Host']}{request.url.path}")
        return httpx.Response(200 if request.url.path == "/minato" else 404)

    async def resolve(_host: str) -> list[str]:
        return ["93.184.216.34"]

    network = Network(httpx.MockTransport(answer), resolve)
    monkeypatch.setattr(command, "network", lambda: network)
    return heard


@pytest.fixture
def home(cast_home: Callable[..., Path]) -> Path:
    """Give a home with two lines, each with its own host."""
    one = a_service(website="https://one.example/minato", sources=(), channels=())
    two = a_service("other", website="https://two.example/", sources=(), channels=())
    return cast_home(one, two)


def run(home: Path, *arguments: str) -> Result:
    words, home_is = ["verify-links", *arguments], {"SOSDIR_HOME": str(home)}
    return apart(lambda: CliRunner().invoke(main, words, env=home_is))


def test_every_link_is_asked_and_what_came_of_it_is_kept(home: Path, asked: list[str]) -> None:
    result = run(home)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "2 件のリンクを確認しました。",
        "つながる: 1",
        "ページがない: 1",
    ]
    with db.reading(home / "sosdir.db") as database:
        (link,) = links.dead(database)
    assert link.verdict == Verdict("https://two.example/", Outcome.GONE, 404)


def test_no_fact_is_changed(home: Path, asked: list[str]) -> None:
    with db.reading(home / "sosdir.db") as database:
        before = packages.take_out(database)
    run(home)
    with db.reading(home / "sosdir.db") as database:
        assert packages.take_out(database) == before


def test_what_was_asked_lately_can_be_passed_over(home: Path, asked: list[str]) -> None:
    with db.changing(home / "sosdir.db") as database:
        links.save(database, [Verdict("https://one.example/minato", Outcome.OK)], datetime.now(UTC))
    result = run(home, "--only-older-than", "6")
    assert "1 件のリンク" in result.output
    assert {each.split("/")[0] for each in asked} == {"two.example"}


def test_only_so_many_are_asked(home: Path, asked: list[str]) -> None:
    assert "1 件のリンク" in run(home, "--limit", "1").output
    assert {each.split("/")[0] for each in asked} == {"one.example"}


def test_an_interruption_loses_at_most_a_batch(
    home: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "BATCH", 1)
    kept: list[Verdict] = []
    keep = command._keep

    def keep_one(settings: object, batch: list[Verdict]) -> None:
        if kept:
            raise KeyboardInterrupt
        kept.extend(batch)
        keep(settings, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "_keep", keep_one)
    assert run(home).exit_code != 0
    with db.reading(home / "sosdir.db") as database:
        assert links.last_checked(database) is not None
        assert len(links.urls(database, datetime.now(UTC).replace(year=2020))) == 1


def test_with_nothing_to_ask_it_says_so(cast_home: Callable[..., Path], asked: list[str]) -> None:
    home = cast_home(a_service(website=None, sources=(), channels=()))
    with db.reading(home / "sosdir.db") as database:
        assert len(services.everything(database)) == 1
    assert run(home).output == "0 件のリンクを確認しました。\n"
    assert asked == []


def test_without_a_database_it_cannot_run(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "no database" in result.output


@pytest.mark.parametrize("arguments", [("--limit", "0"), ("--only-older-than", "-1"), ("x",)])
def test_a_bad_option_is_told(home: Path, arguments: tuple[str, ...]) -> None:
    assert run(home, *arguments).exit_code == 2
