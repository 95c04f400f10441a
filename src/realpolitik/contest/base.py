"""The base of every noun: frozen, and an unknown key is refused."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

__all__ = ["Name", "Noun", "Text"]

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*$", max_length=80)]
"""A name that guards and addresses can use: letters, digits, underscores, single hyphens; no dot or space."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
"""Words for a reader."""


class Noun(BaseModel):
    """Something that an analyst writes down."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        validate_default=True,  # a quantity that is left out needs the bounds of its field too
    )
