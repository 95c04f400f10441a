"""Articles that go wrong in a worker process, which imports this module to unpack them."""

from __future__ import annotations

import multiprocessing
import os
from datetime import date

from realpolitik.reading.documents.articles import Article
from realpolitik.reading.documents.document import Document


class DeadlyArticle(Article):
    """Ends the process that reads it."""

    def document(self, name: str, published: date | None = None) -> Document:
        """End this process, unless it is that of the test."""
        if multiprocessing.parent_process() is None:
            raise AssertionError("this article must be read in a worker")
        os._exit(1)


class BuggyArticle(Article):
    """Meets a bug."""

    def document(self, name: str, published: date | None = None) -> Document:
        """Fail as only a bug does."""
        raise TypeError("a bug \x1b[31m")
