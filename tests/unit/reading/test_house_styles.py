"""House styles: the same labels for an agency, a newspaper's page, a blog, a press release, a newsletter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from realpolitik.reading.documents.document import Document, Media, read_document

AGENCY = """Arnor council backs toll despite walkout
By Ben Roe
January 6, 2020 / 6:14 PM / 2 days ago

PORTVILLE, Arnor (Wire) - The council of Arnor voted on Monday to charge ships a toll, ignoring a walkout by pilots.

"We will not pay," said Carla Diaz, who leads the guild of pilots.

FILE PHOTO: Ships wait off the northern pier, Arnor, January 3, 2020. Wire/Dan Poe

The vote was 41 to 12.

WALKOUT

Pilots left the chamber before the vote, and several of them said they would never come back to it.

Reporting by Ben Roe; Additional reporting by Ann Lee in Westhaven; Editing by Dan Poe

Our Standards: The Wire Trust Principles.
"""

PRESS = """FOR IMMEDIATE RELEASE
8 January 2020

Ministry of Harbours Announces Toll

PORTVILLE – The Ministry of Harbours today announced a toll on all ships, to be paid from the first day of March.

“This is a good day for Arnor,” said Minister Ann Lee.

###

Media contact: Ben Roe, press@harbours.example, +1 555 0100
About the Ministry: The Ministry of Harbours keeps the piers of Arnor.
"""

BLOG = """---
title: "Why the toll will fail"
date: 2020-01-07
tags: [arnor]
---

*By Ann Lee*

![A pier at dusk](pier.jpg)

The toll will **fail**, and [everyone knows it](https://a.example/x). As Ben Roe told me:

> “Nobody in the guild will pay a *penny* of it.”

## What comes next

1. The council meets on Thursday.
2. The guild strikes.

```
code = "not story"
```

Share this post
Leave a comment
"""

NEWSLETTER = """From: "Harbour Brief" <brief@wire.example>
To: readers@wire.example
Subject: Harbour Brief: toll passes
Date: Wed, 8 Jan 2020 06:00:00 +0000
Content-Type: text/plain; charset=utf-8

View this email in your browser

Good morning. Here is what matters today in the ports of the north, and why it matters to you.

TOLL PASSES

The council of Arnor backed the toll by 41 votes to 12 on Monday, and the pilots walked out of the chamber.

Read more: https://wire.example/toll

You are receiving this email because you signed up at wire.example.
Unsubscribe | Manage preferences
Copyright © 2020 Wire News, All rights reserved.
"""

PAPER = """<html><head><title>Toll passes | The Arnor Times</title>
<script type="application/ld+json">{"@type":"NewsArticle","datePublished": "2020-01-06T18:00:00Z"}</script></head>
<body><header><a href="/">The Arnor Times</a></header>
<div class="nav-bar"><ul><li><a href="/a">World</a></li><li><a href="/b">Sport</a></li><li><a
href="/c">Weather</a></li></ul></div>
<article><h1>Toll passes</h1><p class="standfirst">Pilots walk out before the vote</p>
<p class="byline">Ann Lee</p><time datetime="2020-01-06">6 Jan 2020</time>
<figure><img src="x.jpg"><figcaption>Ships wait. Photograph: Dan Poe</figcaption></figure>
<p>The council of Arnor backed a toll on Monday by 41 votes to 12, after a debate that lasted longer than any debate
before it in this chamber.</p>
<p>&ldquo;We will not pay a penny of it,&rdquo; said Carla Diaz, who leads the guild of pilots and walked out before
the vote was called by the speaker.</p>
<aside class="related"><h3>Read next</h3><p><a href="/x">Guild of pilots elects a new leader after a long
quarrel</a></p></aside>
<p>The ministry said on Tuesday that the toll would be paid from the first day of March, and that ships which refuse
would not be let into port.</p>
<p>Most captains have said that they would rather sail to another port than pay what they called a tax on the
wind.</p>
</article>
<div class="teasers"><p><a href="/y">Westhaven plans a bridge of its own over the northern river this
year</a></p><p><a href="/z">Ten walks for a rainy day in the hills above Portville</a></p></div>
<div class="comments"><h3>Comments</h3><div class="comment"><p>This is the worst decision of the council since they
sold the ferry.</p></div></div>
<footer>© The Arnor Times</footer></body></html>
"""


def labels(document: Document) -> list[tuple[str, str]]:
    return [(block.label, block.text[:18]) for block in document.blocks if block.label not in ("blank", "markup")]


def test_agency() -> None:
    document = Document.from_text(AGENCY, "agency")
    assert labels(document) == [
        ("title", "Arnor council back"),
        ("byline", "By Ben Roe"),
        ("dateline", "January 6, 2020 / "),
        ("dateline", "PORTVILLE, Arnor ("),
        ("body", "The council of Arn"),
        ("body", '"We will not pay,"'),
        ("caption", "FILE PHOTO: Ships "),
        ("body", "The vote was 41 to"),
        ("section-head", "WALKOUT"),
        ("body", "Pilots left the ch"),
        ("credit", "Reporting by Ben R"),
        ("boilerplate", "Our Standards: The"),
    ]
    assert (document.published, document.published_basis) == (date(2020, 1, 6), "printed in the text")


def test_press_release() -> None:
    document = Document.from_text(PRESS, "press")
    assert labels(document) == [
        ("boilerplate", "FOR IMMEDIATE RELE"),
        ("dateline", "8 January 2020"),
        ("title", "Ministry of Harbou"),
        ("dateline", "PORTVILLE –"),
        ("body", "The Ministry of Ha"),
        ("body", "“This is a good da"),
        ("boilerplate", "###"),
        ("contact", "Media contact: Ben"),
        ("boilerplate", "About the Ministry"),
    ]


def test_blog_in_markdown() -> None:
    document = Document.from_text(BLOG, "blog", media="markdown")
    assert labels(document) == [
        ("title", "Why the toll will "),
        ("byline", "By Ann Lee"),
        ("caption", "A pier at dusk"),
        ("body", "The toll will fail"),
        ("body", "“Nobody in the gui"),
        ("section-head", "What comes next"),
        ("body", "The council meets "),
        ("body", "The guild strikes."),
        ("related", "Share this post"),
        ("boilerplate", "Leave a comment"),
    ]
    assert document.labelled("body")[0].text == "The toll will fail, and everyone knows it. As Ben Roe told me:"
    quoted = document.labelled("body")[1]
    assert document.span(quoted, 0, len(quoted.text)).text == "“Nobody in the guild will pay a *penny* of it.”"
    assert (document.published, document.published_basis) == (date(2020, 1, 7), "stated in the page")
    assert "".join(document.raw[block.start : block.end] for block in document.blocks) == BLOG


def test_newsletter(tmp_path: Path) -> None:
    file = tmp_path / "news.eml"
    file.write_text(NEWSLETTER, encoding="utf-8")
    assert labels(read_document(file)) == [
        ("title", "Harbour Brief: tol"),
        ("byline", '"Harbour Brief" <b'),
        ("contact", "readers@wire.examp"),
        ("dateline", "Wed, 8 Jan 2020 06"),
        ("boilerplate", "View this email in"),
        ("body", "Good morning. Here"),
        ("section-head", "TOLL PASSES"),
        ("body", "The council of Arn"),
        ("related", "Read more: https:/"),
        ("boilerplate", "You are receiving "),
        ("boilerplate", "Unsubscribe | Mana"),
        ("credit", "Copyright © 2020 W"),
    ]


def test_newspaper_page() -> None:
    document = Document.from_text(PAPER, "paper", media="html")
    assert labels(document) == [
        ("repeated-headline", "Toll passes | The "),
        ("boilerplate", "The Arnor Times"),
        ("boilerplate", "World"),
        ("boilerplate", "Sport"),
        ("boilerplate", "Weather"),
        ("title", "Toll passes"),
        ("deck", "Pilots walk out be"),
        ("byline", "Ann Lee"),
        ("dateline", "6 Jan 2020"),
        ("caption", "Ships wait. Photog"),
        ("body", "The council of Arn"),
        ("body", "“We will not pay a"),
        ("related", "Read next"),
        ("related", "Guild of pilots el"),
        ("body", "The ministry said "),
        ("body", "Most captains have"),
        ("boilerplate", "Westhaven plans a "),
        ("boilerplate", "Ten walks for a ra"),
        ("comment", "Comments"),
        ("comment", "This is the worst "),
        ("credit", "© The Arnor Times"),
    ]
    assert "".join(document.raw[block.start : block.end] for block in document.blocks) == PAPER
    assert document.published == date(2020, 1, 6)


def test_story_in_a_container_with_a_misleading_class_is_story() -> None:
    page = PAPER.replace("<article>", '<article><div class="promo-ad">').replace("</article>", "</div></article>")
    document = Document.from_text(page, "paper", media="html")
    assert len(document.labelled("body")) == 4
    assert len(document.labelled("caption")) == 1


MEDIA: list[Media] = ["text", "markdown", "html", "pdf"]


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("The o\ufb03ce \ufb01led a \ufb02at re\ufb00.", "The office filed a flat reff."),
        ("The par\u00adlia\u00adment met.", "The parliament met."),
        ("Ten\u00a0ships\u202flie\u2009there.", "Ten ships lie there."),
        ("One “two “three” four” five” six.", "One “two “three” four” five” six."),
        ("They â€œstayâ€\x9d there.", "They â€œstayâ€\x9d there."),
        ("Zero\u200bwidth\u200d words.", "Zerowidth words."),
    ],
)
def test_clean_text_and_its_way_back(media: Media, raw: str, clean: str) -> None:
    text = f"{raw} It was a long debate that nobody in the harbour of Arnor will forget."
    [block] = [block for block in Document.from_text(text, "x", media=media).blocks if block.text]
    assert block.text.startswith(clean)
    document = Document.from_text(text, "x", media=media)
    assert document.span(block, 0, len(clean)).text == raw


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    raw = PRESS.replace("\n", end)
    document = Document.from_text(raw, "press")
    assert labels(document) == labels(Document.from_text(PRESS, "press"))
    assert "".join(raw[block.start : block.end] for block in document.blocks) == raw


def test_hyphenated_lines_of_plain_text() -> None:
    raw = (
        "The council of Arnor met again in the evening to debate the well-\n"
        "meant draft of a toll that the minister of harbours had with-\n"
        "drawn before. The well-meant words of the draft moved nobody.\n"
    )
    document = Document.from_text(raw, "wrapped")
    text = document.blocks[0].text
    assert "the well-meant draft" in text
    assert "had withdrawn before" in text
    start = text.index("withdrawn")
    assert document.span(document.blocks[0], start, start + 9).text == "with-\ndrawn"


def test_markdown_heads_lists_and_escapes() -> None:
    raw = "Toll\n====\n\nBallast\n-------\n\n# Toll\n\n# Other #\n\n"
    raw += "- 5 \\* 3 `knots` and 2 * 2\n- snake_case __x__\n***\n"
    assert labels(Document.from_text(raw, "x", media="markdown")) == [
        ("title", "Toll"),
        ("section-head", "Ballast"),
        ("repeated-headline", "Toll"),
        ("section-head", "Other"),
        ("body", "5 * 3 knots and 2 "),
        ("body", "snake_case x"),
    ]


def test_front_matter_without_a_date() -> None:
    document = Document.from_text("---\ntitle: Toll\ndate: 2020-13-01\n---\nText of it.\n", "x", media="markdown")
    assert (document.title, document.published) == ("Toll", None)
