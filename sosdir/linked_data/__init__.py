"""Say what is public in the words of schema.org and DCAT, as JSON-LD that machines take in.

Nothing here decides what may be shown: it takes what ``presentation`` shows. What those words
cannot hold without loss is left out, never rounded.
"""

from sosdir.linked_data.catalogue import Site, catalogue, data_set
from sosdir.linked_data.doors import APIS, DATASETS, FILES, Api, Dataset, File
from sosdir.linked_data.pages import item_list, organization, web_site
from sosdir.linked_data.services import service
from sosdir.linked_data.writing import script, text

__all__ = [
    "APIS",
    "DATASETS",
    "FILES",
    "Api",
    "Dataset",
    "File",
    "Site",
    "catalogue",
    "data_set",
    "item_list",
    "organization",
    "script",
    "service",
    "text",
    "web_site",
]
