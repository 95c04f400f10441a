"""Games and power indices against exact references and against going through all coalitions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.voting.games import MOST_VOTERS, Rule, WeightedGame
from realpolitik.models.voting.power import INDICES, index, packed, power, profiles, sums
from realpolitik.models.voting.power.packed import Packed
from realpolitik.models.voting.power.profiles import Profiles
from realpolitik.models.voting.power.sums import Sums
from tests.plain import power as plain
from tests.references import cases


def random_game(rng: random.Random, rules: int) -> WeightedGame:
    voters = rng.randint(1, 7)
    drawn = []
    while len(drawn) < rules:
        weights = tuple(rng.randint(0, rng.choice((2, 9, 40))) for _ in range(voters))
        if sum(weights):
            drawn.append(Rule(rng.randint(1, sum(weights)), weights))
    return WeightedGame(tuple(map(str, range(voters))), tuple(drawn))


def random_union(rng: random.Random) -> WeightedGame:
    """Rules of two lists of weights and of heads, and random sets of them that are enough."""
    game = random_game(rng, rng.randint(1, 3))
    voters = len(game.names)
    rules = [*game.rules, *(replace(rule, quota=rng.randint(1, rule.total)) for rule in game.rules)]
    rules += [Rule(rng.randint(1, 2 * voters), (2,) * voters) for _ in range(rng.randint(0, 2))]
    ways = tuple(
        tuple(sorted(rng.sample(range(len(rules)), rng.randint(1, len(rules))))) for _ in range(rng.randint(1, 4))
    )
    return WeightedGame(game.names, tuple(rules), ways)


def plainly(game: WeightedGame) -> plain.Ways:
    rules = [(rule.quota, rule.weights) for rule in game.rules]
    return [[rules[rule] for rule in way] for way in game.enough]


@pytest.mark.parametrize("seed", range(300))
def test_every_index_equals_going_through_all_coalitions(seed: int) -> None:
    rng = random.Random(seed)
    game = random_union(rng) if rng.random() < 0.5 else random_game(rng, rng.choice((1, 1, 2, 3)))
    rules = plainly(game)
    found = power(game)
    for name, expected in plain.indices(rules).items():
        assert list(index(found, name)) == expected, name
    assert list(found.shapley_shubik) == plain.shapley_shubik(rules)
    assert found.winning == len(list(plain.winning(rules)))
    assert found.minimal_winning == len(plain.minimal(rules))
    assert found.power_to_act == Fraction(found.winning, 2 ** len(game.names))


@pytest.mark.parametrize("seed", range(60))
def test_packed_polynomials_and_profiles_count_the_same(seed: int) -> None:
    rng = random.Random(1000 + seed)
    kinds = rng.randint(1, 5)
    weights = sorted(rng.sample(range(30), kinds), reverse=True)
    numbers = [rng.randint(1, 5) for _ in weights]
    total = sum(map(int.__mul__, weights, numbers)) or 1
    listed = ", ".join(f"{weight}x{number}" for weight, number in zip(weights, numbers, strict=True))
    game = WeightedGame.parse(f"[{rng.randint(1, total)}; {listed if total > 1 else '1'}]")
    other = Profiles.of(game)
    one = Packed.of(other)
    assert one is not None
    assert one.swings() == other.swings()
    assert one.swings_by_size() == tuple(row[:-1] for row in other.swings_by_size())
    assert one.minimal_by_size() == other.minimal_by_size()
    assert one.critical_by_number() == other.critical_by_number()


@pytest.mark.parametrize("seed", range(150))
def test_unions_are_counted_alike_in_every_way(seed: int) -> None:
    game = random_union(random.Random(3000 + seed))
    profiles_ = Profiles.of(game)
    for other in (Packed.of(profiles_), Sums(profiles_)):
        if other is not None:
            assert other.swings() == profiles_.swings()
            assert other.swings_by_size() == tuple(row[:-1] for row in profiles_.swings_by_size())
            assert other.minimal_by_size() == profiles_.minimal_by_size()
            assert other.critical_by_number() == profiles_.critical_by_number()


@pytest.mark.parametrize("seed", range(150))
def test_sums_of_weights_and_profiles_count_the_same(seed: int) -> None:
    """Also where a rule gives all voters one weight, and where some voters have none."""
    rng = random.Random(2000 + seed)
    game = random_game(rng, rng.choice((1, 2, 3)))
    if rng.random() < 0.5:
        heads = rng.randint(1, 3)
        game = replace(
            game, rules=(*game.rules, Rule(rng.randint(1, heads * len(game.names)), (heads,) * len(game.names)))
        )
    other = Profiles.of(game)
    one = Sums(other)
    assert one.swings() == other.swings()
    assert one.swings_by_size() == tuple(row[:-1] for row in other.swings_by_size())
    assert one.minimal_by_size() == other.minimal_by_size()
    assert one.critical_by_number() == other.critical_by_number()


PEOPLE = tuple(2**3 + 3 * number for number in range(27))


def two_of_three(people: Sequence[int]) -> WeightedGame:
    """The Council of the Union: 15 of 27 with 65 percent of the people, or all but three."""
    return WeightedGame.parse(f"[15; 1x27] & [65%; {', '.join(map(str, people))}] | [24; 1x27]")


def test_double_majority_of_27() -> None:
    """Against going through all coalitions of a half that stand for the other half too: every voter twice."""
    found = power(two_of_three(PEOPLE))
    assert isinstance(found._counts, Packed)
    assert sum(found.shapley_shubik) == sum(found.banzhaf) == sum(found.deegan_packel) == 1
    assert list(found.swings) == sorted(found.swings)
    with pytest.raises(ModelError, match="ways that differ"):
        _ = found.johnston
    pairs = [people for people in PEOPLE[:9] for _ in range(3)]
    few = power(two_of_three(pairs))
    other = Profiles.of(few.game)
    assert other.fits()
    assert few.swings == tuple(swings for swings in other.swings()[1][::-1] for _ in range(3))
    assert few.minimal_winning == sum(other.minimal_by_size()[0])


def test_three_majorities_of_27(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members, people and wealth; only sums of weights are few enough."""
    wealth = ", ".join(str(number % 4) for number in range(27))
    game = WeightedGame.parse(f"[15; 1x27] & [65%; {', '.join(map(str, PEOPLE))}] & [half; {wealth}]")
    found = power(game)
    assert isinstance(found._counts, Sums)
    assert sum(found.shapley_shubik) == sum(found.banzhaf) == 1
    with pytest.raises(ModelError, match="ways that differ"):
        _ = found.johnston
    monkeypatch.setattr(sums, "MOST_SUMS", 100)
    with pytest.raises(ModelError, match="combinations of weights"):
        _ = power(game).banzhaf


@pytest.mark.parametrize("case", cases("power"), ids=lambda case: str(case["name"]))
def test_reference(case: dict[str, object]) -> None:
    found = power(WeightedGame.parse(str(case["game"])))
    expected = case["expected"]
    assert isinstance(expected, dict)
    for name, values in expected.items():
        if name in INDICES:
            voters = index(found, name)
            assert abs(sum(voters) - 1) < 1e-9
            distinct = sorted(set(map(float, voters)), reverse=True)
            wanted = sorted({float(Fraction(str(value))) for value in values}, reverse=True)
            assert distinct == pytest.approx(wanted, abs=float(str(case["tolerance"])))
        elif name == "swings":
            assert sorted(set(found.swings), reverse=True) == values
        else:
            assert float(getattr(found, name)) == pytest.approx(float(Fraction(str(values))), rel=1e-12)


def test_counts_pass_every_machine_number() -> None:
    """328 members, one vote each, two thirds: every count is a binomial coefficient."""
    from math import comb

    found = power(WeightedGame.parse("[219; 1x328]"))
    assert found.minimal_winning == comb(328, 219) > 2**63
    assert found.swings[0] == comb(327, 218)
    assert set(found.shapley_shubik) == {Fraction(1, 328)} == set(found.johnston) == set(found.holler)


def test_seventy_three_lists_of_a_parliament_stay_exact() -> None:
    """Where machine integers overflow; the values add up and the largest list is the strongest."""
    rng = random.Random(73)
    seats = [54, 48, 42, *(rng.randint(1, 6) for _ in range(70))]
    found = power(WeightedGame.parse(f"[{sum(seats) // 2 + 1}; {', '.join(map(str, seats))}]"))
    for name in ("banzhaf", "shapley-shubik", "deegan-packel", "holler", "johnston"):
        values = index(found, name)
        assert sum(values) == 1
        assert min(values) >= 0
    assert max(found.shapley_shubik) == found.shapley_shubik[0] > Fraction(54, sum(seats))


def test_large_weights_of_few_voters() -> None:
    """Millions of votes: common factors are taken out, and otherwise profiles are counted."""
    game = "[6000000; 5000000, 4000000, 3000000, 1000000x20, 2000000x30, 0x10]"
    one = power(WeightedGame.parse(game))
    other = power(WeightedGame.parse(game.replace("5000000", "5000000000003")))
    assert isinstance(one._counts, Packed)
    assert isinstance(other._counts, Profiles)
    assert sum(one.shapley_shubik) == sum(other.shapley_shubik) == 1
    few = power(WeightedGame.parse("[60000000000001; 50000000000000, 40000000000003, 30000000000000]"))
    assert few.shapley_shubik == (Fraction(1, 3),) * 3


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST_TABLE", 2**12)
    monkeypatch.setattr(profiles, "MOST_PROFILES", 100)
    game = "[50; 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]"
    with pytest.raises(ModelError, match="coarser units"):
        _ = power(WeightedGame.parse(game)).shapley_shubik
    assert sum(power(WeightedGame.parse(game)).banzhaf) == 1
    with pytest.raises(ModelError, match="ways that differ"):
        Profiles.of(WeightedGame.parse(game)).swings()


def test_unknown_index_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'banzhaf'"):
        index(power(WeightedGame.parse("[1; 1]")), "banzaf")


def test_reading_games() -> None:
    game = WeightedGame.parse("[165; Shia=187, Sunni = 77 , 56, 9 × 2]")
    assert game.names == ("Shia", "Sunni", "3", "4", "5")
    assert game.rules == (Rule(165, (187, 77, 56, 9, 9)),)
    assert str(game) == "[165; 187, 77, 56, 9, 9]"
    assert WeightedGame.of(165, {"Shia": 187, "Sunni": 77}).names == ("Shia", "Sunni")
    assert WeightedGame.parse("[2; list=1x3]").names == ("list 1", "list 2", "list 3")
    assert WeightedGame.parse("[2; a=1, b=2]&[1; 1, 1]") == WeightedGame.parse("[2; a=1, b=2]", "[1; 1, 1]")
    assert WeightedGame.parse("[3; 2*2] & [5; 3, 2]").types == ((0,), (1,))
    assert not WeightedGame.parse("[3; 2*2] & [5; 3, 2]").wins([0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1; 1] [1; 1]", "is not a voting game"),
        ("([1; 1]", "is not a voting game"),
        ("[1; 1])", "is not a voting game"),
        ("[1; 1] &", "is not a voting game"),
        ("| [1; 1]", "is not a voting game"),
        ("[[1; 1]]", "is not a voting game"),
        ("[" * 10**5, "…' is not a voting game"),
        ("[1; 1] & " * 100 + "[1; 1]", "101 rules are more than 100"),
        (" & ".join(["([1; 1] | [1; 1])"] * 8), "More than 100 sets"),
        ("[3; 1, -2, 1.5]", "'1.5' in"),
        ("[3; 1e6]", "at most 18 digits"),
        ("[3; ٣]", "'٣' in"),
        ("[; 1]", "is not a voting game"),
        ("[-1; 1]", "'-1' is not a quota"),
        ("[120%; 1]", "'120%' is not a quota"),
        ("39; 7x5", "is not a voting game"),
        ("[7x5]", "is not a voting game"),
        ("[q; 7x5]", "'q' is not a quota"),
        ("", "is not a voting game"),
        ("[3; 1, -2]", "'-2' in"),
        ("[3; 1.5]", "'1.5' in"),
        ("[3; 1x0]", "'1x0' in"),
        ("[3; ]", "'' in"),
        (f"[3; 1x{MOST_VOTERS}, 1]", "more than 10000 voters"),
        ("[3; 1,000, 2]", "thousands without a comma"),
        ("[1; 0, 0]", "nobody has any weight"),
        ("[0; 1]", "quota 0 is not between 1 and 1"),
        ("[9; 1, 2]", "quota 9 is not between 1 and 3"),
        ("[1; 1, 1] & [1; 1]", "rule 2: 1 weights for 2 voters"),
        ("[1; a=1, a=1]", "voter 'a' stands twice"),
        ("[1; 2=1, 1]", "voter '2' stands twice"),
        ("[1; a=1] & [1; b=1]", "differently"),
    ],
)
def test_what_is_no_game(text: str, words: str) -> None:
    with pytest.raises(ContestError) as caught:
        WeightedGame.parse(text)
    assert words in str(caught.value)


def test_rules_joined() -> None:
    """And binds closer than or; brackets say otherwise; a set within another one is enough."""
    one, other, third = "[1; 1, 0, 0]", "[1; 0, 1, 0]", "[1; 0, 0, 1]"
    assert WeightedGame.parse(f"{one} | {other} & {third}").enough == ((0,), (1, 2))
    assert WeightedGame.parse(f"({one} or {other}) AND {third}").enough == ((0, 2), (1, 2))
    assert WeightedGame.parse(f"{one} | {other}", third).enough == ((0, 2), (1, 2))
    assert WeightedGame.parse(f"(({one})) | {one} & {other}").enough == ((0,), (1, 2))
    assert WeightedGame.parse(f"{one} && {other} And {third}").ways == ()
    union = WeightedGame.parse(f"{one} || {other} & {third}")
    assert [union.wins(members) for members in ([0], [1], [2], [1, 2], [])] == [True, False, False, True, False]
    assert str(union) == "[1; 1, 0, 0] | [1; 0, 1, 0] & [1; 0, 0, 1]"


def test_quotas_in_words() -> None:
    """Of everybody's weight: more than half, at least two thirds, at least 65 percent."""
    quotas = {"majority": 6, "two thirds": 7, "half": 5, "65%": 7, "more than 3/5 of seats": 7, "all": 10}
    assert {words: WeightedGame.parse(f"[{words}; 7, 3]").rules[0].quota for words in quotas} == quotas
    assert WeightedGame.parse(f"[majority; {'9' * 18}, {'9' * 18}]").rules[0].quota == int("9" * 18) + 1


def test_games_made_by_hand_are_checked() -> None:
    with pytest.raises(ContestError, match="rules that are not among the 1"):
        WeightedGame(("a",), (Rule(1, (1,)),), ((1,),))
    with pytest.raises(ContestError, match="needs voters and a rule"):
        WeightedGame((), ())
    with pytest.raises(ContestError, match="-1 is not a weight"):
        WeightedGame(("a", "b"), (Rule(1, (2, -1)),))
    with pytest.raises(ContestError, match="has no name"):
        WeightedGame((" ",), (Rule(1, (2,)),))
