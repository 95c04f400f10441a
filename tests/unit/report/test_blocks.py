"""Blocks and words are data that say the same in every form."""

import numpy as np
import pytest

from realpolitik.forecast.summary import bloc_votes, inputs_at, share, spread
from realpolitik.report.blocks import Code, Column, Row, Small, Table, Web, plain
from realpolitik.report.svg import clip, wrap
from realpolitik.report.wording import anchor, number, on_scale, share_of, spell
from tests.unit.report.contests import SEATS, full, run


def test_empty_columns_are_left_out() -> None:
    columns = (Column("Actor"), Column("Note"), Column("Evidence"))
    rows = (Row(("Iran", "", (Small(""),)), "here"), Row(("Iraq", "", (Code("c1"),))))
    told = Table(columns, rows).told
    assert [column.title for column in told.columns] == ["Actor", "Evidence"]
    assert told.rows[0].anchor == "here"


def test_marks_leave_their_text() -> None:
    assert plain(("see ", Code("x"), " at ", Web("https://example.org"))) == "see x at https://example.org"


def test_identifiers_of_different_names_differ() -> None:
    names = ["ink on paper", "ink-on-paper", "ink_on_paper", "ink.on.paper", "ink on  paper", '"><script>']
    made = {anchor("outcome", name) for name in names}
    assert len(made) == len(names)
    assert not any(set(one) & set("\"'<> ") for one in made)


@pytest.mark.parametrize(
    ("holds", "text"),
    [(0, "no draw"), (10_000, "all draws"), (5_000, "50.0 % ± 0.5"), (3, "0.03 % ± 0.02")],
)
def test_probabilities_carry_their_error(holds: int, text: str) -> None:
    assert spell(share("x", holds, 10_000)).replace("\u00a0", " ") == text


def test_the_very_rare_is_told_in_draws() -> None:
    assert share_of(3e-6, 1e-6, 1_000_000).replace("\u00a0", " ") == "3 in 1,000,000 draws"


def test_zero_has_no_sign() -> None:
    assert on_scale(-0.0001, 100) == "0"
    assert number(-0.0) == "0"


def test_texts_are_cut_at_words() -> None:
    assert clip("Council of Representatives", 16) == "Council of…"
    assert all(len(line) <= 10 for line in wrap("Council of Representatives of Iraq", 10, 2))


def test_expected_votes_fill_the_seats_and_follow_the_effects() -> None:
    forecast = run(full())
    votes = bloc_votes(forecast, "law")
    assert votes.sum() == pytest.approx(SEATS)
    assert (votes >= 0).all()
    happened = forecast.truth("law.happened")
    drawn = forecast.worlds.results["law.yes"][happened]
    assert votes[:, 0].sum() == pytest.approx(drawn.mean(), abs=5 * drawn.std() / np.sqrt(len(drawn)))
    address = "chambers.council.blocs.others.attends"
    notice = forecast.truth("notice")
    before = forecast.worlds.inputs[address]
    moved = inputs_at(forecast, "law")[address] - before
    assert (moved[notice & (before < 1)] > 0).all()
    assert (moved[~notice] == 0).all()


def test_a_spread_leaves_out_draws_without_the_number() -> None:
    low, middle, high = spread(run(full()), "settled")
    assert 0 <= low < middle < high <= 100
