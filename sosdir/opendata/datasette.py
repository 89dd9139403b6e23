"""Say of the database of published facts what Datasette shows beside it."""

from __future__ import annotations

from typing import Any

from sosdir.store.open_tables import OPEN_TABLES, OPEN_VIEWS, SEARCH_TABLE
from sosdir.tabular import descriptor

# The name of the file without ``.db``, by which Datasette calls the database.
DATABASE = "sosdir"

_ABOUT: dict[str, dict[str, Any]] = {
    "organization": {"label_column": "name"},
    "area": {"label_column": "name", "facets": ["level"]},
    "service": {
        "label_column": "name",
        "facets": ["focus", "answers_for", "evidence"],
        "fts_table": SEARCH_TABLE,
        "fts_pk": "rowid",
    },
    "channel": {"label_column": "kind", "facets": ["kind"]},
    "service_area": {"facets": ["area_code"]},
    "source": {"label_column": "publisher", "facets": ["kind"]},
    "service_channel": {"facets": ["kind", "focus", "evidence"]},
    "area_service": {"facets": ["level"], "sort_desc": "services"},
    "phone": {"facets": ["type"]},
}
_QUERIES = {
    "serving": {
        "title": "ある地域からつながる窓口",
        "description": "地域のコード(00、2桁、6桁)を入れる。その市区町村、都道府県、全国の窓口",
        "sql": "select distinct service.id, service.name, service.focus, area.name as area,"
        " service.website, service.evidence from service"
        " join service_area on service_area.service_id = service.id"
        " join area on area.code = service_area.area_code"
        " where area.code in ('00', substr(:area, 1, 2), :area)"
        " order by length(area.code) = length(:area) desc, area.code desc, service.name",
    },
    "containing": {
        "title": "名前に、ある言葉を含む窓口",
        "description": "何文字の言葉でもよい",
        "sql": "select id, name, focus, website, evidence from service"
        " where name like '%' || :words || '%' order by name",
    },
}
_NOTE = (
    "空欄は「分からない」で、「ない」ではない。withheld の窓口の連絡先は確認中で、入っていない。"
    "番号は変わるので、collected_on か checked_on をいっしょに示す。"
)


def metadata(source_url: str | None = None) -> dict[str, Any]:
    """Return what ``datasette --metadata`` reads.

    Args:
        source_url: of the page that gives the files away, None where it has no fixed address.
    """
    described = descriptor()
    (licence,) = described["licenses"]
    told = {
        "title": described["title"],
        "description": f"{described['description']} {_NOTE}",
        "license": licence["title"],
        "license_url": licence["path"],
        "source": "sosdir",
    }
    if source_url:
        told["source_url"] = source_url
    about = {"tables": _tables(), "queries": _QUERIES}
    return {**told, "databases": {DATABASE: {"title": described["title"], **about}}}


def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = {
        each.name: {
            "title": each.title,
            "description": each.title,
            "columns": {column.name: column.title for column in each.columns},
        }
        for each in OPEN_TABLES
    }
    tables |= {each.name: {"title": each.title, "description": each.title} for each in OPEN_VIEWS}
    return {name: {**told, **_ABOUT.get(name, {})} for name, told in tables.items()}
