"""What is heavy waits apart from what is light, in every language."""

import pytest

from sosdir.weights import HEAVY, LIGHT, weight


@pytest.mark.parametrize("path", ["/", "/areas/14", "/en/areas/14", "/services/a", "/search", "/x"])
def test_a_page_is_light(path: str) -> None:
    assert weight(path) == LIGHT


@pytest.mark.parametrize(
    "path", ["/offline/14", "/en/offline/14", "/services.csv", "/feed.xml", "/open-data/sosdir.db"]
)
def test_what_reads_every_line_is_heavy(path: str) -> None:
    assert weight(path) == HEAVY


@pytest.mark.parametrize("path", ["/healthz", "/static/js/exit.js", "/robots.txt"])
def test_what_belongs_to_a_page_weighs_nothing(path: str) -> None:
    assert weight(path) == 0


def test_what_planners_count_weighs_something() -> None:
    assert LIGHT < weight("/coverage") < HEAVY
