"""A long list is parted into pages, and a page that is not there is the nearest that is."""

import pytest

from sosdir.listing.paging import Pagination, paginate


def page(total: int, asked: int) -> Pagination:
    return paginate(total, 20, asked, lambda number: f"/?page={number}")


@pytest.mark.parametrize(
    ("total", "asked", "wanted"),
    [
        (0, 1, Pagination(1, 1, 0, None, None)),
        (20, 1, Pagination(1, 1, 0, None, None)),
        (21, 1, Pagination(1, 2, 0, None, "/?page=2")),
        (45, 2, Pagination(2, 3, 20, "/?page=1", "/?page=3")),
        (45, 3, Pagination(3, 3, 40, "/?page=2", None)),
        (45, 99, Pagination(3, 3, 40, "/?page=2", None)),
        (45, -5, Pagination(1, 3, 0, None, "/?page=2")),
    ],
)
def test_a_page_knows_its_neighbours(total: int, asked: int, wanted: Pagination) -> None:
    assert page(total, asked) == wanted
