"""People say what they need in their own words, written together or apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosdir.areas import Gazetteer
from sosdir.models import ChannelKind, DataPackage, Need, State
from sosdir.needs import phrases, read
from sosdir.text import words


def filters_in(text: str) -> list[str]:
    return [f"{each.facet}:{each.value}" for each in read(words(text)).found]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("今", ["state:open"]),
        ("いますぐ", ["state:open"]),
        ("夜", ["need:night"]),
        ("夜LINEで話せる", ["need:night", "channel:line"]),
        ("夜にLINEで", ["need:night", "channel:line"]),
        ("ＬＩＮＥ", ["channel:line"]),
        ("ライン", ["channel:line"]),
        ("LINE相談", ["channel:line"]),
        ("英語で電話", ["lang:en", "channel:phone"]),
        ("電話・メール", ["channel:phone", "channel:email"]),
        ("声が出せない", ["need:text_only"]),
        ("声を出せません", ["need:text_only"]),
        ("電話できない", ["need:text_only"]),
        ("電話は無理です", ["need:text_only"]),
        ("お金がない", ["need:costs"]),
        ("ついてきてほしい", ["need:accompaniment"]),
        ("付き添い", ["need:accompaniment"]),
        ("泊まるところ", ["need:shelter"]),
        ("家に帰れない", ["need:shelter"]),
        ("彼氏", ["need:partners"]),
        ("彼女が妊娠した", ["need:partners"]),
        ("中高生です", ["need:teens"]),
        ("１６歳", ["need:teens"]),
        ("24時間対応", ["need:around_the_clock"]),
        ("24 時間", ["need:around_the_clock"]),
        ("土日祝", ["need:weekend", "need:holiday"]),
        ("無料で匿名", ["need:free", "anonymous:true"]),
        ("名前を言いたくない", ["anonymous:true"]),
        ("会って話したい", ["channel:in_person"]),
        ("中国語", ["lang:zh"]),
        ("やさしい手話", []),
        ("手話", ["lang:jsl"]),
        ("english", ["lang:en"]),
        ("call tonight", ["channel:phone", "need:night"]),
        ("I can't talk", ["need:text_only"]),
        ("a place to stay", ["need:shelter"]),
        ("中文 晚上", ["lang:zh", "need:night"]),
        ("밤 전화", ["need:night", "channel:phone"]),
        ("ban đêm", ["need:night"]),
        ("sem dinheiro", ["need:costs"]),
        ("walang bayad", ["need:free"]),
        ("राति", ["need:night"]),
    ],
)
def test_words_are_read_as_needs(text: str, filters: list[str]) -> None:
    assert filters_in(text) == filters


@pytest.mark.parametrize(
    "text",
    [
        "にんしんSOS東京", "妊娠SOS", "ほっとライン", "オンライン相談", "コアLINE",
        "思春期・FP相談LINE", "10代・20代の妊娠SOS新宿",
        "若年妊産婦の居場所", "中絶費用", "彼氏が怖い", "日本語", "夫婦",
        "今治", "夜久野", "@kagopre", "lineage", "freedom", "相談", "妊娠",
    ],
)  # fmt: skip
def test_names_and_other_sentences_stay_words(text: str) -> None:
    assert filters_in(text) == []
    assert read(words(text)).rest == words(text)


def test_what_stands_behind_a_need_still_has_to_match() -> None:
    reading = read(words("夜の妊娠SOS"))
    assert [each.value for each in reading.found] == ["night"]
    assert reading.rest == ("妊娠sos",)


def test_a_negation_is_not_read_as_its_opposite() -> None:
    assert filters_in("電話は無理") == ["need:text_only"]
    assert filters_in("電話以外") == ["need:text_only"]
    assert filters_in("LINE以外") == []


def test_every_phrase_means_a_filter_that_there_is() -> None:
    known = {
        "need": set(map(str, Need)),
        "channel": set(map(str, ChannelKind)),
        "state": set(map(str, State)),
        "anonymous": {"true"},
    }
    for phrase, filters in phrases().items():
        assert filters, phrase
        for facet, value in filters:
            assert facet == "lang" or str(value) in known[facet], phrase


def test_every_need_can_be_said_in_words() -> None:
    said = {value for filters in phrases().values() for facet, value in filters if facet == "need"}
    assert said == set(map(str, Need))


def test_no_phrase_is_the_name_of_a_place(gazetteer: Gazetteer) -> None:
    named = {
        place.name.removesuffix(kind)
        for place in (*gazetteer.prefectures, *gazetteer.municipalities)
        for kind in ("", place.name[-1])
    }
    named |= {place.short_romaji.lower() for place in gazetteer.municipalities}
    assert named & set(phrases()) == set()


def test_no_name_of_a_line_or_of_who_runs_it_is_a_phrase(package: DataPackage) -> None:
    names = {" ".join(words(each.name)) for each in (*package.services, *package.organizations)}
    assert names & set(phrases()) == set()


@given(st.text(max_size=40))
def test_any_text_is_read_and_no_word_is_invented(text: str) -> None:
    reading = read(words(text))
    joined = " ".join(words(text))
    assert all(each.phrase in joined for each in reading.found)
    assert all(word in joined for word in reading.rest)


def test_a_very_long_text_is_left_as_it_is() -> None:
    assert read(words("夜" * 200)).found == ()
    assert len(read(("夜",) * 100).found) < 100
