"""What README and the documentation show is what happens: commands, their output, contests, links, references."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from docs import transcripts
from realpolitik.app.cli import app
from realpolitik.app.start import TEMPLATE
from realpolitik.contest.file import load
from realpolitik.contest.located import as_yaml, parse_yaml
from realpolitik.errors import ContestError
from realpolitik.registry import models

LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)\)")
GENERATED = {"contest-format.md", "commands.md", "models.md"}
"""Pages under docs/reference that docs/generate.py makes while the documentation is built."""

LATER = {"report.png"}
"""Pictures that are drawn from the report and may be missing in a source tree."""

PAGES = transcripts.pages()
COMMANDS = [
    pytest.param(words, id=f"{page.stem}: {' '.join(words)}")
    for page in PAGES
    for words in transcripts.commands(page.read_text(encoding="utf-8"))
]


def name_of(page: Path) -> str:
    return str(page.relative_to(transcripts.REPOSITORY))


def yaml_blocks(whole: bool) -> list[Any]:
    """Contests of their own, or parts of one, with the page as name."""
    found = []
    for page in PAGES:
        for block in transcripts.blocks(page.read_text(encoding="utf-8")):
            is_part = not block.title
            if block.language == "yaml" and (is_part if not whole else block.title.endswith("/contest.yaml")):
                found.append(pytest.param(block, id=f"{page.stem}, character {block.start}"))
    return [one for one in found if not one.values[0].title.startswith("from ")]


def python_blocks() -> list[Any]:
    """Scripts of the documentation; the files of CONTRIBUTING have a test of their own."""
    return [
        pytest.param(block, id=block.title)
        for page in PAGES
        for block in transcripts.blocks(page.read_text(encoding="utf-8"))
        if block.language == "python" and "/" not in block.title
    ]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_print_what_the_page_shows(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert transcripts.renewed(text) == text, "run `make transcripts`"


def test_readme_shows_the_outcomes(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    for outcome in load(repository / "examples" / "iraq-2020").outcomes:
        assert re.search(rf"^{outcome} +\d+\.\d %", readme, re.MULTILINE), outcome


@pytest.mark.parametrize("words", COMMANDS)
def test_command_lines_parse(words: list[str]) -> None:
    group: Any = get_command(app)
    plain = [re.sub(r"[A-Z…]{3,}", "x", word) for word in words]
    if plain[0].startswith("-"):
        assert plain[0] in ("--help", "--version")
        return
    assert plain[0] in group.commands
    group.commands[plain[0]].make_context(plain[0], plain[1:])


@pytest.mark.parametrize("block", yaml_blocks(whole=True))
def test_contests_load(block: transcripts.Block, tmp_path: Path) -> None:
    if "trimmed-mean" in block.body:
        block = transcripts.Block(block.info, block.body.replace("trimmed-mean", "mean"), block.start)
    (tmp_path / "contest.yaml").write_text(block.body, encoding="utf-8")
    if block.title.startswith("faulty/"):
        with pytest.raises(ContestError):
            load(tmp_path)
    else:
        assert load(tmp_path).outcomes


@pytest.mark.parametrize("block", yaml_blocks(whole=False))
def test_parts_fit_a_new_contest(block: transcripts.Block, tmp_path: Path) -> None:
    """A part is laid over what `realpolitik new` writes; what has the same key replaces it."""
    contest = parse_yaml(TEMPLATE.read_text(encoding="utf-8"), "new_contest.yaml")
    _lay_over(contest, parse_yaml(block.body, "part"))
    (tmp_path / "contest.yaml").write_text(as_yaml(contest), encoding="utf-8")
    assert load(tmp_path).outcomes


@pytest.mark.parametrize("block", python_blocks())
def test_python_runs(block: transcripts.Block, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", block.body], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout


def _lay_over(under: Any, over: Any) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            _lay_over(under[key], value)
        else:
            under[key] = value


def test_quotations_of_files_are_verbatim(repository: Path) -> None:
    seen = 0
    for page in PAGES:
        for block in transcripts.blocks(page.read_text(encoding="utf-8")):
            if not block.title.startswith("from "):
                continue
            source = [line.strip() for line in (repository / block.title.removeprefix("from ")).read_text().split("\n")]
            quoted = [line.strip() for line in block.body.rstrip("\n").split("\n")]
            assert any(source[at : at + len(quoted)] == quoted for at in range(len(source))), f"{page}: {block.body}"
            seen += 1
    assert seen > 3


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        file = (page.parent / target.partition("#")[0]).resolve()
        assert file.exists() or file.name in GENERATED | LATER, f"{page}: {target}"


def test_every_page_has_a_place_in_the_menu(repository: Path) -> None:
    menu = (repository / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (repository / "docs").rglob("*.md"):
        assert str(page.relative_to(repository / "docs")) in menu, page


@pytest.mark.parametrize("name", models.names())
def test_every_reference_of_a_model_is_in_the_literature(name: str, repository: Path) -> None:
    headings = re.findall(r"^### (\w+)$", (repository / "docs" / "references.md").read_text(), re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert models.get(name).about["reference"] in headings


def test_fields_of_the_format_are_explained() -> None:
    """The page of the format is made from these descriptions."""
    from realpolitik.contest.contest import Contest

    nothing = [
        f"{noun}.{field}"
        for noun, part in Contest.model_json_schema()["$defs"].items()
        for field, about in part.get("properties", {}).items()
        if not about.get("description")
    ]
    assert nothing == []


def test_yaml_of_the_site_is_yaml(repository: Path) -> None:
    assert YAML(typ="safe").load((repository / "mkdocs.yml").read_text())["strict"] is True
