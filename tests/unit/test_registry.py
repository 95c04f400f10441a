"""Parts register themselves, are found by name, and get only the keywords that they ask for."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from realpolitik import registry
from realpolitik.errors import UnknownName
from realpolitik.registry import Entry, Registry


def add(left: int, right: int = 0) -> int:
    """Add two numbers.

    More words.
    """
    return left + right


def nothing() -> None:
    pass


@pytest.fixture
def parts() -> Registry:
    return Registry("part")


def test_a_part_is_found_with_what_it_said_of_itself(parts: Registry) -> None:
    assert parts.register("add", reference="Euclid")(add) is add
    entry = parts.get("add")
    assert (entry.name, entry.function, entry.about) == ("add", add, {"reference": "Euclid"})
    assert entry.summary == "Add two numbers."


def test_summary_of_a_part_without_docstring_is_empty() -> None:
    assert Entry("nothing", nothing).summary == ""


def test_an_entry_passes_on_only_the_keywords_that_its_function_declares() -> None:
    assert Entry("add", add)(1, right=2, rng=None, left_over="x") == 3
    assert Entry("nothing", nothing)(rng=None) is None


@pytest.mark.parametrize("name", ["Median", "two words", "-a", "a-", "a--b", "a_b", "", "median\n"])
def test_a_name_must_be_kebab_case(parts: Registry, name: str) -> None:
    with pytest.raises(ValueError, match=r"part name .* is not kebab-case"):
        parts.register(name)


def test_a_second_part_of_the_same_name_is_refused(parts: Registry) -> None:
    parts.register("add")(add)
    with pytest.raises(ValueError, match=f"part 'add' is already registered by {__name__}"):
        parts.register("add")(nothing)


def test_a_module_that_is_imported_again_replaces_its_own_part(parts: Registry) -> None:
    parts.register("add")(add)
    again = FunctionType(add.__code__, globals(), add.__name__)
    parts.register("add")(again)
    assert parts.get("add").function is again


def test_an_unknown_name_lists_the_known(parts: Registry) -> None:
    parts.register("add")(add)
    with pytest.raises(UnknownName, match=r"There is no part 'ad'\. Did you mean 'add'\? Known: add\."):
        parts.get("ad")


def test_names_are_sorted_and_filtered_by_what_parts_say_of_themselves(parts: Registry) -> None:
    parts.register("zero", accepts=int)(nothing)
    parts.register("add", accepts=int, order=1)(add)
    parts.register("other", accepts=str)(add)
    assert parts.names() == ("add", "other", "zero")
    assert parts.names(accepts=int) == ("add", "zero")
    assert parts.names(accepts=int, order=1) == ("add",)
    assert parts.names(order=2) == ()


BUILT_IN = """
from {package} import parts

@parts.register("{name}")
def part() -> str:
    return "{name}"
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a package whose modules register one part each, at two depths."""
    home = tmp_path / "partshop"
    (home / "deep").mkdir(parents=True)
    (home / "deep" / "__init__.py").touch()
    (home / "__init__.py").write_text(
        "from realpolitik.registry import Registry\nparts = Registry('partshop-part', 'partshop')\n"
    )
    (home / "near.py").write_text(BUILT_IN.format(package="partshop", name="near"))
    (home / "deep" / "far.py").write_text(BUILT_IN.format(package="partshop", name="far"))
    distribution = tmp_path / "thirdparty-1.0.dist-info"
    distribution.mkdir()
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: thirdparty\nVersion: 1.0\n")
    (distribution / "entry_points.txt").write_text("[realpolitik.partshop-parts]\nfar = thirdparty\n")
    (tmp_path / "thirdparty.py").write_text(BUILT_IN.format(package="partshop", name="third"))
    monkeypatch.syspath_prepend(tmp_path)
    return "partshop"


def test_built_in_parts_and_those_of_third_parties_are_found_once(package: str) -> None:
    __import__(package)
    parts = sys.modules[package].parts
    try:
        assert parts.names() == ("far", "near", "third")
        first = parts.get("near")
        parts.load()
        assert parts.get("near") is first
        assert parts.get("third")() == "third"
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] in {package, "thirdparty"}]:
            del sys.modules[name]


@pytest.mark.parametrize(
    ("kind", "decorate", "about"),
    [
        (
            "models",
            lambda name: registry.model(name, accepts=int, reference="Euclid", variants=("a", "b")),
            {"accepts": int, "reference": "Euclid", "variants": ("a", "b"), "predictive": False},
        ),
        ("readers", registry.reader, {}),
        ("engines", lambda name: registry.engine(name, address=True), {"address": True}),
        ("sections", lambda name: registry.section(name, order=3), {"order": 3}),
    ],
)
def test_each_decorator_fills_its_own_registry(
    kind: str,
    decorate: Callable[[str], Callable[..., Any]],
    about: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fresh = Registry(kind.removesuffix("s"))
    monkeypatch.setattr(registry, kind, fresh)
    assert decorate("add")(add) is add
    entry = fresh.get("add")
    assert (entry.function, entry.about) == (add, about)
