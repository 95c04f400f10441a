"""What the pooled forecast has learned, and the file that holds it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from realpolitik.errors import ContestError
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.pooled.situation import FEATURES

__all__ = ["COMPONENTS", "FILE", "Parameters", "shipped"]

FILE = "parameters.json"
"""The parameters that come with Realpolitik, beside this module."""

FORMAT = "realpolitik pooled 1"

COMPONENTS = ("choice", "errors")
"""The distributions that are mixed: choice among positions, and past errors of the compromise."""


@dataclass(frozen=True, eq=False)
class Parameters:
    """Everything that the pooled forecast needs besides the issue itself; the scale is 0 to 100."""

    choice: Floats
    """float[features]: weight of each feature in the conditional logit."""

    mixture: Floats
    """float[2]: weights of :data:`COMPONENTS`, summing to 1."""

    shift: float
    """Mean of outcome minus compromise."""

    floor: float
    """Size of errors where everybody agrees, plus ``slope`` times the spread of positions."""

    slope: float

    error: Floats
    """float[past], in increasing order: outcome minus compromise minus ``shift``, divided by the size of errors."""

    learned_from: Mapping[str, Any] = field(default_factory=dict)
    """Where these decisions come from: data, licence, hash, counts, command."""

    @property
    def population(self) -> str:
        """What the decisions were, in words."""
        about = self.learned_from
        counts = f"{about.get('issues', len(self.error))} issues in {about.get('dossiers', 'unknown')} dossiers"
        return f"{counts} ({about.get('decisions', 'of unknown origin')})"

    def dumped(self) -> str:
        """As the text of a file."""
        data = {
            "format": FORMAT,
            "learned_from": dict(self.learned_from),
            "choice": {name: _short(value) for name, value in zip(FEATURES, self.choice, strict=True)},
            "mixture": {name: _short(value) for name, value in zip(COMPONENTS, self.mixture, strict=True)},
            "errors": {"shift": _short(self.shift), "floor": _short(self.floor), "slope": _short(self.slope)},
        }
        head = json.dumps(data, indent=2, ensure_ascii=False)[:-2]
        errors = textwrap.fill(", ".join(str(_short(value)) for value in self.error), 110)
        return f'{head},\n  "past_errors": [\n{textwrap.indent(errors, "    ")}\n  ]\n}}\n'

    @classmethod
    def parse(cls, text: str, where: str) -> Parameters:
        """Read the text of a file.

        Raises
        ------
        ContestError : it is no such file.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise ValueError(f"format {data['format']!r}")
            found = cls(
                np.array([data["choice"][name] for name in FEATURES], dtype=np.float64),
                np.array([data["mixture"][name] for name in COMPONENTS], dtype=np.float64),
                float(data["errors"]["shift"]),
                float(data["errors"]["floor"]),
                float(data["errors"]["slope"]),
                np.sort(np.array(data["past_errors"], dtype=np.float64)),
                data["learned_from"],
            )
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ContestError(
                f"{where}: these are no parameters of the pooled forecast ({type(error).__name__}: {error}). "
                "Make them with: realpolitik evaluate deu FILE --learn OUT.json"
            ) from None
        return replace(found, mixture=found.mixture / found.mixture.sum())


def _short(value: float) -> float:
    return round(float(value), 6)


@cache
def shipped() -> Parameters:
    """The parameters that come with Realpolitik."""
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return Parameters.parse(text, FILE)
