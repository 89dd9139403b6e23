"""The commands: each module registers its own with the group."""

from sosdir.cli import directory, imports, keeping, links, users
from sosdir.cli.group import main

__all__ = ["directory", "imports", "keeping", "links", "main", "users"]
