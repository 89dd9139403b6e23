"""What is kept is made once, and anew when its key changes."""

import threading
import time

from sosdir.kept import Kept


def test_it_is_made_anew_when_its_key_changes() -> None:
    kept = Kept[int, list[int]]()
    first = kept.get(1, lambda: [1])
    assert kept.get(1, lambda: [2]) is first
    assert kept.get(2, lambda: [2]) == [2]
    assert kept.get(1, lambda: [3]) == [3]


def test_of_many_who_ask_at_once_one_makes_it() -> None:
    kept, made = Kept[str, object](), []

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(kept.get("key", make))) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 1
    assert set(got) == set(made)


def test_what_could_not_be_made_is_tried_again() -> None:
    kept = Kept[int, int]()

    def fail() -> int:
        raise ValueError

    for _ in range(2):
        try:
            kept.get(1, fail)
        except ValueError:
            continue
    assert kept.get(1, lambda: 7) == 7
