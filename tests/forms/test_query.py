"""What a person or a program may write behind the question mark."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from sosdir.errors import InputError
from sosdir.forms.query import BadParametersError, read_query
from sosdir.models import ChannelKind, Focus, State
from sosdir.schedules import TOKYO
from sosdir.search import Query, Sort
from tests.cast import NOON, TODAY


def ask(text: str) -> Query:
    """Read what stands behind the question mark of an address."""
    return read_query(MultiDict(parse_qsl(text, keep_blank_values=True)), NOON)


def refusal(text: str) -> dict[str, str]:
    """Return the reasons why an address is refused."""
    with pytest.raises(BadParametersError) as caught:
        ask(text)
    return caught.value.reasons


def test_nothing_asked_means_everything_now() -> None:
    assert ask("") == Query(at=NOON, today=TODAY)


def test_empty_parameters_are_as_if_they_were_not_there() -> None:
    empty = "q=&area=&channel=&focus=&state=&anonymous=&lang=&offers=&at=&sort=&page="
    assert ask(empty) == Query(at=NOON, today=TODAY)


def test_unknown_parameters_are_passed_over() -> None:
    assert ask("utm_source=x&Q=y") == Query(at=NOON, today=TODAY)


def test_every_parameter_is_read() -> None:
    query = ask(
        "q=横浜&area=14&channel=line&focus=pregnancy_sos&state=open&anonymous=1&lang=英語"
        "&offers=同行支援&at=2026-11-28T20:00&sort=near&page=2"
    )
    assert query == Query(
        at=datetime(2026, 11, 28, 20, 0, tzinfo=TOKYO),
        today=TODAY,
        text="横浜",
        area="14",
        channel=(ChannelKind.LINE,),
        focus=(Focus.PREGNANCY_SOS,),
        state=(State.OPEN,),
        anonymous=True,
        lang=("en",),
        offers=("同行支援",),
        sort=Sort.NEAR,
        page=2,
    )


@pytest.mark.parametrize("text", ["channel=line,phone", "channel=line&channel=phone,line"])
def test_choices_are_parted_by_commas_or_repeated(text: str) -> None:
    assert ask(text).channel == (ChannelKind.LINE, ChannelKind.PHONE)


def test_an_offer_keeps_its_comma() -> None:
    assert ask("offers=妊娠,出産の相談&offers=").offers == ("妊娠,出産の相談",)


def test_of_a_parameter_with_one_value_the_first_counts() -> None:
    assert ask("page=2&page=3").page == 2


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-11-28T20:00", 20),
        ("2026-11-28T20:00:00", 20),
        ("2026-11-28 20:00", 20),
        ("2026-11-28T20:00%2B09:00", 20),
        ("2026-11-28T20:00:00%2B0900", 20),
        ("2026-11-28T11:00Z", 20),
        ("2026-11-28T11:00-00:00", 20),
        ("2026-11-28", 0),
        ("%202026-11-28T20:00%20", 20),
    ],
)
def test_an_instant_without_a_zone_is_of_tokyo(written: str, hour: int) -> None:
    at = ask(f"at={written}").at
    assert at == datetime(2026, 11, 28, hour, 0, tzinfo=TOKYO)
    assert at.utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize(
    "written",
    ["2026-11-28T20:00+09:00", "2026-11-28T20:00:00+0900", "2026-11-28T20:00:00.5+09:00"],
)
def test_a_plus_sign_lost_in_an_address_is_mended(written: str) -> None:
    at = ask(f"at={written}").at
    assert at.replace(microsecond=0) == datetime(2026, 11, 28, 20, 0, tzinfo=TOKYO)


@pytest.mark.parametrize(
    "written",
    [
        "now",
        "20時",
        "2026-13-01T00:00",
        "2026-11-28T25:00",
        "2026-11-28T20:00%2B99:99",
        "0001-01-01T00:00",
        "0001-01-01T00:00%2B14:00",
        "9999-12-31T23:59Z",
        "2019-12-31T23:59",
        "2041-01-01T00:00",
        "2040-12-31T15:00Z",
        "1764043200",
        "%00",
        "2026-11-28T20:00" + "0" * 10_000,
    ],
)
def test_an_instant_out_of_all_reason_is_refused(written: str) -> None:
    assert list(refusal(f"at={written}")) == ["at"]


@pytest.mark.parametrize("written", ["2020-01-01T00:00", "2040-12-31T23:59"])
def test_the_first_and_the_last_day_are_taken(written: str) -> None:
    assert ask(f"at={written}").at == datetime.fromisoformat(written).replace(tzinfo=TOKYO)


@pytest.mark.parametrize("written", ["0", "-1", "1e99", "½", "٣", "２", "1.5", "x", "9" * 5000])
def test_a_page_that_is_no_plain_number_from_one_is_refused(written: str) -> None:
    assert list(refusal(f"page={written}")) == ["page"]


def test_leading_zeros_do_not_change_a_page() -> None:
    assert ask("page=000000000012").page == 12


@pytest.mark.parametrize("written", ["1", "123", "１４", "1４", "14100３", "x", "-1", "00000000"])
def test_an_area_that_is_no_code_is_refused(written: str) -> None:
    assert list(refusal(f"area={written}")) == ["area"]


@pytest.mark.parametrize("name", ["channel", "focus", "state"])
def test_an_unknown_choice_is_refused_with_the_known_ones(name: str) -> None:
    reasons = refusal(f"{name}=pigeon")
    assert list(reasons) == [name]
    known = {"channel": "web_form", "focus": "maternity", "state": "messages"}[name]
    assert known in reasons[name]


@pytest.mark.parametrize("written", ["1", "true", "on", "YES"])
def test_anonymous_may_be_wanted(written: str) -> None:
    assert ask(f"anonymous={written}").anonymous is True


@pytest.mark.parametrize("written", ["0", "false", "off", "No"])
def test_anonymous_may_not_matter(written: str) -> None:
    assert ask(f"anonymous={written}").anonymous is False


@pytest.mark.parametrize("text", ["anonymous=maybe", "sort=cheap"])
def test_other_words_are_refused(text: str) -> None:
    assert list(refusal(text)) == [text.partition("=")[0]]


def test_a_long_text_is_refused_with_the_limit() -> None:
    assert ask("q=" + "あ" * 200).text == "あ" * 200
    assert "200" in refusal("q=" + "あ" * 201)["q"]


@pytest.mark.parametrize("name", ["lang", "offers"])
def test_too_many_or_too_long_words_are_refused(name: str) -> None:
    assert list(refusal("&".join(f"{name}={n}" for n in range(21)))) == [name]
    assert list(refusal(f"{name}={'あ' * 201}")) == [name]
    # Each link of a page repeats them: together they may not make it huge.
    assert list(refusal("&".join(f"{name}={'あ' * 100}{n}" for n in range(6)))) == [name]
    assert len(getattr(ask("&".join(f"{name}={'あ' * 40}{n}" for n in range(10))), name)) == 10


@pytest.mark.parametrize("name", ["q", "lang", "offers"])
def test_text_of_another_encoding_is_refused(name: str) -> None:
    assert "UTF-8" in refusal(f"{name}=%89%A1%95l")[name]


def test_all_bad_parameters_are_named_at_once() -> None:
    reasons = refusal("area=x&page=0&state=asleep&q=a")
    assert set(reasons) == {"area", "page", "state"}
    assert all(reason.endswith(("。", "closed")) for reason in reasons.values())


def test_the_error_can_be_caught_as_input_and_tells_everything() -> None:
    with pytest.raises(InputError, match=r"area: .+ page: .+"):
        ask("area=x&page=0")


def test_spaces_around_a_word_do_not_count() -> None:
    assert ask("offers=%20同行%20&offers=%20").offers == ("同行",)


def test_a_language_is_asked_for_by_its_code_or_its_name() -> None:
    assert ask("lang=en&lang=英語&lang=Tiếng Việt&lang=%20").lang == ("en", "vi")


def test_more_choices_than_anyone_makes_are_refused_by_name() -> None:
    words = [f"lang=l{number}" for number in range(18)]
    words += [f"offers=o{number}" for number in range(13)]
    assert list(refusal("&".join(words))) == ["lang"]
    assert len(ask("&".join(words[1:])).lang) == 17
