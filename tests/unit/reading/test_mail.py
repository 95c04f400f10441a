"""E-mail: headers, the part that people read, attachments by name."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import Document, read_document
from realpolitik.reading.documents.mail import mail_text

BODY = """The council of Arnor backed a toll on Monday.

“We go,” said Ben Roe – the café stays.

> On Sunday Ann Lee wrote:
> Nobody will pay it.
"""
PAGE = "<html><body><h1>Toll backed</h1><p>&ldquo;We go,&rdquo; said <b>Ben Roe</b>.</p></body></html>"


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Toll – backed"
    made["From"] = "Ann Lee <ann@wire.example>"
    made["Date"] = "Wed, 08 Jan 2020 23:30:00 -0500"
    for name, value in headers.items():
        made[name] = value
    return made


def read(tmp_path: Path, content: bytes) -> Document:
    file = tmp_path / "mail.eml"
    file.write_bytes(content)
    return read_document(file)


def test_plain_mail(tmp_path: Path) -> None:
    made = message()
    made.set_content(BODY)
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Zürich toll.pdf")
    document = read(tmp_path, made.as_bytes())
    assert document.raw.startswith(
        "Subject: Toll – backed\nFrom: Ann Lee <ann@wire.example>\nDate: Wed, 08 Jan 2020 23:30:00 -0500\n"
        "Attachment: Zürich toll.pdf (application/pdf)\nContent-Type: text/plain\n\nThe council"
    )
    assert [(block.label, block.text[:20]) for block in document.blocks if block.text] == [
        ("title", "Toll – backed"),
        ("byline", "Ann Lee <ann@wire.ex"),
        ("dateline", "Wed, 08 Jan 2020 23:"),
        ("attachment", "Zürich toll.pdf (app"),
        ("body", "The council of Arnor"),
        ("body", "“We go,” said Ben Ro"),
        ("quoted-mail", "> On Sunday Ann Lee "),
        ("quoted-mail", "> Nobody will pay it"),
    ]
    assert "".join(document.raw[block.start : block.end] for block in document.blocks) == document.raw
    assert (document.published, document.published_basis) == (date(2020, 1, 8), "in the header of the mail")
    assert Document.from_text(document.raw, "again", media="mail").blocks == document.blocks


def test_plain_text_goes_before_its_html_version(tmp_path: Path) -> None:
    made = message()
    made.set_content(BODY)
    made.add_alternative(PAGE, subtype="html")
    assert "<p>" not in read(tmp_path, made.as_bytes()).raw


def test_html_mail_is_labelled_like_a_page(tmp_path: Path) -> None:
    made = message()
    made.set_content(PAGE, subtype="html")
    document = read(tmp_path, made.as_bytes())
    assert document.labelled("body")[0].text == "“We go,” said Ben Roe."
    block = document.labelled("body")[0]
    assert document.span(block, 0, 8).text == "&ldquo;We go,&rdquo;"
    assert document.title == "Toll – backed"
    assert [block.text for block in document.labelled("repeated-headline")] == ["Toll backed"]


def test_text_that_is_attached_is_only_named(tmp_path: Path) -> None:
    made = message()
    made.set_content("Short note.")
    made.add_attachment("Private text.", filename="note.txt")
    raw = read(tmp_path, made.as_bytes()).raw
    assert "Attachment: note.txt (text/plain)" in raw
    assert "Private" not in raw


@pytest.mark.parametrize("charset", ["cp1252", "iso-8859-1", "utf-8", "koi8-r"])
def test_character_sets(charset: str) -> None:
    body = "мир" if charset == "koi8-r" else "café “toll”" if charset != "iso-8859-1" else "café toll"
    content = (
        f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + body.encode(charset)
    assert mail_text(content, "x.eml").endswith(f"\n\n{body}")


def test_unknown_character_set_and_bad_headers_do_no_harm() -> None:
    content = (
        b"Subject: =?x-none?b?!!!?= =?utf-8?q?caf=C3=A9?=\r\nDate: soon\r\n"
        b"Content-Type: text/plain; charset=no-such\r\n\r\nText."
    )
    raw = mail_text(content, "x.eml")
    assert raw == "Subject: café\nDate: soon\nContent-Type: text/plain\n\nText."
    assert Document.from_text(raw, "x", media="mail").published is None


def refused(content: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        mail_text(content, "x.eml")
    return str(caught.value)


def test_mail_without_text_is_refused() -> None:
    made = message()
    made.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    assert "x.eml: the mail has no text part" in refused(made.as_bytes())


def nested(depth: int) -> bytes:
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(depth)
    )
    return (head + "Content-Type: text/plain\r\n\r\nDeep.\r\n").encode()


def test_parts_deep_in_each_other_are_refused() -> None:
    assert mail_text(nested(10), "x.eml").endswith("\n\nDeep.")
    assert "more than 20 deep" in refused(nested(40))
    assert "boundaries" in refused(nested(3000))


def test_too_many_parts_are_refused() -> None:
    parts = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 1_001
    assert "1,000 parts" in refused(f"Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n".encode())
