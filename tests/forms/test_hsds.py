"""The parameters of the HSDS API are read by the table, and by nothing else."""

from datetime import UTC, datetime

import pytest
from werkzeug.datastructures import MultiDict

from sosdir.forms.hsds import read_asked
from sosdir.forms.query import BadParametersError
from sosdir.hsds.asking import Asked, Format
from sosdir.hsds.endpoints import ENDPOINTS, SEARCH

SERVICES = ENDPOINTS[0].parameters


def ask(**parameters: str) -> Asked:
    return read_asked(MultiDict(parameters), SERVICES)


def test_nothing_asked_is_everything_in_brief() -> None:
    assert ask() == Asked()


def test_what_is_asked_is_read() -> None:
    term = "5D3F5A0E-6A53-5B0C-9A5E-0C9B7F4D8E21"
    asked = ask(page="2", per_page="10", format="ndjson", full="true", taxonomy_term_id=term)
    assert (asked.page, asked.per_page, asked.format) == (2, 10, Format.NDJSON)
    assert asked.full
    assert asked.taxonomy_term_id == term.lower()


@pytest.mark.parametrize("text", ["2026-11-25T03:00:00Z", "2026-11-25T12:00:00 09:00"])
def test_an_instant_is_read_with_its_zone(text: str) -> None:
    at = datetime(2026, 11, 25, 3, tzinfo=UTC)
    assert ask(modified_after=text).modified_after == at


def test_a_leap_second_is_the_second_before() -> None:
    at = datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert ask(modified_after="2016-12-31T23:59:60Z").modified_after == at


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadParametersError) as refused:
        ask(page="0", full="yes", colour="red")
    assert set(refused.value.reasons) == {"page", "full", "colour"}


def test_a_parameter_of_another_list_is_unknown() -> None:
    with pytest.raises(BadParametersError, match="search"):
        read_asked(MultiDict({"full": "true"}), (SEARCH,))
