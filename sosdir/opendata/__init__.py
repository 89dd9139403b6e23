"""Write the published facts as files to take away; nothing else of the database is in them."""

from sosdir.opendata.areas import areas_geojson
from sosdir.opendata.cells import Row
from sosdir.opendata.datasette import metadata
from sosdir.opendata.facts import published, published_package
from sosdir.opendata.packages import package_zip
from sosdir.opendata.people import COLUMNS, PeopleColumn, dictionary_csv, people_csv

__all__ = [
    "COLUMNS",
    "PeopleColumn",
    "Row",
    "areas_geojson",
    "dictionary_csv",
    "metadata",
    "package_zip",
    "people_csv",
    "published",
    "published_package",
]
