"""What is written is read back the same, and nothing that is read ends in a traceback."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from realpolitik.contest.contest import Contest
from realpolitik.contest.distribution import Distribution, Mixture, judgements, parse
from realpolitik.contest.expression import ExpressionError, Kind, never_holds, parse_expression, wrong_types
from realpolitik.contest.file import CONTEST, edit, load
from realpolitik.contest.located import as_yaml, parse_yaml, plain, shield
from realpolitik.contest.quantity import Bounds, Quantity
from realpolitik.errors import ContestError, RealpolitikError
from tests.plain.expression import holds
from tests.small import CHAMBER, CONFLICT, THREAT, with_section
from tests.strategies import COUNTS, TRUTHS, conditions, contest_files, distributions

FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
FULL = with_section(CHAMBER + THREAT + CONFLICT)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """One folder for all examples of this file."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def load_bytes(place: Path, raw: bytes) -> Contest:
    (place / CONTEST).write_bytes(raw)
    return load(place)


@given(distributions())
def test_a_distribution_reads_back_from_its_text(distribution: Distribution) -> None:
    assert parse(str(distribution)) == distribution


@given(st.lists(distributions(), min_size=1, max_size=4))
def test_a_quantity_reads_back_from_yaml_and_json(parts: list[Distribution]) -> None:
    quantity = Quantity(value=parts[0] if len(parts) == 1 else judgements(parts), unit="percent")
    assert Quantity.model_validate_json(quantity.model_dump_json()) == quantity
    text = as_yaml({"q": quantity.model_dump(mode="json")})
    assert Quantity.model_validate(plain(parse_yaml(text, "x"))["q"]) == quantity


@given(distributions(named=False))
def test_a_distribution_needs_no_quotes_in_yaml(distribution: Distribution) -> None:
    for text in (f"q: {distribution}", f"{{q: {distribution}, r: 1}}", f"- {distribution}"):
        document = plain(parse_yaml(text, "x"))
        read = document["q"] if isinstance(document, dict) else document[0]
        assert Quantity.model_validate(read).value == distribution
        assert len(shield(text)) == len(text)


@given(st.text(max_size=60) | st.text("0123456789.,:()e+- tonrmalbeixu", max_size=30))
@example("mixture(1: mixture(")
def test_any_text_is_a_distribution_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert parse(str(parse(text))) == parse(text)


@given(distributions(), st.sampled_from([Bounds(), Bounds(0, 1), Bounds(0), Bounds(-5, 5)]))
def test_bounds_have_a_word_for_every_distribution(distribution: Distribution, bounds: Bounds) -> None:
    fault = bounds.fault(distribution)
    assert fault is None or str(bounds) in fault


@given(st.text(max_size=60) | st.text("ab01. <>=!()-+notrue", max_size=40))
def test_any_text_is_a_condition_or_an_expression_error(text: str) -> None:
    offset = 0
    try:
        expression = parse_expression(text)
    except ExpressionError as error:
        offset = error.offset
    else:
        assert all(0 <= offset < max(len(text), 1) for _, offset in wrong_types(expression, {}))
    assert 0 <= offset <= len(text)


KINDS: dict[str, Kind] = {**dict.fromkeys(TRUTHS, "truth"), **dict.fromkeys(COUNTS, "number")}


@given(conditions(), st.data())
def test_conditions_mean_the_same_for_arrays_and_to_an_independent_reader(text: str, data: st.DataObject) -> None:
    number = st.sampled_from([-2.5, -1.0, 0.0, 1.0, 2.0, 3.5, float("nan")])
    rows = [
        {name: data.draw(st.booleans() if kind == "truth" else number) for name, kind in KINDS.items()}
        for _ in range(4)
    ]
    expression = parse_expression(text)
    assert wrong_types(expression, KINDS) == []
    expected = [holds(text, row) for row in rows]
    assert [bool(expression.evaluate(row.__getitem__)) for row in rows] == expected
    arrays = {name: np.array([row[name] for row in rows]) for name in KINDS}
    assert np.broadcast_to(expression.evaluate(arrays.__getitem__), 4).tolist() == expected


@given(conditions(truths=("t1", "t2.passed"), numbers=("n1", "n-2")), st.data())
def test_what_can_never_hold_holds_for_no_values(text: str, data: st.DataObject) -> None:
    ranges = {"n1": (0.0, 2.0)}
    if never_holds(parse_expression(text), KINDS, ranges):
        within = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0, float("nan")])
        anything = st.floats()
        for _ in range(10):
            values = {"t1": data.draw(st.booleans()), "t2.passed": data.draw(st.booleans())}
            numbers = {"n1": data.draw(within), "n-2": data.draw(anything)}
            assert not holds(text, values | numbers)


@given(contest_files())
@FEW
def test_a_contest_reads_back_from_its_file(place: Path, written: dict[str, Any]) -> None:
    contest = Contest.model_validate(written)
    assert load_bytes(place, as_yaml(written).encode()) == contest
    again = contest.model_dump(mode="json", exclude={"claims"}, exclude_none=True)
    assert load_bytes(place, as_yaml(again).encode()) == contest
    assert Contest.model_validate_json(contest.model_dump_json()) == contest


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@example(b"")
@example(b"? [a]\n: {b: c}\n")
@example(b"a: !!python/object:os.system x")
@example(b"\xff\xfe")
def test_anything_as_a_contest_file_is_a_realpolitik_error(place: Path, raw: bytes) -> None:
    with pytest.raises(RealpolitikError) as caught:
        load_bytes(place, raw)
    str(caught.value).encode()


YAML_MARKS = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "#",
        " #",
        "&a ",
        "*a",
        "!!str ",
        "|",
        ">",
        "- ",
        "? ",
        "'",
        '"',
        "\\",
        "\n",
        "\t",
        "  ",
        "\r\n",
        "%",
        "@",
        "`",
        "~",
        "null",
        ".nan",
        ".inf",
        "-.inf",
        "<<: ",
        "---\n",
        "...\n",
        "1e999",
        "2020-02-30",
        "0x1F",
        "0o17",
        "1_0",
        "=",
        "true",
        "",
        "\ufeff",
        "\u2028",
        "\x85",
        '"\\ud800"',
        "\xe9",
        "-3",
        "0.5",
        "q",
        "not x > 3",
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(FULL)), st.integers(0, 25), YAML_MARKS), min_size=1, max_size=3))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_contest_file_is_read_or_refused(place: Path, damages: list[tuple[int, int, str]]) -> None:
    text = FULL
    for start, length, mark in damages:
        text = text[:start] + mark + text[start + length :]
    with suppress(RealpolitikError):
        assert load_bytes(place, text.encode()).title


LEAVES = st.none() | st.booleans() | st.integers(-3, 10**30) | st.floats() | st.sampled_from(["", "usa", "0 to 3", "q"])
NODES = st.recursive(
    LEAVES,
    lambda part: st.lists(part, max_size=2) | st.dictionaries(st.sampled_from(["a", "value", 1]), part, max_size=2),
)


def _paths(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _paths(child, (*way, key))


FULL_DATA = plain(parse_yaml(FULL, "x"))
PATHS = [way for way in _paths(FULL_DATA) if way]


@given(st.lists(st.tuples(st.sampled_from(PATHS), NODES), min_size=1, max_size=2), st.booleans())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_anywhere_is_read_or_refused(
    place: Path, changes: list[tuple[tuple[Any, ...], Any]], drop: bool
) -> None:
    data = plain(parse_yaml(FULL, "x"))
    for way, value in changes:
        node = data
        with suppress(KeyError, IndexError, TypeError):
            for key in way[:-1]:
                node = node[key]
            if drop and isinstance(node, dict):
                del node[way[-1]]
            else:
                node[way[-1]] = value
    with suppress(RealpolitikError):
        assert load_bytes(place, as_yaml(data).encode()).title


@given(st.sampled_from(PATHS), st.text(max_size=20) | YAML_MARKS | st.sampled_from(["0.2 to 0.3", "[1, 2]", "{a: 1}"]))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_an_edit_says_what_was_asked_or_leaves_the_file(place: Path, way: tuple[Any, ...], value: str) -> None:
    (place / CONTEST).write_text(FULL, encoding="utf-8")
    address = ".".join(map(str, way))
    try:
        edit(place, {address: value})
    except RealpolitikError:
        assert (place / CONTEST).read_text(encoding="utf-8") == FULL
        return
    expected = plain(parse_yaml(FULL, "x"))
    node = expected
    for key in way[:-1]:
        node = node[key]
    node[way[-1]] = plain(parse_yaml(value, "x")) if value.strip() else None
    assert plain(parse_yaml((place / CONTEST).read_text(encoding="utf-8"), "x")) == expected


@given(distributions(named=False))
def test_a_mixture_of_one_is_no_other_quantity(distribution: Distribution) -> None:
    alone = Quantity(value=Mixture(((1.0, distribution),)))
    assert Quantity.model_validate(alone.model_dump()) == alone


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "a: 1\na: 2\n"])
def test_what_yaml_refuses_has_a_place(text: str) -> None:
    with pytest.raises(ContestError) as caught:
        parse_yaml(text, "x")
    assert (caught.value.faults[0].file, caught.value.faults[0].line) == ("x", 2)
