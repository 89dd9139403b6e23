"""The commands: each module registers its own with the group."""

from sosdir.cli import directory, freezing, imports, keeping, links, users
from sosdir.cli.group import main

__all__ = ["directory", "freezing", "imports", "keeping", "links", "main", "users"]
