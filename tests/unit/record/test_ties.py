"""Threats of sanctions: what is read, what is refused, and forecasts out of time."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from realpolitik.errors import ContestError, StorageError
from realpolitik.record.logit import chances, fit
from realpolitik.record.threats import EVENTS, as_json, threats
from realpolitik.record.ties import NEEDED, cases


def rows(n: int = 80) -> list[dict[str, str]]:
    """Invented cases; targets give in where the sender is committed."""
    rng = np.random.default_rng(3)
    found = []
    for index in range(n):
        committed = int(rng.integers(1, 4))
        gives_in = rng.random() < (0.2, 0.5, 0.9)[committed - 1]
        row = dict.fromkeys(NEEDED, "") | {"otherissue": ""}
        row |= {
            "startyear": str(1950 + index),
            "primarysender": str(2 if index % 2 else 20),
            "targetstate": str(index % 7),
        }
        row |= {"threat": "1", "imposition": str(index % 3 % 2), "finaloutcome": "2" if gives_in else "4"}
        row |= {"issue1": "13" if index % 4 else "2 8", "scommit": str(committed), "anticipatedtargetcosts": "-9"}
        if index > n - 6:
            row["otherissue"] = "Sign a bilateral non-surrender agreement"
        found.append(row)
    return found


def write(path: Path, found: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return path


def test_threats_with_an_outcome_are_kept(tmp_path: Path) -> None:
    found = rows()
    found += [found[0] | {"threat": "0"}, found[0] | {"finaloutcome": ""}]
    read = cases(write(tmp_path / "a.csv", found))
    assert (read.rows, len(read.threats), read.without_threat, read.without_outcome) == (82, 80, 1, 1)
    assert read.threats[0].codes["issue1"] == 2.0
    assert read.threats[0].codes["anticipatedtargetcosts"] is None
    assert sum(case.article_98 for case in read.threats) == 5


def test_faults_have_their_places(tmp_path: Path) -> None:
    found = rows()
    found[0] |= {"finaloutcome": "11"}
    found[1] |= {"startyear": "soon"}
    found[2] |= {"startyear": ""}
    with pytest.raises(ContestError) as caught:
        cases(write(tmp_path / "a.csv", found))
    for text in ("a.csv:2: finaloutcome: is '11'", "a.csv:3: startyear: is 'soon'", "a.csv:4: startyear: is ''"):
        assert text in str(caught.value)


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    with pytest.raises(ContestError, match="is a broken spreadsheet"):
        cases(path)
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ContestError, match=r"the columns startyear, .* are missing"):
        cases(path)
    with pytest.raises(StorageError, match="cannot be read"):
        cases(tmp_path / "missing.csv")
    with pytest.raises(ContestError, match="Both are needed"):
        threats(write(tmp_path / "b.csv", rows(20)))


def test_forecasts_are_made_from_earlier_cases_alone(tmp_path: Path) -> None:
    found = rows()
    one = threats(write(tmp_path / "a.csv", found))
    early = [row for row in found if int(row["startyear"]) <= 1989]
    assert one.learned_from == len(early) == 40
    given_in = [part for part in one.parts if part.event == "acquiescence"]
    assert given_in[0].base_rate == pytest.approx(sum(row["finaloutcome"] == "2" for row in early) / 40)
    assert [part.n for part in given_in] == [40, 35]
    for row in found[60:]:
        row["finaloutcome"] = "2"
    other = threats(write(tmp_path / "b.csv", found))
    assert [part.base_rate for part in one.parts] == [part.base_rate for part in other.parts]
    assert set(as_json(one)["events"]) == set(EVENTS)


def test_the_logit_is_where_its_slope_is_zero() -> None:
    rng = np.random.default_rng(1)
    columns = np.concatenate([np.ones((200, 1)), rng.normal(size=(200, 3))], axis=1)
    event = (rng.random(200) < chances(columns, np.array([0.3, 1.0, -1.0, 0.0]))).astype(float)
    weights = fit(columns, event, ridge=2.0)
    slope = columns.T @ (event - chances(columns, weights)) - 2.0 * np.array([0, *weights[1:]])
    assert slope == pytest.approx(0, abs=1e-6)
    assert chances(columns, weights).mean() == pytest.approx(event.mean())


def test_a_logit_of_events_that_never_came_stays_finite() -> None:
    columns = np.stack([np.ones(10), np.arange(10.0)], axis=1)
    assert (chances(columns, fit(columns, np.zeros(10))) < 0.01).all()


def test_threats_of_the_data_set(shared: Path) -> None:
    found = threats(shared / "data/ties/TIESv4.xls")
    assert (found.data.rows, len(found.data.threats), found.learned_from) == (1412, 807, 383)
    by = {(part.event, part.without_article_98): part for part in found.parts}
    assert [by["acquiescence", side].n for side in (False, True)] == [424, 356]
    base = {key: part.scores["base-rate"].brier for key, part in by.items()}
    assert base["acquiescence", False] == pytest.approx(0.246, abs=5e-4)
    assert base["acquiescence", True] == pytest.approx(0.243, abs=5e-4)
    assert base["acquiescence or settlement", False] == pytest.approx(0.245, abs=5e-4)
    assert base["imposition", False] == pytest.approx(0.238, abs=5e-4)
    logit = {key: part.scores["logit"].brier for key, part in by.items()}
    assert logit["acquiescence", True] < base["acquiescence", True] - 0.015
    assert logit["imposition", False] > base["imposition", False]
