"""The conflicts of the literature that the tests know, as graphs."""

from typing import Any

from realpolitik.models.conflict import StateGraph

PLAYERS: dict[str, dict[str, Any]] = {
    "dilemma": {"decision_makers": {"P1": ["cooperate"], "P2": ["comply"]},
                "preferences": {"P1": [3, 4, 1, 2], "P2": [2, 4, 1, 3]}},
    "chicken": {"decision_makers": {"P1": ["defect"], "P2": ["desert"]},
                "preferences": {"P1": [2, 1, 3, 4], "P2": [3, 1, 2, 4]}},
    "stag hunt": {"decision_makers": {"P1": ["defect"], "P2": ["desert"]},
                  "preferences": {"P1": [1, 2, 4, 3], "P2": [1, 3, 4, 2]}},
    "euphrates": {"decision_makers": {"Syria": ["release", "escalate"], "Iraq": ["attack"]},
                  "infeasible": ["release and escalate"],
                  "preferences": {"Syria": [1, 3, 6, 2, 4, 5], "Iraq": [2, 4, 6, 1, 5, 3]}},
    "cuba": {"decision_makers": {"US": ["air strike", "blockade"], "USSR": ["withdraw", "escalate"]},
             "infeasible": ["--YY"], "one_way": {"air strike": "forward"},
             "preferences": {"US": [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9],
                             "USSR": [1, 5, 7, 3, 6, 2, 8, 4, 12, 10, 11, 9]}},
    "elmira": {"decision_makers": {"MoE": ["modify"], "Uniroyal": ["delay", "accept", "abandon"], "LG": ["insist"]},
               "infeasible": ["-YY--", "-Y-Y-", "--YY-", "-NNN-"],
               "one_way": {"modify": "forward", "delay": "backward", "abandon": "forward"},
               "preferences": {"MoE": [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]],
                               "Uniroyal": [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8],
                               "LG": [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]]}},
}  # fmt: skip
PLAYERS["euphrates, misperceived"] = PLAYERS["euphrates"] | {
    "unseen": {"Syria": ["release and not escalate"], "Iraq": ["NN-"]}
}


def graph(name: str, **changes: Any) -> StateGraph:
    """One of the conflicts, some of it replaced."""
    return StateGraph.build(**{**PLAYERS[name], **changes})
