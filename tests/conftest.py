"""What every test can rely on."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

EXAMPLES = int(os.environ.get("REALPOLITIK_EXAMPLES", "40"))
"""Examples of a property that names no number of its own; more take minutes, because texts are parsed."""

settings.register_profile("desk", deadline=None, max_examples=EXAMPLES)
settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as a shell starts what runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Top of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reports that may not be published, for those who hold it."""
    folder = Path(os.environ.get("REALPOLITIK_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: set REALPOLITIK_SHARED to the one that holds the reports")
    return folder
