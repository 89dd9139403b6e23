"""The tree of errors, and how a fault reads."""

import pytest

from sosdir import errors
from sosdir.errors import DataPackageError, Fault, HoursError, SosdirError


def test_a_fault_says_where_it_is_as_an_editor_reads_it() -> None:
    assert str(Fault("channel.csv", 3, "value", "空です。")) == "channel.csv:3:value: 空です。"


def test_a_fault_of_a_whole_line_names_no_column() -> None:
    assert str(Fault("channel.csv", 3, "", "空です。")) == "channel.csv:3: 空です。"


def test_a_fault_of_a_whole_file_names_no_line() -> None:
    assert str(Fault("channel.csv", 0, "", "ありません。")) == "channel.csv: ありません。"


def test_a_package_error_tells_every_fault_on_a_line_of_its_own() -> None:
    faults = (Fault("a.csv", 1, "", "一。"), Fault("b.csv", 2, "x", "二。"))
    error = DataPackageError(faults)
    assert error.faults == faults
    assert str(error).splitlines() == ["a.csv:1: 一。", "b.csv:2:x: 二。"]


def test_an_hours_error_points_at_its_place() -> None:
    assert HoursError("読めません。", 4).position == 4
    assert HoursError("読めません。").position is None


@pytest.mark.parametrize(
    "error", [each for each in vars(errors).values() if str(each).startswith("<class")]
)
def test_every_error_can_be_caught_at_the_root(error: type) -> None:
    assert issubclass(error, SosdirError) or error is Fault
