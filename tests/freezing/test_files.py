"""Each answer has a file that a plain server finds at the same address."""

import pytest

from sosdir.errors import FreezeError
from sosdir.freezing.files import place

PAGE, JSON = "text/html; charset=utf-8", "application/json"


@pytest.mark.parametrize(
    ("address", "media_type", "file"),
    [
        ("/", PAGE, "index.html"),
        ("/en/", PAGE, "en/index.html"),
        ("/areas/14", PAGE, "areas/14.html"),
        ("/areas/14/partners", PAGE, "areas/14/partners.html"),
        ("/services/x", PAGE, "services/x.html"),
        ("/services/x.vcf", "text/vcard; charset=utf-8", "services/x.vcf"),
        ("/services.json", JSON, "services.json"),
        ("/api/hsds/", JSON, "api/hsds/index.json"),
        ("/api/hsds/services", JSON, "api/hsds/services/index.json"),
        ("/api/hsds/services/1-2", JSON, "api/hsds/services/1-2/index.json"),
        ("/services/x.vcf", PAGE, "services/x.vcf.html"),
        ("/api/hsds/x", "application/problem+json", "api/hsds/x/index.json"),
        ("/programs/%E8%A6%8B%E6%9C%AC", PAGE, "programs/見本.html"),
        ("/map/outlines.js?v=3", "text/javascript", "map/outlines.js"),
    ],
)
def test_an_address_has_its_file(address: str, media_type: str, file: str) -> None:
    assert place(address, media_type) == file


@pytest.mark.parametrize(
    "address",
    ["/../x", "/a/%2e%2e/%2e%2e/x", "/a//b", "/a/%00", f"/{'あ' * 90}", "/a/./b"],
)
def test_no_file_leaves_the_folder_or_bears_an_impossible_name(address: str) -> None:
    with pytest.raises(FreezeError, match="cannot be the name of a file"):
        place(address, PAGE)


def test_what_has_no_ending_and_no_known_form_is_refused() -> None:
    with pytest.raises(FreezeError, match="no ending"):
        place("/picture", "image/png")
