"""Instants are written so that their texts compare as they do."""

from datetime import UTC, timedelta

from sosdir.store.instants import instant_of, text_of
from tests.cast import NOON


def test_an_instant_is_read_as_it_was_written() -> None:
    assert instant_of(text_of(NOON)) == NOON
    assert instant_of(None) is None


def test_texts_compare_as_instants_do_whatever_their_zone() -> None:
    later = [NOON + timedelta(microseconds=1), NOON + timedelta(seconds=1)]
    texts = [text_of(each) for each in (NOON.astimezone(UTC), *later)]
    assert texts == sorted(texts)
    assert len({len(each) for each in texts}) == 1
