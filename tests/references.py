"""Reads the reference cases of a model: input, expected, tolerance, source."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "reference"


def cases(model: str) -> list[dict[str, Any]]:
    """Cases of ``tests/reference/<model>.yaml``, each with a name, a source and what is expected."""
    loaded = YAML(typ="safe").load((FOLDER / f"{model}.yaml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = loaded["cases"]
    return found


def number(written: float | str) -> float:
    """A number, or a fraction written as ``5003/677``."""
    return float(Fraction(written))
