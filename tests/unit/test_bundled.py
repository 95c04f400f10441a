"""Bundled contests are found in a checkout and in an installed package."""

from pathlib import Path

import pytest

from realpolitik.bundled import HOMES, bundled, bundled_contest
from realpolitik.errors import UnknownName


def contest(home: Path, name: str) -> Path:
    (home / name).mkdir(parents=True)
    (home / name / "contest.yaml").touch()
    return home / name


def test_the_homes_are_the_package_and_the_checkout(repository: Path) -> None:
    package, checkout = HOMES
    assert package == repository / "src" / "realpolitik" / "examples"
    assert checkout == repository / "examples"


def test_only_folders_with_a_contest_count_and_the_first_home_wins(tmp_path: Path) -> None:
    package, checkout = tmp_path / "package", tmp_path / "checkout"
    mine = contest(package, "iraq-2020")
    contest(checkout, "iraq-2020")
    other = contest(checkout, "basel")
    (checkout / "README.md").touch()
    (checkout / "empty").mkdir()
    found = bundled((package, tmp_path / "absent", checkout))
    assert list(found.items()) == [("basel", other), ("iraq-2020", mine)]
    assert bundled_contest("iraq-2020", (package, checkout)) == mine


def test_an_unknown_contest_lists_the_known(tmp_path: Path) -> None:
    contest(tmp_path, "iraq-2020")
    with pytest.raises(UnknownName, match=r"no bundled contest 'irak-2020'\. Did you mean 'iraq-2020'"):
        bundled_contest("irak-2020", (tmp_path,))
