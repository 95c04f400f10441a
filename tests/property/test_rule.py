"""What every decision rule promises."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from realpolitik.contest.rule import DecisionRule, Threshold

SHARES = st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=1000)
BASES = st.sampled_from(["seats", "present", "cast"])
THRESHOLDS = st.one_of(
    st.integers(1, 10**6).map(lambda number: Threshold(Fraction(number))),
    st.builds(Threshold, SHARES, BASES),
    st.builds(Threshold, SHARES.filter(lambda share: share < 1), BASES, st.just(True)),
)
MEMBERS = st.integers(0, 10**9)


@given(threshold=THRESHOLDS)
def test_says_itself_and_is_read_again(threshold: Threshold) -> None:
    assert Threshold.parse(str(threshold)) == threshold


@given(threshold=THRESHOLDS, base=MEMBERS, count=MEMBERS)
def test_is_the_comparison_of_fractions(threshold: Threshold, base: int, count: int) -> None:
    line = threshold.share * (1 if threshold.base is None else base)
    enough = count > line if threshold.more_than else count >= line
    assert bool(threshold.met(count, seats=base, present=base, cast=base)) == (enough and count > 0)


@given(threshold=THRESHOLDS, base=MEMBERS)
def test_needs_no_more_than_necessary(threshold: Threshold, base: int) -> None:
    needed = int(threshold.needed(seats=base, present=base, cast=base))
    assert threshold.met(needed, seats=base, present=base, cast=base)
    assert not threshold.met(needed - 1, seats=base, present=base, cast=base)


@given(passes=THRESHOLDS, yes=MEMBERS, no=MEMBERS, more=st.integers(0, 1000))
def test_another_yes_never_defeats_a_motion(passes: Threshold, yes: int, no: int, more: int) -> None:
    rule = DecisionRule(passes, Threshold.parse("majority of seats"))
    seats = 10**10
    before = rule.passed(yes=yes, no=no, present=yes + no, seats=seats)
    after = rule.passed(yes=yes + more, no=no, present=yes + no + more, seats=seats)
    assert after or not before
