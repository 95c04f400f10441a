"""Actors: clusters, kinds and roles; whom a name, a role or a pronoun means."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from realpolitik.reading.actors import Cast, actor_claims
from realpolitik.reading.document import Document
from realpolitik.reading.parsing import parser
from realpolitik.reading.passages import passages
from realpolitik.reading.said import Stretch

CASES = YAML(typ="safe").load((Path(__file__).parent / "resolved.yaml").read_text(encoding="utf-8"))


def cast_of(text: str) -> Cast:
    return Cast(passages(Document.from_text(text, "wire"), parser()))


def marked(text: str) -> tuple[str, int, int]:
    start = text.index("[")
    plain = text.replace("[", "", 1)
    end = plain.index("]")
    return plain.replace("]", "", 1), start, end


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_marked_words_mean(case: dict[str, str]) -> None:
    text, start, end = marked(case["text"])
    cast = cast_of(text)
    found = cast.resolve(Stretch(0, start, end))
    assert found == case["is"]
