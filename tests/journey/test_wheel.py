"""The wheel carries everything that the program opens at run time."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build the wheel without network and return the names of its files."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=repository, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return set(ZipFile(file).namelist())


def test_every_file_of_the_package_is_in_the_wheel(repository: Path, wheel: set[str]) -> None:
    source = repository / "src"
    files = (path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert {str(path.relative_to(source).as_posix()) for path in files} <= wheel


def test_every_example_is_in_the_wheel(repository: Path, wheel: set[str]) -> None:
    files = [path for path in (repository / "examples").rglob("*") if path.is_file()]
    assert files
    assert {f"realpolitik/{path.relative_to(repository).as_posix()}" for path in files} <= wheel


def test_the_licence_is_in_the_wheel(wheel: set[str]) -> None:
    names = {name.rpartition("/")[2] for name in wheel if ".dist-info/licenses/" in name}
    assert names == {"LICENSE", "NOTICE"}
