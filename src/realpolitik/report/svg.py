"""Pictures drawn by hand as SVG.

Everything is put in through ElementTree, so that no text of a contest can become markup. Colours, fonts and strokes
belong to classes of ``page.css``, so that a picture follows the page into the dark and onto paper. In a *fluid* picture
lengths along x are percentages and all others pixels: it fits every width, and its text keeps its size.
"""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from realpolitik.report.blocks import Svg

__all__ = ["CHARACTER", "Canvas", "Scale", "clip", "wrap"]

CHARACTER = 0.54
"""Mean width of a character of the sans-serif face, in heights of the letter; on the safe side."""

UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
"""Code points that XML cannot hold."""


class Canvas:
    """A picture in the making.

    Parameters
    ----------
    height : in pixels.
    width : in pixels; left out for a fluid picture.
    """

    def __init__(self, height: float, width: float | None = None, left: float = 0, top: float = 0) -> None:
        size = {"height": _plain(height), "width": "100%" if width is None else _plain(width)}
        if width is not None:
            size["viewBox"] = f"{_plain(left)} {_plain(top)} {_plain(width)} {_plain(height)}"
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "aria-hidden": "true", **size})

    def draw(self, shape: str, look: str, **where: float | str) -> ET.Element:
        """Add a shape of a class; numbers are pixels, texts such as ``12.5%`` are taken as they are."""
        attributes = {key.replace("_", "-"): _plain(value) for key, value in where.items()}
        return ET.SubElement(self.root, shape, {"class": look, **attributes})

    def write(self, text: str, look: str, x: float | str, y: float, **where: float | str) -> ET.Element:
        """Add a line of text."""
        element = self.draw("text", look, x=x, y=y, **where)
        element.text = text.translate(UNPRINTABLE)
        return element

    def span(self, parent: ET.Element, text: str, look: str) -> None:
        """Add a run of text with a class of its own to a line."""
        ET.SubElement(parent, "tspan", {"class": look}).text = text.translate(UNPRINTABLE)

    def lines(self, texts: Iterable[str], look: str, x: float | str, y: float, step: float) -> None:
        """Add several lines, one under the other."""
        for index, text in enumerate(texts):
            self.write(text, look, x, y + index * step)

    def done(self) -> Svg:
        """The picture as markup."""
        return Svg(ET.tostring(self.root, encoding="unicode"))


class Scale:
    """Values to percentages of the width.

    Parameters
    ----------
    low, high : ends of the values.
    left, right : where they come to lie, in percent.
    """

    def __init__(self, low: float, high: float, left: float = 0, right: float = 100) -> None:
        self.low, self.left = low, left
        self.factor = (right - left) / ((high - low) or 1.0)

    def at(self, value: float) -> str:
        """Place of a value."""
        return f"{self.left + (value - self.low) * self.factor:.2f}%"

    def length(self, difference: float) -> str:
        """Length of a difference."""
        return f"{abs(difference * self.factor):.2f}%"


def wrap(text: str, characters: int, most: int) -> Sequence[str]:
    """Cut a text into at most so many lines, the last one clipped.

    Examples
    --------
    >>> wrap("one two three four", 8, 2)
    ['one two', 'three…']
    """
    lines = textwrap.wrap(text, characters) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], clip(" ".join(lines[most - 1 :]), characters)]


def clip(text: str, characters: int) -> str:
    """A text of at most so many characters.

    Examples
    --------
    >>> clip("Representatives", 8)
    'Represe…'
    """
    if len(text) <= characters:
        return text
    kept = text[: characters - 1]
    whole = kept.rpartition(" ")[0]
    return (whole if len(whole) > characters // 2 else kept).rstrip() + "…"


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
