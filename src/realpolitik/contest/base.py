"""The base of every noun: frozen, and an unknown key is refused."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

__all__ = ["NAME", "Name", "Noun", "Text", "name_from"]

LONGEST_NAME = 80
"""Characters of a name."""

NAME = r"^[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*$"
"""What a name looks like."""

Name = Annotated[str, StringConstraints(pattern=NAME, max_length=LONGEST_NAME)]
"""A name that guards and addresses can use: letters, digits, underscores, single hyphens; no dot or space."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
"""Words for a reader."""


def name_from(words: str, fallback: str, most: int = LONGEST_NAME) -> str:
    """A name made of somebody's words.

    Parameters
    ----------
    words : of a reader, in any script.
    fallback : the name where the words hold no Latin letter or digit; put before a digit.
    most : characters of the name.

    Examples
    --------
    >>> name_from("Préfet de l'Île", "actor"), name_from("2026 canal", "contest"), name_from("中文", "contest")
    ('prefet-de-l-ile', 'contest-2026-canal', 'contest')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not name:
        return fallback
    return (name if name[0].isalpha() else f"{fallback}-{name}")[:most].strip("-")


class Noun(BaseModel):
    """Something that an analyst writes down."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        validate_default=True,  # a quantity that is left out needs the bounds of its field too
    )
