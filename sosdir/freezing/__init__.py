"""Freeze the public site: every page that has an address without a query, as a plain file."""

from sosdir.freezing.freeze import Outcome, freeze

__all__ = ["Outcome", "freeze"]
