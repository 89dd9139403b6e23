"""The list says what it understood, and each filter comes off in one tap."""

import re

import pytest
from flask.testing import FlaskClient

from tests.reading import read
from tests.views.test_home import page_of, queries_on


def test_each_word_that_was_understood_is_a_filter_with_what_dropping_it_leaves(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/?q=横浜市 夜 LINE")
    chips = dict(re.findall(r"(LINE|夜も受け付け)\s*外すと(\d+)件", page.text))
    assert set(chips) == {"LINE", "夜も受け付け"}
    for label, query in (("LINE", "need=night"), ("夜も受け付け", "channel=line")):
        answer = client.get(f"/services.json?area=141003&{query}").get_json()
        assert answer["total"] == int(chips[label])
    assert [("area", "141003"), ("need", "night")] in queries_on(page)
    assert [("area", "141003"), ("channel", "line")] in queries_on(page)


def test_dropping_one_keeps_the_other_words_as_they_were_typed(client: FlaskClient) -> None:
    page = page_of(client, "/?q=夜 ピッコラーレ")
    assert [("q", "ピッコラーレ")] in queries_on(page)
    assert [("need", "night")] in queries_on(page)


def test_a_girl_who_cannot_speak_is_shown_no_phone_as_the_way(client: FlaskClient) -> None:
    html = client.get("/?q=声を出せない 横浜市").get_data(as_text=True)
    buttons = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    calls = re.findall(r'class="call[^"]*" href="([^"]+)"', buttons)
    assert calls
    assert not [link for link in calls if link.startswith("tel:")]


def test_the_state_shown_is_that_of_the_channels_asked_for(client: FlaskClient) -> None:
    def state(query: str) -> str:
        answer = client.get(f"/services.json?area=141003&at=2026-11-25T21:45&{query}").get_json()
        return {each["id"]: each["state"] for each in answer["services"]}["ninshin-sos-yokohama"]

    assert state("channel=phone") == "open"
    assert state("channel=line") == "closed"
    assert state("need=text_only") == "messages"


def test_what_was_recognised_stands_in_the_data_form(client: FlaskClient) -> None:
    answer = client.get("/services.json?q=渋谷区で夜LINE").get_json()
    assert answer["recognised"] == [
        {"facet": "need", "value": "night", "label": "夜も受け付け", "phrase": "夜"},
        {"facet": "channel", "value": "line", "label": "LINE", "phrase": "line"},
    ]
    assert client.get("/services.json?q=渋谷区").get_json()["recognised"] == []


def test_other_times_are_one_tap_away(client: FlaskClient) -> None:
    page = page_of(client, "/?area=14")
    for label, at in (("今夜20時", "2026-11-25"), ("土曜日20時", "2026-11-28")):
        assert label in page.text
        assert [("area", "14"), ("at", f"{at}T20:00")] in queries_on(page)
    assert [("area", "14"), ("at", "2026-11-29T14:00")] in queries_on(page)


def test_nothing_now_says_when_the_same_is_answered(client: FlaskClient) -> None:
    page = page_of(client, "/?area=13&state=open&channel=in_person&at=2026-11-25T20:00")
    assert "次に話せるのは11月26日(木)15時00分(1件)" in page.text
    later = [dict(query) for query in queries_on(page) if ("at", "2026-11-26T15:00") in query]
    assert later
    answer = client.get("/services.json", query_string=later[0]).get_json()
    assert [each["id"] for each in answer["services"]] == ["wakasapo-tokyo"]


def test_nothing_found_says_which_one_filter_to_drop(client: FlaskClient) -> None:
    page = page_of(client, "/?q=沖縄県 今 会って&at=2026-11-25T23:00")
    for label, left in re.findall(r"「([^」]+)」を外す\((\d+)件\)", page.text):
        query = {"いま話せる": "channel=in_person", "会って話す": "state=open"}[label]
        address = f"/services.json?area=47&at=2026-11-25T23:00&{query}"
        assert client.get(address).get_json()["total"] == int(left) > 0


@pytest.mark.parametrize("path", ["/?need=wings", "/services.json?need=night,wings"])
def test_a_need_that_there_is_not_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_needs_may_be_parted_by_commas(client: FlaskClient) -> None:
    one = client.get("/services.json?need=night,weekend").get_json()
    other = client.get("/services.json?need=night&need=weekend").get_json()
    assert one["services"] == other["services"] != []


def test_a_line_whose_line_account_is_sought_says_so_and_not_that_all_is(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/?q=渋谷区 夜 LINE")
    assert "LINEの連絡先は確認中です" in page.text


def test_the_map_understands_the_same_words(client: FlaskClient) -> None:
    page = read(client.get("/map?q=神奈川県 夜 LINE"))
    assert "夜も受け付け" in page.text


def test_where_the_way_asked_for_is_not_known_another_one_is_a_button(client: FlaskClient) -> None:
    html = client.get("/?q=渋谷区 夜 LINE").get_data(as_text=True)
    buttons = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    assert "LINEの連絡先は確認中です" in buttons
    assert "tel:0120783449" in re.findall(r'class="call[^"]*" href="([^"]+)"', buttons)


def test_nothing_is_called_now_where_another_time_is_asked_about(client: FlaskClient) -> None:
    there = page_of(client, "/?area=14&at=2026-11-28T20:00").text
    assert "この時間の状態" in there
    assert "この時間に話せる順" in there
    _, _, tools = there.partition("しぼりこむ")
    assert "いま話せる順" not in tools
    assert "いまの状態" in page_of(client, "/?area=14").text
