"""Make and change the schema, step by step; a step that has landed is never edited.

The steps run in the order in which their modules are named here.
"""

from sosdir.migrations import directory, stewardship, tidings
from sosdir.migrations.schema import SCHEMA

__all__ = ["SCHEMA", "directory", "stewardship", "tidings"]
