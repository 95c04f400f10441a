"""MkDocs hook: reference pages that are made from the code, so that they cannot fall behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import getdoc
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.main import get_command

from realpolitik import registry
from realpolitik.app.cli import app
from realpolitik.contest.actors import Actor, Issue, Position
from realpolitik.contest.base import Name, Text
from realpolitik.contest.chamber import Bloc, Chamber, Record, ThresholdText
from realpolitik.contest.conflict import Alternative, Conflict, Preferences
from realpolitik.contest.contest import Contest, Correlation
from realpolitik.contest.evidence import (
    Claim,
    DateClaim,
    EventClaim,
    FigureClaim,
    Source,
    Span,
    Speaker,
    StanceClaim,
    VoteClaim,
)
from realpolitik.contest.mobilisation import Group, Mobilisation
from realpolitik.contest.pathway import BaseRate, Condition, Effect, Stage
from realpolitik.contest.quantity import NonNegative, Quantity, Share
from realpolitik.contest.threat import Threat

CONTEST = (
    Contest, Source, Actor, Issue, Position, Chamber, Bloc, Threat, Conflict, Preferences, Alternative, Mobilisation,
    Group, Correlation, Stage, Effect, Record, BaseRate, Quantity,
)  # fmt: skip
CLAIMS = (Claim, Span, Speaker, VoteClaim, FigureClaim, DateClaim, EventClaim, StanceClaim)

WORDS: dict[Any, str] = {
    Name: "name",
    Text: "text",
    Share: "[quantity](quantities.md), 0 to 1",
    NonNegative: "[quantity](quantities.md), 0 or more",
    Quantity: "[quantity](quantities.md)",
    ThresholdText: "[decision rule](../explanation/voting.md#the-rule)",
    Condition: "[condition](guards.md)",
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
}
"""What a reader needs to know about a type."""

LIMITS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below", "min_length": "at least"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that stand in the folder."""
    for uri, page in PAGES.items():
        files.append(File.generated(config, f"reference/{uri}.md", content=page()))
    return files


def contest_format() -> str:
    """Every noun of contest.yaml and claims.jsonl with its fields."""
    head = (
        "# Contest format\n\nMade from the code. A contest is a folder: `contest.yaml`, `claims.jsonl` (may be missing)"
        " and the sources that may be shared. Unknown keys are refused. `realpolitik schema` prints the same as JSON "
        "Schema; editors that know the first line of a new contest complete and check what is typed. Names begin with "
        "a letter and hold letters, digits, `_` and single hyphens. Dates are written `2020-01-08`.\n\n"
        "## contest.yaml\n\n"
    )
    claims = (
        "\n## claims.jsonl\n\nOne claim a line, as JSON. A claim points at words of the raw text of its source, such "
        "that `raw[start:end] == text`, counted in code points.\n\n"
    )
    return head + "\n".join(map(_noun, CONTEST)) + claims + "\n".join(map(_noun, CLAIMS))


def _noun(noun: type[BaseModel]) -> str:
    rows = [f"| `{name}` | {_type(field)} | {_need(field)} | {_cell(field.description)} |"
            for name, field in noun.model_fields.items()]  # fmt: skip
    about = (getdoc(noun) or "").partition("\n\nExamples")[0]
    lines = [f"### {noun.__name__}", "", about, "", "| field | what | needed | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *rows, ""])


def _type(field: FieldInfo) -> str:
    whole = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return _cell(_spoken(whole))


def _spoken(kind: Any) -> str:
    known = next((words for own, words in WORDS.items() if own == kind), None)
    if known is not None:
        return known
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _limited(parts[0], parts[1:])
    if origin is Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if origin in (Union, UnionType):
        return " or ".join(_spoken(part) for part in parts if part is not NoneType)
    if origin is dict:
        return f"{_spoken(parts[1])}, by {_spoken(parts[0])}"
    if origin is tuple:
        return f"list of {_spoken(parts[0])}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return kind.__name__ if isinstance(kind, type) else "one of the forms of [quantities](quantities.md)"


def _limited(kind: Any, metadata: tuple[Any, ...]) -> str:
    """A type with its bounds; a field that strips the marks off a quantity gets them back."""
    for own in (Share, NonNegative, Name, Text, ThresholdText, Condition):
        if set(map(repr, own.__metadata__)) <= set(map(repr, metadata)) and own.__origin__ == kind:
            return WORDS[own]
    limits = [f"{words} {getattr(mark, key)}" for mark in metadata for key, words in LIMITS.items()
              if getattr(mark, key, None) is not None]  # fmt: skip
    return ", ".join([_spoken(kind), *limits])


def _need(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}):
        return ""
    shown = value.model_dump() if isinstance(value, BaseModel) else value
    return f"else `{str(shown).lower() if isinstance(shown, bool) else shown}`"


def _cell(text: str | None) -> str:
    return " ".join((text or "").replace("|", "\\|").replace("``", "`").split())


def commands() -> str:
    """Every command with its arguments and options."""
    group: Any = get_command(app)
    lines = ["# Commands", "", "Made from the code; `realpolitik COMMAND --help` prints the same.", ""]
    for name, command in _named(group):
        shown = " ".join(_usage(one) for one in command.params if _is_argument(one))
        lines += [f"## {name}", "", command.help or "", "", f"`realpolitik {name} {shown} [OPTIONS]`", ""]
        lines += ["| argument or option | meaning | left out |", "| --- | --- | --- |"]
        lines += [_option(one) for one in command.params if one.name != "help"]
        lines.append("")
    codes = "Exit codes: 0 done; 2 something that you can mend, said in one message; 130 interrupted by Ctrl-C."
    return "\n".join([*lines, "## Exit codes", "", codes, ""])


def _named(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its full name; those of a group, such as ``evaluate polnear``, one by one."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _named(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _usage(argument: Any) -> str:
    word = (argument.metavar or (argument.name or "").upper()).replace("…", "") + ("…" if argument.nargs == -1 else "")
    return word if argument.required else f"[{word}]"


def _option(parameter: Any) -> str:
    names = [_usage(parameter)] if _is_argument(parameter) else parameter.opts
    default = parameter.default
    plain = "" if callable(default) or default in (None, False, ()) else f"`{default}`"
    return f"| {', '.join(f'`{name}`' for name in names)} | {_cell(getattr(parameter, 'help', None))} | {plain} |"


def models() -> str:
    """Every registered model with its variants and its docstring."""
    lines = ["# Models", "", "Made from the registry; `realpolitik models` lists the same.", ""]
    lines += ["| model | stage | variants, the default first | reference |", "| --- | --- | --- | --- |"]
    entries = [registry.models.get(name) for name in registry.models.names()]
    for entry in entries:
        variants = ", ".join(f"`{variant}`" for variant in entry.about["variants"]) or "–"
        key = entry.about["reference"]
        linked = f"[{key}](../references.md#{key.lower()})"
        lines.append(f"| [`{entry.name}`](#{entry.name}) | {entry.about['accepts'].stage} | {variants} | {linked} |")
    for entry in entries:
        path = f"{entry.function.__module__}.{entry.function.__qualname__}"
        lines += ["", f"## {entry.name}", "", f"::: {path}", "    options:", "      heading_level: 3"]
    others = (registry.readers, registry.engines, registry.sections)
    for parts in others:
        title = {"section": "Sections of the report"}.get(parts.kind, f"{parts.kind.capitalize()}s")
        lines += ["", f"## {title}", "", f"| {parts.kind} | what it does |", "| --- | --- |"]
        lines += [f"| `{name}` | {_cell(parts.get(name).summary)} |" for name in parts.names()]
    return "\n".join([*lines, ""])


PAGES: dict[str, Callable[[], str]] = {"contest-format": contest_format, "commands": commands, "models": models}
"""By name of the page under reference/, the function that writes it."""
