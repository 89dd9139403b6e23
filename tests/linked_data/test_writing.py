"""No text of a document ends the element that it stands in."""

import json

import pytest

from sosdir.linked_data import script, text


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!-- <script>", "]]>", "\u2028\u2029", "a & b"]
)
def test_any_text_stands_in_an_element_and_is_read_back(words: str) -> None:
    written = script({"name": words})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"name": words}


def test_a_file_is_short_and_keeps_its_letters() -> None:
    assert text({"name": "横浜市", "@id": "x"}) == '{"name":"横浜市","@id":"x"}'
