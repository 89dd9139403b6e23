"""The columns of the data package, and how a value is written in them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.errors import InputError
from sosdir.models import Channel, Focus, Service, Source, Statistic
from sosdir.tabular import TABLE, TABLES, Column, descriptor, read_value, write_value

# What a cell may hold: letters of all kinds, no control characters, no space at its ends.
WORDS = st.text(
    st.characters(exclude_categories=("C",), exclude_characters=";"), min_size=1, max_size=20
).filter(lambda text: text == text.strip())
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))

TEXT = Column("note")
NEEDED = Column("name", required=True)
LIST = Column("offers", "list")
WHOLE = Column("value", "integer")
DEGREES = Column("latitude", "number")
TRUTH = Column("anonymous", "boolean")
DAY = Column("checked_on", "date")
CHOICE = Column("focus", enum=Focus)
CODE = Column("prefecture_code", pattern=r"^\d{2}$")


@given(WORDS | st.none())
def test_text_is_read_as_it_was_written(value: str | None) -> None:
    assert read_value(TEXT, write_value(TEXT, value)) == value


@given(st.lists(WORDS).map(tuple))
def test_a_list_is_read_as_it_was_written(value: tuple[str, ...]) -> None:
    assert read_value(LIST, write_value(LIST, value)) == value


@given(st.integers(0, 10**15 - 1) | st.none())
def test_a_whole_number_is_read_as_it_was_written(value: int | None) -> None:
    assert read_value(WHOLE, write_value(WHOLE, value)) == value


@given(st.integers(-180 * 10**5, 180 * 10**5).map(lambda steps: steps / 10**5) | st.none())
def test_a_coordinate_is_read_as_it_was_written(value: float | None) -> None:
    assert read_value(DEGREES, write_value(DEGREES, value)) == value


@given(DAYS | st.none())
def test_a_day_is_read_as_it_was_written(value: date | None) -> None:
    assert read_value(DAY, write_value(DAY, value)) == value


@pytest.mark.parametrize("value", [True, False, None])
def test_truth_is_read_as_it_was_written(value: bool | None) -> None:
    assert read_value(TRUTH, write_value(TRUTH, value)) is value


@pytest.mark.parametrize("value", [*Focus, None])
def test_a_choice_is_read_as_it_was_written(value: Focus | None) -> None:
    assert read_value(CHOICE, write_value(CHOICE, value)) is value


@given(st.sampled_from([TEXT, NEEDED, LIST, WHOLE, TRUTH, DAY, CHOICE, CODE]), st.text())
def test_a_cell_is_either_written_back_letter_for_letter_or_refused(
    column: Column, cell: str
) -> None:
    try:
        value = read_value(column, cell)
    except InputError:
        return
    assert write_value(column, value) == cell


@pytest.mark.parametrize("column", [TEXT, WHOLE, DEGREES, TRUTH, DAY, CHOICE, CODE])
def test_an_empty_cell_says_nothing(column: Column) -> None:
    assert read_value(column, "") is None


def test_an_empty_list_has_no_items() -> None:
    assert read_value(LIST, "") == ()


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (NEEDED, "", "空にできません"),
        (TEXT, " みなと", "前後に空白"),
        (TEXT, "みなと　", "前後に空白"),
        (TEXT, "みな\x00と", "目に見えない文字"),
        (TEXT, "みな\u202eと", "目に見えない文字"),
        (TEXT, "みな\u200bと", "目に見えない文字"),
        (TEXT, "みな\rと", "目に見えない文字"),
        (LIST, "一;;二", "空の項目"),
        (LIST, "一;", "空の項目"),
        (LIST, "一; 二", "前後に空白"),
        (WHOLE, "1.5", "整数ではありません"),
        (WHOLE, "007", "整数ではありません"),
        (WHOLE, "-1", "整数ではありません"),
        (WHOLE, "１２", "整数ではありません"),
        (WHOLE, "9" * 16, "整数ではありません"),
        (DEGREES, "北緯35度", "数ではありません"),
        (DEGREES, "nan", "数ではありません"),
        (DEGREES, "1e2", "数ではありません"),
        (DEGREES, "３５.１", "数ではありません"),
        (TRUTH, "はい", "true か false"),
        (TRUTH, "True", "true か false"),
        (TRUTH, "1", "true か false"),
        (DAY, "2026/11/23", "日付ではありません"),
        (DAY, "2026-02-30", "日付ではありません"),
        (DAY, "20261123", "日付ではありません"),
        (DAY, "2026-W48-1", "日付ではありません"),
        (DAY, "9999-12-31", "日付ではありません"),
        (DAY, "令和8年11月23日", "日付ではありません"),
        (CHOICE, "妊娠", "次のどれかにしてください: pregnancy_sos, womens_health, maternity"),
        (CODE, "1", "書き方が違います"),
        (CODE, "１４", "書き方が違います"),
        (TABLE["service"].columns[0], "みなと", "書き方が違います"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_with_a_sentence(
    column: Column, cell: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read_value(column, cell)
    assert str(caught.value).endswith(("。", ")", "maternity"))


@pytest.mark.parametrize(
    ("table", "name", "cell"),
    [
        ("service", "latitude", "139.63422"),
        ("service", "latitude", "-35.45033"),
        ("service", "longitude", "35.45033"),
        ("municipality", "latitude", "0"),
        ("service", "newest_source_year", "20211"),
        ("service", "newest_source_year", "21"),
    ],
)
def test_a_number_that_lies_outside_japan_or_our_time_is_refused(
    table: str, name: str, cell: str
) -> None:
    column = next(each for each in TABLE[table].columns if each.name == name)
    with pytest.raises(InputError, match=r"から\d+までの数"):
        read_value(column, cell)


@pytest.mark.parametrize("cell", ["二行\nでも", "空 白", "全角　空白", '"引用"', "a,b"])
def test_what_a_person_may_write_is_kept(cell: str) -> None:
    assert read_value(TEXT, cell) == cell


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_key_and_a_reference_name_columns_of_their_table(table: Any) -> None:
    assert set(table.key) <= set(table.header)
    for column, target in table.foreign:
        assert column in table.header
        assert TABLE[target]


@pytest.mark.parametrize(
    ("table", "record", "apart"),
    [
        ("channel", Channel, {"service_id"}),
        ("source", Source, {"service_id"}),
        ("statistic", Statistic, {"service_id"}),
        (
            "service",
            Service,
            {
                "organization_id",
                "commissioner_ids",
                "latitude",
                "longitude",
                "position_precision",
            },
        ),
    ],
)
def test_a_table_has_a_column_for_each_field_of_its_record(
    table: str, record: Any, apart: set[str]
) -> None:
    held_elsewhere = {
        "organization",
        "commissioners",
        "position",
        "service_areas",
        "channels",
        "sources",
        "statistics",
    }
    assert set(TABLE[table].header) - apart == set(record.__slots__) - held_elsewhere


def test_the_descriptor_names_every_file_and_column() -> None:
    resources = descriptor()["resources"]
    assert [each["path"] for each in resources] == [table.file for table in TABLES]
    for resource, table in zip(resources, TABLES, strict=True):
        fields = resource["schema"]["fields"]
        assert tuple(field["name"] for field in fields) == table.header
        assert all(field["title"] for field in fields)


def test_the_descriptor_states_what_a_column_allows() -> None:
    service = next(each for each in descriptor()["resources"] if each["name"] == "service")
    fields = {field["name"]: field for field in service["schema"]["fields"]}
    assert fields["id"]["constraints"]["required"]
    assert fields["focus"]["constraints"]["enum"] == [each.value for each in Focus]
    assert fields["prefecture_code"]["constraints"]["pattern"] == r"^\d{2}$"
    assert fields["offers"]["delimiter"] == ";"
    assert fields["latitude"]["constraints"] == {"minimum": 20, "maximum": 46}
    assert "constraints" not in fields["address"]
    assert service["schema"]["foreignKeys"] == [
        {
            "fields": ["organization_id"],
            "reference": {"resource": "organization", "fields": ["id"]},
        },
        {"fields": ["successor_id"], "reference": {"resource": "", "fields": ["id"]}},
    ]
