"""The list of steps that make the schema."""

from sqlite_utils import Migrations

SCHEMA = Migrations("sosdir")
