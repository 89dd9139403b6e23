"""Only what is surely a national programme is called by its name."""

import re

import pytest

from sosdir.models import DataPackage
from sosdir.partnerships import KNOWN_PROGRAMS, program_of, usages
from tests.partnerships.test_ties import a_tie


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("女性健康支援センター", "女性健康支援センター事業"),
        ("女性健康支援センター（女性健康相談窓口）", "女性健康支援センター事業"),
        ("産前・産後母子支援事業（熊本県から受託）", "産前・産後母子支援事業"),
        ("川崎市妊産婦等生活援助事業", "妊産婦等生活援助事業"),
        ("こども家庭センター", "こども家庭センター"),
    ],
)
def test_a_wording_that_surely_means_a_programme_belongs_to_it(wording: str, name: str) -> None:
    assert program_of(wording).name == name
    assert program_of(wording).is_known


@pytest.mark.parametrize(
    "wording",
    [
        "性と健康の相談支援センター事業",
        "若年妊婦支援事業",
        "子育て・女性健康支援センター事業",
        "小山市 妊産婦等見守り生活援助事業",
        "不妊・不育等相談事業",
        "産前産後サポート事業",
    ],
)
def test_a_wording_that_only_resembles_one_stands_as_itself(wording: str) -> None:
    program = program_of(wording)
    assert (program.name, program.is_known, program.about) == (wording, False, None)
    assert re.fullmatch(r"w-[0-9a-f]{12}", program.slug)


def test_the_slug_of_a_wording_never_changes() -> None:
    assert program_of("若年妊婦支援事業").slug == program_of("若年妊婦支援事業 ").slug
    assert program_of("若年妊婦支援事業").slug == "w-5d49566a7b69"


def test_the_table_is_closed_and_what_it_tells_has_a_source() -> None:
    writings = [writing for each in KNOWN_PROGRAMS for writing in each.writings]
    assert len(set(writings)) == len(writings)
    assert len({each.slug for each in KNOWN_PROGRAMS}) == len(KNOWN_PROGRAMS)
    for each in KNOWN_PROGRAMS:
        assert each.name in each.writings
        assert (each.about is None) == (each.source is None)


def test_every_known_writing_with_a_remark_is_one_that_the_data_has(package: DataPackage) -> None:
    held = {wording.translate({0xFF08: "(", 0xFF09: ")"}) for each in package.services
            for wording in each.programs}  # fmt: skip
    remarked = {each for known in KNOWN_PROGRAMS for each in known.writings if "(" in each}
    assert remarked <= held


def test_a_programme_keeps_every_wording_with_its_services() -> None:
    ties = [
        a_tie("a", programs=("女性健康支援センター", "女性健康支援センター事業")),
        a_tie("b", programs=("女性健康支援センター", "見本事業")),
    ]
    found = usages(ties)
    assert [each.program.name for each in found.values()] == [
        "女性健康支援センター事業",
        "見本事業",
    ]
    usage = found["josei-kenko-shien-center"]
    assert [(wording, len(held)) for wording, held in usage.wordings] == [
        ("女性健康支援センター", 2),
        ("女性健康支援センター事業", 1),
    ]
    assert [each.service_id for each in usage.ties] == ["a", "b"]
    assert usage.areas == ("14",)
