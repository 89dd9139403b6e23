"""Two changes of one notice are put together, and neither is lost in silence."""

from datetime import date

from sosdir.notices import Link, compare, merge
from tests.noticing import a_notice


def test_every_fact_that_differs_is_told_with_both_texts() -> None:
    after = a_notice(title="新しい題", until=date(2026, 12, 1), areas=("14",), links=())
    told = {each.path: (each.before, each.after) for each in compare(a_notice(), after)}
    assert told == {
        "title": ("みなとSOSの受付時間が変わります", "新しい題"),
        "links": ("横浜市のページ https://example.jp/news", ""),
        "areas": ("141003", "14"),
        "until": ("", "2026-12-01"),
    }


def test_a_new_notice_tells_all_that_it_says() -> None:
    assert "until" not in [each.path for each in compare(None, a_notice())]
    assert "title" in [each.path for each in compare(None, a_notice())]


def test_changes_of_two_facts_go_together() -> None:
    mine, theirs = a_notice(title="わたしの題"), a_notice(body="相手の本文")
    merged = merge(a_notice(), mine, theirs)
    assert (merged.notice.title, merged.notice.body) == ("わたしの題", "相手の本文")
    assert [each.path for each in merged.taken] == ["body"]
    assert merged.conflicts == ()


def test_where_both_changed_one_fact_mine_stays_and_theirs_is_shown() -> None:
    links = (Link("別のページ", "https://example.jp/other"),)
    merged = merge(a_notice(), a_notice(title="わたし"), a_notice(title="相手", links=links))
    assert merged.notice.title == "わたし"
    assert merged.notice.links == links
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "みなとSOSの受付時間が変わります",
        "わたし",
        "相手",
    )


def test_the_same_change_by_two_is_no_conflict() -> None:
    merged = merge(a_notice(), a_notice(title="同じ"), a_notice(title="同じ"))
    assert merged.conflicts == ()
