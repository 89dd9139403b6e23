"""The rule of a route, written beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sosdir.accounts import Role

View = TypeVar("View", bound=Callable[..., Any])

_NAME = "sosdir_rule"


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold who may use a route.

    Args:
        role: the lowest that may, None where nobody need be signed in.
        before_guarded: whether it is open to an account that has no second factor yet.
        fresh: whether one must have signed in a short while ago.
        max_body: how many bytes its body may have, None for what all pages take.
        max_parts: how many fields its form may have, None for what all pages take.
    """

    role: Role | None
    before_guarded: bool = False
    fresh: bool = False
    max_body: int | None = None
    max_parts: int | None = None


def allowed(
    role: Role | None,
    *,
    before_guarded: bool = False,
    fresh: bool = False,
    max_body: int | None = None,
    max_parts: int | None = None,
) -> Callable[[View], View]:
    """Mark a view with its rule; stands between the route and the function.

    A body is read only after it is known who sends it, so only a rule can allow a long one.

    Args:
        role: the lowest that may, None where nobody need be signed in.
        before_guarded: whether it is open to an account that has no second factor yet.
        fresh: whether one must have signed in a short while ago.
        max_body: how many bytes its body may have, None for what all pages take.
        max_parts: how many fields its form may have, None for what all pages take.
    """

    def mark(view: View) -> View:
        setattr(view, _NAME, Rule(role, before_guarded, fresh, max_body, max_parts))
        return view

    return mark


def rule_of(view: Callable[..., Any] | None) -> Rule | None:
    """Return the rule of a view, or None where it bears none.

    Args:
        view: as the application holds it.
    """
    return getattr(view, _NAME, None)
