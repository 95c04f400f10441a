"""Quantities in words: a reader never meets the address of an input."""

from realpolitik.contest.contest import Contest
from realpolitik.report.wording import quantity_name
from tests.unit.report.contests import full

CONTEST = Contest.model_validate(
    {
        "contest": "two-steps",
        "title": "Does it happen?",
        "as_of": "2020-01-08",
        "horizon": "2020-12-31",
        "pathway": {
            "notice": {"judgement": 0.3, "title": "The government gives notice"},
            "answer": {
                "judgement": 0.5,
                "effects": [
                    {"when": "notice", "set": {"pathway.answer.judgement": 0.8}},
                    {"scale": {"pathway.answer.judgement": 0.9}},
                ],
            },
        },
        "outcomes": {"yes": "answer", "no": "otherwise"},
    }
)


def words(address: str) -> str:
    return quantity_name(CONTEST, address, CONTEST.inputs()[address])


def test_an_effect_names_what_it_changes_and_when() -> None:
    own = "the probability that it happens"
    assert words("pathway.answer.effects.0.set.pathway.answer.judgement") == f"Sets {own}, if notice: Answer"
    assert words("pathway.answer.effects.1.scale.pathway.answer.judgement") == f"Scales {own}: Answer"


def test_no_quantity_is_told_by_its_address() -> None:
    for address in CONTEST.inputs():
        assert "pathway." not in words(address)


def test_a_probability_names_its_stage() -> None:
    assert words("pathway.notice.judgement") == "Probability that it happens: The government gives notice"


def test_an_effect_on_a_position_names_the_actor() -> None:
    contest = full("plain words")
    address = "pathway.settled.effects.0.add.usa.position"
    name = quantity_name(contest, address, contest.inputs()[address])
    assert name == "Adds to the position of plain words: Settled"
