"""A QR code is a picture that a page may show without asking anyone."""

from sosdir import qr


def test_a_code_is_a_picture_in_the_address_itself() -> None:
    assert qr.picture("tel:0300000001").startswith("data:image/svg+xml")


def test_two_addresses_have_two_codes() -> None:
    assert qr.picture("tel:0300000001") != qr.picture("tel:0300000002")


def test_a_short_address_is_no_micro_code_which_few_cameras_read() -> None:
    # The smallest whole code has 21 modules, and a margin of four on each side.
    assert "%20height%3D%2729%27" in qr.picture("1", scale=1)
