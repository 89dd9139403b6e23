"""Who asks from where: addresses of both versions, in every writing."""

import pytest

from sosdir import networks


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.0/24", "192.0.2.255"),
        ("192.0.2.7", "::ffff:192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.0/120", "::ffff:c000:2ff"),
        ("2001:db8::/32", "2001:DB8:0:0::1"),
        ("::1", "0:0:0:0:0:0:0:1"),
        ("fe80::/10", "fe80::1%eth0"),
        ("198.51.100.1, 2001:db8::1\t192.0.2.7", "2001:db8::1"),
        ("0.0.0.0/0", "203.0.113.9"),
    ],
)
def test_an_address_of_the_list_is_known(named: str, address: str) -> None:
    assert networks.holds(networks.read(named), address)


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("192.0.2.7", "192.0.2.8"),
        ("192.0.2.0/24", "192.0.3.0"),
        ("192.0.2.7", "2001:db8::7"),
        ("::/0", "192.0.2.7"),
        ("::/0", "::ffff:192.0.2.7"),
        ("0.0.0.0/0", "2001:db8::7"),
        ("192.0.2.7", "192.0.2.7:5000"),
        ("192.0.2.7", "[192.0.2.7]"),
        ("192.0.2.7", "192.0.2.7, 203.0.113.9"),
        ("192.0.2.7", " 192.0.2.7"),
        ("192.0.2.7", "0192.0.2.7"),
        ("192.0.2.7", ""),
        ("0.0.0.0/0", "unknown"),
    ],
)
def test_every_other_is_not(named: str, address: str) -> None:
    assert not networks.holds(networks.read(named), address)


def test_who_names_no_address_lies_in_no_network() -> None:
    assert not networks.holds(networks.read("0.0.0.0/0 ::/0"), None)


@pytest.mark.parametrize(
    "text", ["192.0.2.256", "192.0.2.7/24", "192.0.2.0/33", "office", "2001:db8::g", "1.2.3.4;"]
)
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="not '"):
        networks.read(text)


def test_nothing_names_nothing() -> None:
    assert networks.read(" ,\n") == ()
