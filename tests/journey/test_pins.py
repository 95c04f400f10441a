"""What is installed is pinned by hash, comes from wherever the machine is set up for, and is credited."""

import re
from pathlib import Path

import pytest

PIN = re.compile(r"^([a-z0-9-]+)==\S+", re.MULTILINE)
FILES = ("core", "dev", "docs")


def pins(repository: Path, file: str) -> dict[str, set[str]]:
    """Return the pinned versions by package; one package may have a version for each Python."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer((repository / "requirements" / f"{file}.txt").read_text()):
        found.setdefault(match[1], set()).add(match[0].partition("==")[2])
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_a_hash_and_no_address(repository: Path, file: str) -> None:
    text = (repository / "requirements" / f"{file}.txt").read_text()
    requirements = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert requirements
    for requirement in requirements:
        assert PIN.match(requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement), requirement
    assert "://" not in text
    assert not re.search(r"^\s*-(i|f|-index|-extra-index|-find)", text, flags=re.MULTILINE)


@pytest.mark.parametrize("file", ["dev", "docs"])
def test_tools_are_added_to_the_core_without_changing_it(repository: Path, file: str) -> None:
    core = pins(repository, "core")
    wider = pins(repository, file)
    assert core.items() <= wider.items()


def test_every_package_of_the_core_is_credited(repository: Path) -> None:
    credited = set(
        re.findall(
            r"^\| ([a-z0-9-]+) \|",
            (repository / "docs" / "third-party-licences.md").read_text(),
            flags=re.MULTILINE,
        )
    )
    assert set(pins(repository, "core")) <= credited
