"""Another forecast of the same worlds, as a section and as a page."""

from dataclasses import replace
from pathlib import Path

from realpolitik.contest.contest import Contest
from realpolitik.forecast.compare import compare
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.studies import Against, Studies
from realpolitik.report.blocks import Figure, Table, plain
from realpolitik.report.comparison import MOST, comparison, write_comparison
from realpolitik.report.wording import percent, points
from tests.unit.report.contests import DRAWS, SEED, bare, full, likelier, run


def tables() -> list[Table]:
    return [block for block in comparison(run(full())) if isinstance(block, Table)]


def test_without_another_forecast_there_is_nothing_to_say() -> None:
    assert comparison(run(bare())) == []


def test_it_shows_the_numbers_of_the_comparison() -> None:
    here = run(full())
    found = compare(forecast(likelier(full()), DRAWS, SEED), here)
    settings, outcomes, settlements, switches = tables()
    assert [plain(cell) for row in settings.rows for cell in row.cells] == [
        "Probability that it happens: plain", "0.9", "0.2 to 0.5",
    ]  # fmt: skip
    assert [tuple(map(plain, row.cells)) for row in outcomes.rows] == [
        (one.name, percent(one.before), percent(one.after), points(one.difference, one.standard_error))
        for one in found.outcomes
    ]
    assert len(settlements.rows) == len(found.settlements) == 1
    assert sum(int(str(row.cells[2]).replace(",", "")) for row in switches.rows) == found.switched > 0
    assert any(isinstance(block, Figure) for block in comparison(here))


def test_a_page_of_its_own_links_to_nothing(tmp_path: Path) -> None:
    before, after = forecast(likelier(full()), DRAWS, SEED), forecast(full(), DRAWS, SEED)
    page = tmp_path / "page.html"
    write_comparison(before, after, compare(before, after), ("old", "<new>"), page)
    text = page.read_text(encoding="utf-8")
    assert "&lt;new&gt;" in text
    assert "pathway.notice.judgement" in text
    assert "#quantity" not in text


def test_the_same_twice_says_so(tmp_path: Path) -> None:
    found = forecast(bare(), DRAWS, SEED)
    page = tmp_path / "page.html"
    write_comparison(found, found, compare(found, found), ("a", "a"), page)
    text = page.read_text(encoding="utf-8")
    assert "No draw ends otherwise" in text
    assert "do not differ in anything" in text
    assert "<svg" not in text


def test_a_long_list_of_settings_is_cut_and_counted() -> None:
    here, plain_contest = forecast(full(), 200, SEED), full().model_dump(mode="json")
    for step in ("resolution", "notice", "law", "small", "answer", "settled"):
        plain_contest["pathway"][f"{step}-again"] = {"judgement": {"value": 0.5}}
    for number in range(MOST):
        plain_contest["quantities"][f"spare-{number}"] = {"value": number}
    found = replace(
        here, studies=Studies(against=Against("x", compare(forecast(_made(plain_contest), 200, SEED), here)))
    )
    settings = next(block for block in comparison(found) if isinstance(block, Table))
    assert len(settings.rows) == MOST
    assert "6 more are not shown" in plain(settings.caption)


def _made(plain_contest: dict[str, object]) -> Contest:
    return Contest.model_validate(plain_contest)
