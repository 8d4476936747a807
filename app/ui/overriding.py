"""``override`` for Python 3.11 at no cost: typing_extensions would be imported for a mark alone."""

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    Function = TypeVar("Function")

    def override(function: Function) -> Function:
        """Say that a method overrides one of its base class; the type checker holds it to that."""
        return function


__all__ = ["override"]
