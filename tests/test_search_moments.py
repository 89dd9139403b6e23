"""One moment lasts until a channel changes its state, and not a minute longer."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from sosdir.schedules import TOKYO
from sosdir.search.coupling import Moment, Standing
from sosdir.search.index import read_index
from sosdir.search.moments import Moments

EVE = datetime(2026, 12, 30, 20, 0, tzinfo=TOKYO)


def keyed(*hours: str | None) -> frozenset[str]:
    written = (f'"{each}"' if each else "null" for each in hours)
    return frozenset(f'[["phone", {each}, [], true, []]]' for each in written)


def test_between_two_changes_it_is_one_moment() -> None:
    moments = Moments(keyed("Mo-Su 10:00-16:00", "Mo-Su 12:00-20:00", None))
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=TOKYO)
    first = moments.of(noon + timedelta(minutes=5))
    assert moments.of(noon + timedelta(hours=3, minutes=59, seconds=59)) is first
    later = moments.of(noon + timedelta(hours=4))
    assert later is not first
    assert moments.end_of(noon + timedelta(minutes=7)) == noon + timedelta(hours=4)
    # What was asked before is still known, until too many others were.
    assert moments.of(noon + timedelta(minutes=6)) is first


def test_where_nothing_ever_changes_it_is_one_moment_for_a_year() -> None:
    moments = Moments(keyed("24/7", None))
    assert moments.of(EVE) is moments.of(EVE + timedelta(days=365))
    assert moments.of(EVE) is not moments.of(EVE + timedelta(days=367))


def test_every_state_is_that_of_its_own_instant(shipped: Database) -> None:
    index = read_index(shipped)
    moments = Moments({row.channels for row in index.rows})
    keys = [(row.channels, Standing.ANSWERING) for row in index.rows]
    for step in range(0, 3 * 24 * 60, 13):
        at = EVE + timedelta(minutes=step)
        kept, new = moments.of(at), Moment(at)
        for key in keys:
            assert kept.shapes[kept.number(key)] == new.shapes[new.number(key)], (at, key)
