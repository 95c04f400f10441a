"""The page: whole, closed, escaped, linked."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from realpolitik.errors import StorageError
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.studies import Studies
from realpolitik.forecast.summary import outcomes
from realpolitik.registry import sections
from realpolitik.report.blocks import Figure, Row, Table
from realpolitik.report.left_out import left_out
from realpolitik.report.render import render, sections_of, write_report
from realpolitik.report.scores import SCORES
from realpolitik.report.track import TRACK
from realpolitik.report.wording import spell
from tests.unit.report.contests import bare, full, run

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&amp;{{ 7*7 }}\x0b"
LARGEST = 1_500_000


class Page(HTMLParser):
    """Tags, identifiers, links and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for key, value in attrs:
            self.attributes.add(key)
            if key == "id":
                self.ids.append(str(value))
            if key == "href":
                self.links.append(str(value))

    def handle_data(self, data: str) -> None:
        self.words += data


@cache
def page(kind: str) -> str:
    contest = {"bare": bare, "full": full, "evil": lambda: full(EVIL)}[kind]()
    return render(run(contest))


@pytest.mark.parametrize("kind", ["bare", "full", "evil"])
def test_the_page_opens_nothing_and_runs_nothing(kind: str) -> None:
    text, read = page(kind), Page(page(kind))
    assert not read.tags & {"script", "img", "iframe", "link", "object", "embed", "form", "image", "use"}
    assert not {key for key in read.attributes if key.startswith("on")} | read.attributes & {
        "src",
        "xlink:href",
        "srcset",
    }
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"@import|url\s*\(|expression\s*\(", style[0])
    assert all(link.startswith("#") for link in read.links)
    assert "default-src 'none'" in text


def test_words_of_a_contest_stay_words() -> None:
    text, read = page("evil"), Page(page("evil"))
    assert "<script" not in text.lower()
    assert "{{ 7*7 }}" in read.words
    assert read.words.count("<script>alert('x')</script>") > 20
    assert "javascript:" not in "".join(read.links)


@pytest.mark.parametrize("kind", ["bare", "full", "evil"])
def test_links_lead_somewhere_and_identifiers_are_unique(kind: str) -> None:
    read = Page(page(kind))
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links} <= set(read.ids)


def test_claims_and_what_rests_on_them_point_at_each_other() -> None:
    text = page("full")
    row = re.search(r'<tr id="claim--c2">.*?</tr>', text, re.DOTALL)
    assert row
    supported = re.findall(r'href="#((?:quantity|stage|actor)--[^"]+)"', row[0])
    assert "quantity--pathway.notice.judgement" in supported
    for target in supported:
        back = re.search(rf'<tr id="{re.escape(target)}">.*?</tr>', text, re.DOTALL)
        assert back
        assert 'href="#claim--c2"' in back[0]
    unused = re.search(r'<tr id="claim--c3">.*?</tr>', text, re.DOTALL)
    assert unused
    assert "nothing yet" in unused[0]


def test_every_outcome_stands_with_its_probability() -> None:
    forecast = run(full())
    words = Page(render(forecast)).words
    for found in outcomes(forecast):
        assert found.name in words
        assert spell(found) in words


def test_a_bare_contest_leaves_out_what_it_has_not() -> None:
    present = {part.anchor.removeprefix("section--") for part in sections_of(run(bare()))}
    assert {"outcomes", "pathway", "assumptions", "limits", "reproduce"} <= present
    assert not present & {"chamber", "positions", "evidence", "contradictions", "actors"}


def test_a_full_contest_has_every_section_in_its_order() -> None:
    anchors = [part.anchor.removeprefix("section--") for part in sections_of(run(full()))]
    assert sorted([*anchors, "left-out"]) == sorted(sections.names())
    assert anchors == sorted(anchors, key=lambda name: sections.get(name).about["order"])


def test_every_section_that_is_left_out_is_named_with_what_adds_it() -> None:
    whole = run(full())
    kept = {key: value for key, value in whole.manifest.items() if key not in (TRACK, SCORES)}
    short = replace(whole, studies=Studies(), manifest=kept)
    parts = {part.anchor.removeprefix("section--"): part for part in sections_of(short)}
    missing = set(sections.names()) - set(parts)
    assert missing == {"sensitivity", "linchpins", "comparison", "track", "scores"}
    text = str(parts["left-out"])
    for name in missing:
        assert sections.get(name).summary in text
    for words in ("realpolitik report RUN", "--against OTHER", "--record FOLDER"):
        assert words in text


def test_why_a_section_is_left_out() -> None:
    found = run(bare())
    told = {str(row.cells[0]): str(row.cells[1]) for row in _left_out(found)}
    assert told[sections.get("sensitivity").summary].startswith("No uncertain quantity")
    assert told[sections.get("linchpins").summary].startswith("No quantity rests on a claim")
    refused = replace(found, studies=Studies(refused={"sensitivity": "It is too large."}))
    told = {str(row.cells[0]): str(row.cells[1]) for row in _left_out(refused)}
    assert told[sections.get("sensitivity").summary] == "It is too large."
    assert told[sections.get("linchpins").summary] == "It was not worked out."
    empty = replace(found, manifest=found.manifest | {TRACK: [], SCORES: None})
    told = {str(row.cells[0]): str(row.cells[1]) for row in _left_out(empty)}
    assert told[sections.get("track").summary] == "The record holds no sealed forecast."
    assert told[sections.get("scores").summary] == "No question of the record is resolved."


def _left_out(found: Forecast) -> tuple[Row, ...]:
    return next(block for block in left_out(found) if isinstance(block, Table)).rows


@pytest.mark.parametrize("text", ["plain", EVIL, "\u0627" * 50, "x" * 300])
def test_every_picture_is_valid_markup_without_foreign_parts(text: str) -> None:
    known = {"svg", "rect", "line", "circle", "path", "text", "tspan"}
    figures = [block for part in sections_of(run(full(text))) for block in part.blocks if isinstance(block, Figure)]
    assert len(figures) >= 6
    for picture in [picture for figure in figures for picture in figure.pictures]:
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(picture.markup).iter()}
        assert tags <= known


def test_judgement_is_named_where_no_claim_stands() -> None:
    row = re.search(r'<tr id="quantity--issues.force.positions.iran.position">.*?</tr>', page("full"), re.DOTALL)
    assert row
    assert "judgement" in row[0]
    assert "claim--" not in row[0]
    assert "held by a noun" in row[0]


@pytest.mark.parametrize("url", ["https://example.org/?a=1&b=2", "http://example.org"])
def test_an_address_on_the_web_is_a_shy_link(url: str) -> None:
    text = render(run(full(url=url)))
    assert f'<a href="{url.replace("&", "&amp;")}" rel="noopener noreferrer nofollow">' in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd"])
def test_any_other_address_is_only_text(url: str) -> None:
    text = render(run(full(url=url)))
    assert f"<code>{url}</code>" in text
    assert all(link.startswith("#") for link in Page(text).links)


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_report(run(bare()), target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert len(text) < LARGEST
    with pytest.raises(StorageError):
        write_report(run(bare()), tmp_path / "nowhere" / "report.html")


def test_the_street_a_crisis_and_the_record_of_sanctions_stand_in_the_pathway() -> None:
    words = Page(page("full")).words
    for text in (
        "turnout, median", "could tip over", "sender backs down", "Earlier threats of sanctions beside",
        "this forecast", "expected cost to the target minor", "Threshold of then", "Mobilisation of plain",
    ):  # fmt: skip
        assert text in words, text
