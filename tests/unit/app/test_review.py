"""The review without a terminal: keys and lines are injected, the screen is read."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from realpolitik.app import review
from realpolitik.app.review.log import LOG, Verdict, add, last, read_log
from realpolitik.app.review.session import summary
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import load
from realpolitik.errors import ContestError, StorageError, UnknownName

DAY = date(2026, 3, 4)
REPORT = (
    "Toll backed\n\n“We will not pay,” Ben Roe of Arnor said. “Never,” Ann Lee said.\n\n"
    "The council voted 61 to 40, perhaps 62 to 40. Arnor threatened to close the bridge.\n"
)


def span(words: str, text: str = REPORT) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


CLAIMS: list[dict[str, Any]] = [
    {"id": "other", "kind": "quotation", "document": "held", "spans": [span("“Never,” Ann Lee said")]},
    {
        "id": "vote",
        "kind": "vote",
        "document": "held",
        "spans": [span("The council voted 61 to 40")],
        "vote": {"yes": 61, "no": 40, "present": 101, "derived": ["present"]},
    },
    {"id": "unsure", "kind": "figure", "document": "held", "spans": [span("62 to 40")], "hedges": ["perhaps"]},
    {
        "id": "one",
        "kind": "vote",
        "document": "away",
        "spans": [{"start": 90, "end": 98, "text": "61 to 39"}],
        "vote": {"yes": 61, "no": 39},
        "contradicts": ["rests"],
    },
    {
        "id": "rests",
        "kind": "quotation",
        "document": "held",
        "spans": [span("“We will not pay,” Ben Roe of Arnor said")],
        "speaker": {"actor": "Roe", "span": span("Ben Roe")},
        "content": [span("“We will not pay,”")],
    },
    {
        "id": "act",
        "kind": "event",
        "document": "held",
        "spans": [span("Arnor threatened to close the bridge")],
        "event": {"type": "THREATEN", "source": "Arnor", "source_span": span("Arnor threatened")},
    },
]
CONTEST = """\
contest: toll
title: Who pays?
as_of: 2026-02-01
horizon: 2026-12-31
sources:
  held: {title: Toll backed, file: sources/held.txt, published: 2026-01-10}
  away: {title: A paper, sha256: "%s"}
actors:
  arnor: {name: Arnor, kind: state, evidence: [rests, vote]}   # kept
issues:
  toll:
    question: How much?
    unit: percent
    scale: {0: none, 100: all}
    positions:
      # the comment stays
      arnor: {position: {value: 0 to 20, evidence: [rests]}, salience: {value: 0.5, evidence: [vote]}, capability: 50}
pathway:
  settlement: {bargain: toll}
outcomes: {much: settlement >= 50, little: otherwise}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "held.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "contest.yaml").write_text(CONTEST % ("0" * 64), encoding="utf-8")
    lines = [json.dumps(claim, ensure_ascii=False) for claim in CLAIMS]
    (tmp_path / "claims.jsonl").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    load(tmp_path)
    return tmp_path


class Played:
    """A terminal on which a script types."""

    def __init__(
        self, keys: str, lines: list[str | None], width: int = 80, height: int = 24, marks: bool = True
    ) -> None:
        self._keys, self._lines = iter(keys), iter(lines)
        self.written = StringIO()
        self.console = Console(file=self.written, width=width, force_terminal=not marks, highlight=False)
        self.height, self.marks = height, marks
        self.prompts: list[str] = []

    def key(self) -> str:
        return next(self._keys, "")

    def line(self, prompt: str) -> str | None:
        self.prompts.append(prompt)
        return next(self._lines)

    def clear(self) -> None:
        self.console.print("-----")

    @property
    def screens(self) -> list[str]:
        return self.written.getvalue().split("-----\n")[1:]


def sit(folder: Path, keys: str, *lines: str | None, source: dict[str, str] | None = None, **size: Any) -> Played:
    """One sitting."""
    terminal = Played(keys, list(lines), **size)
    review.run(folder, reviewer="Jo", sources=source or {}, as_json=False, today=lambda: DAY, terminal=terminal)
    return terminal


def claims(folder: Path) -> dict[str, Claim]:
    return load(folder).claims


def state(folder: Path) -> dict[str, Any]:
    return summary(load(folder), last(read_log(folder)))


def test_what_matters_first(folder: Path) -> None:
    order = [(one["claim"], one["why"]) for one in state(folder)["queue"]]
    assert order == [
        ("rests", ["a position rests on it", "contradicted"]),
        ("vote", ["a position rests on it", "vote"]),
        ("one", ["contradicted", "vote"]),
        ("act", ["threat to be judged"]),
        ("other", ["speaker unknown"]),
        ("unsure", ["hedged"]),
    ]


def test_claim_is_shown_in_its_paragraph(folder: Path) -> None:
    [screen] = sit(folder, "q").screens
    assert "1 of 6 · rests · quotation · a position rests on it, contradicted" in screen
    assert "[[“We will not pay,” Ben Roe of Arnor said]]. “Never,” Ann Lee said." in screen
    assert "Evidence for issues.toll.positions.arnor.position\n" in screen
    assert "Against one: “61 to 39”" in screen
    assert "speaker: Roe (“Ben Roe”)" in screen


def test_colour_marks_without_brackets(folder: Path) -> None:
    screen = sit(folder, "q", marks=False).written.getvalue()
    assert "[[" not in screen
    assert "\x1b[7m" in screen


def test_text_that_is_not_held(folder: Path) -> None:
    screen = sit(folder, "nnq").screens[2]
    assert "one" in screen
    assert "The text is not held here" in screen
    assert "[[61 to 39]]" in screen


def test_text_that_the_reviewer_has(folder: Path, tmp_path: Path) -> None:
    from hashlib import sha256

    text = "A paper, on the day after, wrote at some length about the toll and what everybody thought: " + "x"
    text = text[:90] + "61 to 39 it was, they say.\n"
    file = folder / "own.txt"
    file.write_text(text)
    contest = folder / "contest.yaml"
    contest.write_text(contest.read_text().replace("0" * 64, sha256(text.encode()).hexdigest()))
    screen = sit(folder, "nnq", source={"away": str(file)}).screens[2]
    assert "[[61 to 39]] it was, they say." in screen.replace("\n", " ")
    assert "not held" not in screen


def test_wrong_text_and_unknown_source_are_refused(folder: Path) -> None:
    file = folder / "own.txt"
    file.write_text("Something else.\n")
    with pytest.raises(StorageError, match="SHA-256"):
        sit(folder, "q", source={"away": str(file)})
    with pytest.raises(UnknownName, match="away"):
        sit(folder, "q", source={"afar": str(file)})


def test_accepting_changes_the_log_only(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    sit(folder, "aaq")
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after.keys() - before.keys() == {LOG}
    assert all(after[name] == content for name, content in before.items())
    verdicts = read_log(folder)
    assert [(one.claim, one.verdict, one.reviewer, one.date) for one in verdicts] == [
        ("rests", "accepted", "Jo", DAY),
        ("vote", "accepted", "Jo", DAY),
    ]


def test_review_is_taken_up_where_it_was_left(folder: Path) -> None:
    sit(folder, "aq")
    screen = sit(folder, "q").screens[0]
    assert "2 of 6 · vote" in screen
    sit(folder, "aaaaa")
    assert state(folder)["open"] == 0
    assert sit(folder, "").screens == []


def test_next_and_back(folder: Path) -> None:
    heads = [screen.split(" · ")[1] for screen in sit(folder, "nbb nbq").screens]
    assert heads == ["rests", "vote", "rests", "rests", "vote", "one", "vote"]


def test_unknown_keys_do_nothing(folder: Path) -> None:
    sit(folder, "zéq")
    assert not (folder / LOG).exists()


def test_correcting_a_vote(folder: Path) -> None:
    lines = (folder / "claims.jsonl").read_text(encoding="utf-8").split("\n")
    terminal = sit(folder, "ncq", "4", "102", "")
    found = claims(folder)["vote"].vote
    assert found is not None
    assert (found.present, found.derived) == (102, ())
    now = (folder / "claims.jsonl").read_text(encoding="utf-8").split("\n")
    assert [line for line in now if '"vote"' not in line[:15]] == [line for line in lines if '"vote"' not in line[:15]]
    [verdict] = read_log(folder)
    assert verdict.verdict == "corrected"
    assert verdict.was is not None
    assert verdict.was.vote is not None
    assert verdict.was.vote.present == 101
    assert state(folder)["corrected"] == 1
    assert "a number" in terminal.prompts[1]


def test_words_are_moved_by_typing_them(folder: Path) -> None:
    terminal = sit(folder, "cq", "3", "ann lee", "", "3", "Ann Lee", "2", "Ann Lee", "6", '"Never," Ann Lee said', "")
    claim = claims(folder)["rests"]
    assert "'ann lee' does not stand in the text" in terminal.written.getvalue()
    assert claim.speaker is not None
    assert claim.speaker.span is not None
    assert claim.speaker.span.start == REPORT.index("Ann Lee")
    assert claim.speaker.actor == "Ann Lee"
    assert claim.spans[0].text == "“Never,” Ann Lee said"


def test_without_the_text_only_own_words_can_be_chosen(folder: Path) -> None:
    terminal = sit(folder, "nncq", "13", "council", "", "13", "61 | 39", "")
    assert "own words" in terminal.written.getvalue()
    assert [one.text for one in claims(folder)["one"].spans] == ["61", "39"]


def test_event_keeps_status_and_drops_the_words_of_another_source(folder: Path) -> None:
    sit(folder, "nnncq", "7", "denied", "3", "Ann Lee", "")
    event = claims(folder)["act"].event
    assert event is not None
    assert (event.status, event.source, event.source_span) == ("denied", "Ann Lee", None)


@pytest.mark.parametrize(
    ("number", "typed", "words"),
    [
        ("1", "many", "is no number"),
        ("1", "1e999", "is no number"),
        ("1", "2.5", "vote.yes"),
        ("7", "perhaps", "neither yes nor no"),
        ("8", "sure", "Allowed: asserted"),
        ("13", "", "A claim needs words"),
        ("99", "", "none of the numbers 1 to 15"),
    ],
)
def test_impossible_corrections_are_refused(folder: Path, number: str, typed: str, words: str) -> None:
    lines = [number, "", ""] if number == "99" else [number, typed, "", ""]
    terminal = sit(folder, "ncq", *lines)
    assert words in terminal.written.getvalue().replace("\n", " ")
    assert not (folder / LOG).exists()


@pytest.mark.parametrize("lines", [("1", "70", "x"), ("1", "70", None), ("1", None, "")])
def test_corrections_taken_back(folder: Path, lines: tuple[str | None, ...]) -> None:
    before = (folder / "claims.jsonl").read_bytes()
    sit(folder, "ncq", *lines)
    assert (folder / "claims.jsonl").read_bytes() == before
    assert not (folder / LOG).exists()


def test_rejecting_takes_the_claim_out_of_everything(folder: Path) -> None:
    terminal = sit(folder, "ryq")
    shown = terminal.written.getvalue().replace("\n", " ")
    assert "evidence for issues.toll.positions.arnor.position" in shown
    assert "evidence for actors.arnor" in shown
    assert "one says that the two contradict each other" in shown
    contest = load(folder)
    assert "rests" not in contest.claims
    assert contest.claims["one"].contradicts == ()
    assert contest.actors["arnor"].evidence == ("vote",)
    text = (folder / "contest.yaml").read_text()
    assert "# the comment stays" in text
    assert "# kept" in text
    [verdict] = read_log(folder)
    assert verdict.was is not None
    assert verdict.was.id == "rests"
    assert len(verdict.withdrawn) == 3
    assert state(folder)["rejected"] == 1


def test_claims_that_contradicted_a_rejected_one_go_on(folder: Path) -> None:
    terminal = sit(folder, "rynn")
    assert "one" in terminal.screens[2]
    assert "Against" not in terminal.screens[2]


def test_everything_can_be_rejected(folder: Path) -> None:
    sit(folder, "ry" * 6)
    assert claims(folder) == {}
    assert state(folder)["rejected"] == 6
    assert load(folder).actors["arnor"].evidence == ()


def test_rejecting_asks_once_more(folder: Path) -> None:
    sit(folder, "rnq")
    assert "rests" in claims(folder)
    assert not (folder / LOG).exists()


def test_claim_that_changed_since_is_judged_again(folder: Path) -> None:
    sit(folder, "aaaaaa")
    path = folder / "claims.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"yes": 61, "no": 40', '"yes": 62, "no": 40'), "utf-8")
    assert [(one["claim"], one["changed"]) for one in state(folder)["queue"]] == [("vote", True)]
    assert "changed since it was accepted by Jo" in sit(folder, "q").screens[0]


def test_claim_that_changes_during_the_review_is_not_overwritten(folder: Path) -> None:
    path = folder / "claims.jsonl"

    class Meddling(Played):
        def line(self, prompt: str) -> str | None:
            path.write_text(path.read_text(encoding="utf-8").replace('"no": 40', '"no": 41'), encoding="utf-8")
            return super().line(prompt)

    terminal = Meddling("nc", ["1", "70", ""])
    with pytest.raises(StorageError, match="was changed while it was reviewed"):
        review.run(folder, reviewer="Jo", sources={}, as_json=False, today=lambda: DAY, terminal=terminal)
    vote = claims(folder)["vote"].vote
    assert vote is not None
    assert (vote.yes, vote.no) == (61, 41)


def test_line_that_a_crash_cut_off_is_taken_away(folder: Path) -> None:
    sit(folder, "aq")
    with (folder / LOG).open("a") as file:
        file.write('{"claim":"vo')
    assert len(read_log(folder)) == 1
    sit(folder, "aq")
    assert [one.claim for one in read_log(folder)] == ["rests", "vote"]


def test_broken_log_is_named_by_line(folder: Path) -> None:
    sit(folder, "aq")
    with (folder / LOG).open("a") as file:
        file.write('{"claim": "vote"}\nnonsense\n')
    with pytest.raises(ContestError, match=r"review.jsonl:2.*\n.*review.jsonl:3"):
        read_log(folder)


def test_log_is_only_added_to(folder: Path) -> None:
    sit(folder, "aq")
    before = (folder / LOG).read_bytes()
    sit(folder, "aq")
    assert (folder / LOG).read_bytes().startswith(before)


@pytest.mark.parametrize(("width", "height"), [(16, 4), (20, 5), (40, 10), (300, 100)])
def test_any_size_of_terminal(folder: Path, width: int, height: int) -> None:
    terminal = sit(folder, "nnnnnnq", width=width, height=height)
    assert len(terminal.screens) == 6
    assert all(len(line) <= width for line in terminal.written.getvalue().splitlines())


def test_long_paragraph_is_cut_between_words_around_the_claim(folder: Path) -> None:
    from realpolitik.app.review.context import Excerpt
    from realpolitik.app.review.screen import _cut

    words = " ".join(f"word{number}" for number in range(400))
    low = words.index("word200")
    for most in range(20, 300, 7):
        cut = _cut(Excerpt(words, ((low, low + 15),)), most)
        [(start, end)] = cut.marks
        assert cut.text[start:end] == words[low : low + 15]
        shown = cut.text.removeprefix("… ").removesuffix(" …")
        assert set(shown.split()) <= set(words.split())
        assert len(cut.text) <= most + 4
    whole = _cut(Excerpt(words, ((0, len(words)),)), 50)
    assert whole.marks[0][0] == 0
    assert len(whole.text) <= 54


def test_steering_characters_are_not_printed(folder: Path) -> None:
    path = folder / "claims.jsonl"
    text = path.read_text(encoding="utf-8").replace('"actor": "Roe"', '"actor": "R\\u001b[2Joe"')
    path.write_text(text, encoding="utf-8")
    assert "\x1b" not in sit(folder, "q").written.getvalue()


def test_state_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sit(folder, "aq")
    review.run(folder / "contest.yaml", reviewer=None, sources={}, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["claims"], found["accepted"], found["open"], found["reviewers"]) == (6, 1, 5, ["Jo"])


def test_no_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("q"))
    with pytest.raises(ContestError, match="a person at a terminal"):
        review.run(folder, reviewer="Jo", sources={}, as_json=False)


def test_verdict_is_added_to_an_empty_log(folder: Path) -> None:
    (folder / LOG).touch()
    verdict = Verdict(claim="vote", verdict="accepted", reviewer="Jo", date=DAY, digest="0" * 64)
    add(folder, verdict)
    assert read_log(folder) == [verdict]


@pytest.fixture
def dotted(folder: Path) -> Path:
    """Ids that YAML would read as numbers or dates."""
    for name in ("contest.yaml", "claims.jsonl"):
        text = (folder / name).read_text(encoding="utf-8")
        new = text.replace("[rests, vote]", '["1e5", vote]').replace("[rests]", '["1e5", "007"]')
        new = new.replace('"id": "rests"', '"id": "1e5"').replace('["rests"]', '["1e5"]').replace('"other"', '"007"')
        (folder / name).write_text(new, encoding="utf-8")
    load(folder)
    return folder


def test_ids_that_look_like_numbers_stay_text(dotted: Path) -> None:
    sit(dotted, "ryq")
    assert "1e5" not in claims(dotted)
    assert load(dotted).inputs()["issues.toll.positions.arnor.position"].quantity.evidence == ("007",)
