"""The alerts and the docs name only metrics that there are, and every one that there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from sosdir import db
from sosdir.links import Outcome, Verdict
from sosdir.store import heartbeats, links
from tests.cast import NOON
from tests.conftest import DATA
from tests.running import PROC

ROOT = DATA.parent
ALERTS = ROOT / "deploy" / "watching" / "alerts.yml"
SCRAPING = ROOT / "deploy" / "watching" / "prometheus.yml"
TOKEN = "t" * 32
# What Prometheus itself says of each machine it asks.
OF_PROMETHEUS = {"up"}
# What it puts to every metric, and what the example puts there.
OF_SCRAPING = {"instance", "job", "role", "le"}
OF_LINUX = (
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
    "process_open_fds",
    "process_start_time_seconds",
)
WORDS = {"sum", "by", "rate", "increase", "time", "count", "histogram_quantile", "or"}


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


@pytest.fixture
def told(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> dict[str, set[str]]:
    """Give the names of all metrics there can be, each with the names of its labels."""
    home = cast_home()
    with db.changing(home / "sosdir.db") as database:
        heartbeats.beat(database, NOON)
        verdict = Verdict("https://example.jp/minato-sos-s1", Outcome.OK, 200)
        links.save(database, [verdict], NOON - timedelta(days=1))
    app = make_app(home, metrics_token=TOKEN, read_only=True, backups=home)
    client = app.test_client()
    client.get("/")
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        for each in family.samples:
            found.setdefault(each.name, set()).update(each.labels)
    if not PROC.is_dir():
        # The library knows of processes on Linux alone.
        found |= {name: set() for name in OF_LINUX}
    return found


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_names_metrics_and_labels_that_there_are(
    rule: dict[str, Any], told: dict[str, set[str]]
) -> None:
    expression = rule["expr"]
    chosen = set(re.findall(r"(\w+)=", re.sub(r"==", "", expression)))
    grouped = {
        label.strip()
        for labels in re.findall(r"by \(([^)]*)\)", expression)
        for label in labels.split(",")
    }
    bare = re.sub(r"\{[^}]*\}|by \([^)]*\)|\[[^\]]*\]", " ", expression)
    named = set(re.findall(r"[a-z_]\w*", bare)) - WORDS
    assert named
    assert named <= told.keys() | OF_PROMETHEUS
    labels = set().union(*(told.get(name, set()) for name in named))
    assert chosen | grouped <= labels | OF_SCRAPING


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_says_how_grave_it_is_and_what_is_so(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith(".") or ":" in rule["annotations"]["summary"]


def test_each_alert_has_a_name_of_its_own() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names)) > 10


def test_the_example_scrapes_with_a_token_and_reads_the_alerts() -> None:
    example = yaml.safe_load(SCRAPING.read_text("utf-8"))
    (job,) = example["scrape_configs"]
    assert "credentials_file" in job["authorization"]
    assert {each["labels"]["role"] for each in job["static_configs"]} == {"writer", "reader"}
    assert example["rule_files"] == [ALERTS.name]


def test_the_docs_explain_every_metric_and_no_other(told: dict[str, set[str]]) -> None:
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    (table,) = re.findall(r"\| metric \|.*?\n\n", text + "\n\n", re.DOTALL)
    explained = set(re.findall(r"`((?:sosdir|process)_\w+)`", table))
    ours = {re.sub("_(bucket|sum|count|created)$", "", name) for name in told if "sosdir_" in name}
    assert {name for name in explained if name.startswith("sosdir_")} == ours
    assert {name for name in explained if name.startswith("process_")} <= told.keys()
