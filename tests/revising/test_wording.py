"""Facts, faults and actions bear names that an admin reads."""

import pytest

from sosdir.errors import Fault
from sosdir.revising import ACTION_LABELS, Action, fault_place
from sosdir.revising.facts import OWN_FIELDS, PART_FIELDS
from sosdir.revising.wording import label


def test_every_action_has_a_name() -> None:
    assert set(ACTION_LABELS) == set(Action)
    assert len(set(ACTION_LABELS.values())) == len(Action)


def test_no_two_facts_of_one_record_bear_one_name() -> None:
    for table, names in {"service": OWN_FIELDS, **PART_FIELDS}.items():
        labels = [label(name, table) for name in names]
        assert len(set(labels)) == len(labels), table
        assert all(labels)


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault("service.csv", 2, "name", "x"), "窓口の名前"),
        (Fault("channel.csv", 2, "hours", "x"), "連絡手段の1番目・受付時間(式)"),
        (Fault("channel.csv", 4, "", "x"), "連絡手段の3番目"),
        (Fault("source.csv", 3, "url", "x"), "出典の2番目・ページの住所"),
        (Fault("service_area.csv", 2, "service_id,area_code", "x"), "窓口の対象地域の1番目"),
    ],
)
def test_a_fault_says_where_it_is(fault: Fault, place: str) -> None:
    assert fault_place(fault) == place
