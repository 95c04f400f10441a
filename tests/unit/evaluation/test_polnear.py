"""The yardstick for attributions: reading the collection, the definitions, the refusals, the command."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.app.cli import app
from realpolitik.errors import ReadingError, StorageError
from realpolitik.evaluation.attribution_scores import Found, score
from realpolitik.evaluation.baselines import united
from realpolitik.evaluation.polnear import Article, Gold, Kind, Ranges, articles, kind_of

TEXT = "“We go,” said Ann Roe.\n\nThe toll, she added, is “dead.” Ben Hall fears war.\n"


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def gold(kind: Kind, content: Ranges, source: Ranges = ()) -> Gold:
    return Gold(content, source, (), kind)


def line(number: int, role: str, *words: str) -> str:
    places = ";".join("{} {}".format(*span(part)) for part in words)
    return f"T{number}\t{role} {places}\t{' '.join(words)}"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "wire.txt").write_text(TEXT, encoding="utf-8")
    lines = [
        line(1, "Source", "Ann Roe"),
        line(2, "Cue", "said"),
        line(3, "Content", "“We go,”"),
        line(4, "Attribution", "said"),
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        line(5, "Source", "she"),
        line(6, "Content", "The toll", "is “dead.”"),
        "E2\tAttribution:T6 Content:T6 Source:T5",
        line(7, "Content", "war"),
        "E3\tAttribution-no-source:T7 Content:T7",
    ]
    (tmp_path / "attributions" / "wire_a1.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "attributions" / "wire_b2.ann").write_text("", encoding="utf-8")
    return tmp_path


def test_first_annotator_by_name_counts(collection: Path) -> None:
    [article] = articles(collection)
    assert [(one.kind, len(one.content), len(one.source)) for one in article.gold] == [
        ("direct", 1, 1),
        ("mixed", 2, 1),
        ("indirect", 1, 0),
    ]


def test_texts_and_annotations_in_one_folder(collection: Path, tmp_path: Path) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    (collection / "text" / "wire.txt").rename(flat / "wire.txt")
    (collection / "attributions" / "wire_a1.ann").rename(flat / "wire.ann")
    assert len(articles(flat)[0].gold) == 3


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("“We go.”", "direct"),
        ("''We go'' and ''stay''", "direct"),
        ("that “we” go", "mixed"),
        ("that Roe's ship goes", "indirect"),
        ("", "indirect"),
    ],
)
def test_kind(content: str, kind: Kind) -> None:
    assert kind_of(content) == kind


def test_definitions_by_hand() -> None:
    text = "abcd efgh ijkl mnop"
    article = Article(
        "a", text, (gold("direct", ((0, 9),), ((15, 19),)), gold("mixed", ((10, 14),)), gold("indirect", ((15, 19),)))
    )
    found = [
        Found(((0, 4),), ((15, 17),), ()),  # 4 of 8 letters: found, and the speaker overlaps
        Found(((10, 12), (15, 16)), (), ()),  # 2 shared of 5: not found
    ]
    result = score([(article, found)])
    assert (result.share_found("direct"), result.share_end_to_end("direct")) == (1, 1)
    assert (result.share_found("mixed"), result.with_source["mixed"], result.share_found("indirect")) == (0, 0, 0)
    assert (result.proposed, result.expected, result.shared) == (7, 16, 7)
    assert result.content_f1 == pytest.approx(14 / 23)
    assert result.precision == 0.5
    assert sorted(miss.kind for miss in result.misses) == [
        "extra: content overlaps too little",
        "indirect: cue not seen",
        "mixed: cue not seen",
    ]


def test_wrong_speaker_is_found_but_not_end_to_end() -> None:
    article = Article("a", "We go, he said", (gold("direct", ((0, 5),), ((7, 9),)),))
    result = score([(article, [Found(((0, 5),), ((10, 14),), ())])])
    assert (result.share_found("direct"), result.share_end_to_end("direct")) == (1, 0)
    assert [miss.kind for miss in result.misses] == ["direct: another speaker"]


def test_nothing_found_divides_by_nothing() -> None:
    assert score([]).as_json()["content"] == {"precision": 0, "recall": 0, "f1": 0}


def test_union_keeps_what_does_not_overlap() -> None:
    first, second, third = (Found(((low, low + 4),), (), ()) for low in (0, 2, 9))
    assert united([first], [second, third]) == [first, third]


def test_refusals_name_place_and_remedy(collection: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such folder"):
        articles(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadingError, match=r"Expected text/NAME\.txt"):
        articles(tmp_path / "empty")
    (collection / "attributions" / "wire_a1.ann").write_text("T1\tCue 5 9000\tx\nT2 broken", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"(?s)wire_a1\.ann:1.*outside.*wire_a1\.ann:2.*expected a span"):
        articles(collection)
    (collection / "text" / "wire.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ReadingError, match="not UTF-8"):
        articles(collection)


def test_command_prints_json_as_documented(collection: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "polnear", str(collection), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert list(found) == ["direct", "mixed", "indirect", "content", "precision", "words_per_second"]
    assert found["direct"] == {"found": 1.0, "end_to_end": 1.0, "n": 1}
    assert found["mixed"] == {"found": 1.0, "end_to_end": 1.0, "n": 1}
    assert found["words_per_second"] > 0


def test_command_prints_tables_and_errors(collection: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "polnear", str(collection), "--misses", "2"])
    assert result.exit_code == 0, result.output
    assert "dependencies" in result.stdout
    assert "realpolitik" in result.stdout
    assert max(map(len, result.stdout.splitlines()[:8])) <= 80


def test_bad_folder_is_one_message(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "polnear", str(tmp_path)])
    assert result.exit_code == 2
    assert "no annotation belongs to a text" in result.stderr
