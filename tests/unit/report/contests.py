"""Contests that the tests of the report look at."""

from dataclasses import replace
from typing import Any

from realpolitik.contest.contest import Contest
from realpolitik.forecast.compare import compare
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.studies import Against, studied
from realpolitik.report.scores import SCORES
from realpolitik.report.track import TRACK

DRAWS, SEED, ROWS = 2_000, 3, 256
SEATS = 57


def bare() -> Contest:
    """One judgement, two outcomes and nothing else."""
    return Contest.model_validate(
        {
            "contest": "bare",
            "title": "Does it happen?",
            "as_of": "2020-01-08",
            "horizon": "2020-12-31",
            "pathway": {"notice": {"judgement": 0.3}},
            "outcomes": {"yes": "notice", "no": "otherwise"},
        }
    )


def full(text: str = "plain", url: str = "javascript:alert(1)") -> Contest:
    """Every noun once; ``text`` is put wherever a contest holds words, ``url`` where its source was published."""
    return Contest.model_validate(_full(text, url))


def run(contest: Contest) -> Forecast:
    """Its forecast, with everything that can be worked out beside it; one with claims has all that a page can hold."""
    found = studied(forecast(contest, DRAWS, SEED), ROWS)
    if not contest.claims:
        return found
    other = Against(contest.title, compare(forecast(likelier(contest), DRAWS, SEED), found))
    told = {TRACK: track_of(contest), SCORES: sheet_of(contest)}
    return replace(found, manifest=found.manifest | told, studies=replace(found.studies, against=other))


def likelier(contest: Contest) -> Contest:
    """The same with another chance of notice."""
    plain = contest.model_dump(mode="json")
    plain["pathway"]["notice"]["judgement"]["value"] = 0.9
    return Contest.model_validate(plain)


def sheet_of(contest: Contest) -> dict[str, Any]:
    """A score sheet as :func:`realpolitik.record.sheet.sheet` tells it, one question of every kind."""
    text = contest.title
    asked = {"question": "end", "text": text, "deadline": "2020-12-31"}
    resolved = {**asked, "answer": text, "on": "2020-12-30", "source": text}
    none = {"brier": None, "log": None, "crps": None}
    row = {**resolved, **none, "hindsight": False, "probability": 0.25, "quantiles": None, "base_rate_of": None,
           "brier": 0.3125, "log": 1.386, "base": {**none, "brier": 0.25}}  # fmt: skip
    number = {**row, **none, "hindsight": True, "answer": 42.0, "probability": None, "quantiles": [5.0, 40.0, 90.0],
              "crps": 9.7, "base": {**none, "crps": 9.0}}  # fmt: skip
    means = {"brier": {"score": 0.3125, "base_rate": 0.25, "n": 1, "last": 0.1},
             "crps": {"score": 9.7, "base_rate": 9.0, "n": 1, "last": 8.8}}  # fmt: skip
    seal = {"entry": 4, "date": "2020-01-09", "sha256": "0" * 64, "known": text, "same_contest": False}
    return {"seal": seal, "hindsight": False, "rows": [row, number], "means": means, "unanswered": [resolved],
            "open": [asked]}  # fmt: skip


def track_of(contest: Contest) -> list[dict[str, Any]]:
    """Two seals as :func:`realpolitik.record.track.as_json` tells them, with what moved the second."""
    half = dict.fromkeys(contest.outcomes, 0.5)
    change = {name: {"change": sign * 0.1, "standard_error": 0.01} for name, sign in zip(half, (1, -1), strict=True)}
    moved = {
        "name": "pathway.notice.judgement",
        "before": "0.1 to 0.2",
        "after": contest.title,
        "evidence": ["c2", "c9"],
        "new_claims": ["c2"],
        "change": change,
    }
    rest = {"name": "together", "before": "", "after": "", "evidence": [], "new_claims": [], "change": change}
    first = {"seal": 4, "date": "2020-01-09", "sha256": "0" * 64, "known": None, "note": contest.title,
             "outcomes": half, "change": {},
             "moved": [], "new_claims": [], "lost_claims": [], "untold": None}  # fmt: skip
    second = {**first, "seal": 5, "known": "notice", "change": change, "moved": [moved, rest], "new_claims": ["c2"]}
    return [first, second, {**second, "change": {}, "untold": contest.title}]


def claim(id_: str, text: str, **more: Any) -> dict[str, Any]:
    """A claim with one span."""
    span = {"start": 5, "end": 5 + len(text), "text": text}
    return {"id": id_, "kind": "quotation", "document": "wire", "spans": [span], "note": text, **more}


def _full(text: str, url: str) -> dict[str, Any]:
    return {
        "contest": "full",
        "title": text,
        "as_of": "2020-01-08",
        "horizon": "2020-12-31",
        "note": text,
        "sources": {"wire": {"title": text, "publisher": text, "url": url, "note": text}},
        "actors": {
            "usa": {"name": text, "kind": "state", "note": text, "evidence": ["c1"]},
            "iran": {"name": text, "kind": "state"},
        },
        "quantities": {"price": {"value": "40 to 60", "note": text, "unit": text}},
        "issues": {
            "force": {
                "question": text,
                "unit": text,
                "scale": {0: text, 50: text, 100: text},
                "reference_point": 20,
                "note": text,
                "positions": {
                    "usa": {
                        "position": "0 to 20",
                        "salience": 0.5,
                        "capability": "5 to 9",
                        "evidence": ["c2"],
                        "note": text,
                    },
                    "iran": {"position": "80 to 95", "salience": 0.9, "capability": 4, "note": "held by a noun"},
                },
            }
        },
        "chambers": {
            "council": {
                "name": text,
                "seats": SEATS,
                "quorum": "majority of seats",
                "passes": "majority of present",
                "note": text,
                "blocs": {
                    "usa": {"seats": 30, "attends": "0.5 to 0.7", "yes": 0.6, "no": 0.2, "evidence": ["c1"]},
                    "others": {"seats": SEATS - 30, "attends": "0.4 to 0.8", "yes": "0.3 to 0.6", "cohesion": 0.4},
                },
            },
            "board": {"seats": 5, "passes": 3, "blocs": {"all": {"seats": 5, "attends": 1, "yes": 0.5}}},
        },
        "threats": {
            "sanctions": {
                "sender": "usa",
                "target": "iran",
                "demand": text,
                "sender_stake": "5 to 9",
                "sender_cost": 4,
                "sender_audience_cost": 1,
                "target_stake": 6,
                "target_cost": "3 to 9",
                "evidence": ["c2"],
            }
        },
        "correlations": [
            {
                "between": ["issues.force.positions.usa.position", "issues.force.positions.iran.position"],
                "rank": 0.3,
                "note": text,
            }
        ],
        "conflicts": {
            "standoff": {
                "decision_makers": {"usa": ["leave"], "iran": ["attack"]},
                "preferences": {"usa": ["not attack", "not leave"], "iran": ["leave"]},
                "evidence": ["c1"],
                "note": text,
            }
        },
        "mobilisations": {
            "street": {
                "of": text,
                "actor": "iran",
                "groups": {
                    "first": {"share": 1, "threshold": 0, "spread": 0.05, "evidence": ["c1"], "note": text},
                    "then": {"share": "4 to 9", "threshold": "0.1 to 0.5", "spread": 0.1, "note": text},
                },
                "trigger": "0.01 to 0.05",
                "repression": 0.02,
                "evidence": ["c2"],
                "note": text,
            }
        },
        "pathway": {
            "rally": {"mobilisation": "street", "title": text, "evidence": ["c1"], "note": text},
            "duel": {
                "crisis": "threat",
                "parameters": {
                    "sender_stake": 3,
                    "sender_audience_cost": 1,
                    "sender_cost": "0 to 4",
                    "sender_paid": 1,
                    "target_stake": 2,
                    "target_cost": {"value": "1 to 5", "evidence": ["c1"], "note": text},
                    "target_paid": 1,
                },
                "players": {"sender": "usa", "target": "iran"},
                "precision": "0.5 to 2",
                "when": "rally.turnout >= 0.1",
                "title": text,
            },
            "resolution": {
                "chamber": "council",
                "title": text,
                "recorded": {"yes": 31, "no": 0, "attended": {"usa": "2 to 6"}, "note": text, "evidence": ["c1"]},
            },
            "notice": {
                "judgement": {"value": "0.2 to 0.5", "note": text, "evidence": ["c2"]},
                "when": "resolution.passed and price > 1",
                "by": "usa",
                "title": text,
                "note": text,
                "base_rate": {"share": 0.2, "cases": 10, "of": text},
            },
            "law": {
                "chamber": "council",
                "effects": [{"when": "notice", "add": {"others.attends": "uniform(0.02, 0.1)"}}],
            },
            "small": {"chamber": "board"},
            "threat": {"threat": "sanctions", "when": "law"},
            "answer": {"choice": {"stay": 1, "go-home": "1 to 2"}, "when": "notice or law"},
            "settled": {
                "bargain": "force",
                "when": "answer.stay",
                "model_error": "normal(0, 5)",
                "effects": [{"add": {"usa.position": "10 to 20"}, "evidence": ["c1"]}],
            },
        },
        "outcomes": {f"{text} out": "answer.go-home or settled > 60", f"{text} rest": "otherwise"},
        "claims": {
            "c1": claim("c1", text, speaker={"actor": "usa", "span": {"start": 0, "end": 3, "text": "the"}}),
            "c2": claim("c2", text, contradicts=["c1"], hedges=[text], status="denied"),
            "c3": claim("c3", text),
        },
    }
