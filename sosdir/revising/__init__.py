"""Compare, merge and name the changes of a service: pure questions on its history."""

from sosdir.revising.records import DRAFTING, Action, Author, Reason, Revision

__all__ = ["DRAFTING", "Action", "Author", "Reason", "Revision"]
