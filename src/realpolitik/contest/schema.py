"""JSON Schema of contest.yaml, for editors."""

from __future__ import annotations

import json
from typing import Any

from realpolitik.contest.contest import Contest

__all__ = ["SCHEMA", "SCHEMA_LINE", "schema", "schema_text"]

SCHEMA = "contest.schema.json"


SCHEMA_LINE = f"# yaml-language-server: $schema=./{SCHEMA}\n"
"""First line of a contest file: editors that know it complete and check what is typed."""


def schema_text() -> str:
    """JSON Schema of contest.yaml as a text."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of contest.yaml."""
    found = Contest.model_json_schema()
    found["properties"].pop("claims")
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return found
