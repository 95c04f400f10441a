"""Blocks become one HTML file that needs no network and no script.

Whatever comes from the contest is escaped by the template; pictures are markup that :mod:`realpolitik.report.svg` has
escaped. A content security policy in the page forbids scripts and every request, should that ever fail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from realpolitik.contest.located import write_whole
from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import sections
from realpolitik.report.blocks import Block, Svg, plain
from realpolitik.report.wording import anchor, day_of

__all__ = ["Fact", "Page", "Section", "as_html", "render", "sections_of", "write_report"]

OPTION = re.compile(r"--?[a-z][a-z-]{0,20}\Z")
"""An option of a command."""

TEMPLATE, STYLE = "page.html", "page.css"

OPENED = ("http://", "https://")
"""How an address must begin to become a link."""


@dataclass(frozen=True)
class Section:
    """A part of the page."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Fact:
    """A value in the head of the page, with the words before and after it."""

    before: str
    value: str
    after: str = ""


@dataclass(frozen=True)
class Page:
    """Everything that is on a page."""

    kicker: str
    """What kind of page it is."""

    title: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    footer: str
    note: str = ""


def sections_of(forecast: Forecast) -> list[Section]:
    """Every registered section that has something to say, in its order, under the first line of its docstring."""
    entries = sorted((sections.get(name) for name in sections.names()), key=lambda entry: entry.about["order"])
    found = [Section(anchor("section", entry.name), entry.summary, tuple(entry(forecast))) for entry in entries]
    return [part for part in found if part.blocks]


def render(forecast: Forecast) -> str:
    """The report as one HTML page."""
    contest, manifest = forecast.contest, forecast.manifest
    partly = (
        f"; pictures, votes by bloc and conditional pairs from the first {forecast.draws:,}" if forecast.counted else ""
    )
    facts = (
        Fact("As of ", day_of(contest.as_of)),
        Fact("Horizon ", day_of(contest.horizon)),
        Fact("", f"{forecast.drawn:,}", f" draws{partly}"),
        Fact("Seed ", str(manifest["seed"])),
    )
    footer = f"Realpolitik {manifest['versions']['realpolitik']} · contest {manifest['contest_sha256'][:12]}"
    kicker = f"Forecast · {contest.contest}"
    return as_html(Page(kicker, contest.title, facts, tuple(sections_of(forecast)), footer, contest.note or ""))


def as_html(page: Page) -> str:
    """A page as one self-contained HTML file."""
    return _template().render(page=page, style=Markup(_packaged(STYLE)))


def write_report(forecast: Forecast, path: Path) -> None:
    """Write the report; the file is there whole, or as it was.

    Raises
    ------
    StorageError : the folder cannot be written.
    """
    write_whole(path, render(forecast))


@cache
def _packaged(name: str) -> str:
    return files("realpolitik.report").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=DictLoader({TEMPLATE: _packaged(TEMPLATE)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day_of, "kind": _kind, "picture": _picture, "plain": plain, "code": _code}
    environment.tests["web"] = lambda url: str(url).startswith(OPENED)
    return environment.get_template(TEMPLATE)


def _kind(part: Any) -> str:
    """Name of a block's or an inline part's type."""
    return type(part).__name__


def _code(text: str) -> Markup:
    """Code in which no line breaks after the hyphens of an option."""
    return Markup(" ").join(
        Markup('<span class="option">{}</span>').format(word) if OPTION.match(word) else escape(word)
        for word in text.split(" ")
    )


def _picture(picture: Svg) -> Markup:
    return Markup(picture.markup)
