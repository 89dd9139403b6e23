"""Dated figures over time."""

from dataclasses import replace
from datetime import date

import pytest

from sosdir import evidence
from sosdir.locales import SPEECH, find
from sosdir.locales.speech import speech
from sosdir.models import EvidenceLevel, Service, Statistic
from sosdir.presentation import Figures
from sosdir.presentation.figures import figures
from tests.cast import NOON, a_service, a_source

FRIENDS = "LINE友だち数"


def a_figure(value: int, year: int, *sources: str, name: str = FRIENDS) -> Statistic:
    return Statistic(name, value, date(year, 4, 1), sources or ("minato-sos-s1",))


def told(*statistics: Statistic, **changes: object) -> tuple[Figures, ...]:
    sources = (a_source("minato-sos"), a_source("minato-sos", 2))
    return figures(a_service(statistics=statistics, sources=sources, **changes), SPEECH)


def test_figures_of_one_name_stand_together_in_the_order_of_their_days() -> None:
    found = told(a_figure(1200, 2026), a_figure(7, 2025, name="相談件数"), a_figure(300, 2024))
    assert [each.name for each in found] == [FRIENDS, "相談件数"]
    assert [(each.value, each.day) for each in found[0].figures] == [
        ("300", "2024年4月1日"),
        ("1,200", "2026年4月1日"),
    ]


def test_a_figure_points_at_the_page_that_states_it_or_at_those_that_may() -> None:
    (found,) = told(
        a_figure(1, 2025, "minato-sos-s2"), a_figure(2, 2026, "minato-sos-s1", "minato-sos-s2")
    )
    assert [(each.sources, each.sources_are_certain) for each in found.figures] == [
        ((2,), True),
        ((1, 2), False),
    ]


def test_one_figure_alone_is_no_line() -> None:
    (found,) = told(a_figure(3, 2025))
    assert found.chart is None


def test_a_line_runs_in_time_and_its_height_begins_at_nought() -> None:
    (found,) = told(a_figure(100, 2024), a_figure(50, 2025), a_figure(0, 2026))
    assert found.chart is not None
    lefts = [x for x, _ in found.chart.points]
    assert lefts == sorted(lefts)
    heights = [found.chart.base - y for _, y in found.chart.points]
    assert heights[0] == 2 * heights[1]
    assert heights[2] == 0
    assert found.chart.path.count("L") == 2


def test_nothing_but_noughts_is_a_flat_line() -> None:
    (found,) = told(a_figure(0, 2024), a_figure(0, 2026))
    assert found.chart is not None
    assert {y for _, y in found.chart.points} == {found.chart.base}


def test_the_day_is_said_in_the_readers_language() -> None:
    (found,) = figures(a_service(statistics=(a_figure(3, 2025),)), speech(find("en")))
    assert "2025" in found.figures[0].day
    assert "年" not in found.figures[0].day


@pytest.mark.parametrize(
    ("level", "shown"), [(EvidenceLevel.CONFIRMED, 1), (EvidenceLevel.UNCONFIRMED, 0)]
)
def test_figures_of_a_withheld_service_are_withheld(level: EvidenceLevel, shown: int) -> None:
    service: Service = replace(a_service(statistics=(a_figure(3, 2025),)), evidence=level)
    published = evidence.publish(service, NOON.date()).service
    assert len(figures(published, SPEECH)) == shown
