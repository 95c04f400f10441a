"""PLOVER modes: of a material act from the lexicon, of a demand, refusal or threat from what it is about."""

from __future__ import annotations

from realpolitik.reading.events.act import Act
from realpolitik.reading.events.lexicon import lexicon

__all__ = ["mode_of"]

ASKED = {
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "MOBILIZE": "assist",
    "CONSULT": "meet",
    "AGREE": "meet",
    "RETREAT": "yield",
    "CONCEDE": "change",
    "COERCE": "change",
    "SANCTION": "change",
}
"""Mode of a demand or refusal by the type of what is demanded or refused."""

THREATENED = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "PROTEST": "relations",
    "SUPPORT": "relations",
    "CONSULT": "relations",
    "COERCE": "restrict",
    "SANCTION": "restrict",
}
"""Mode of a threat by the type of what is threatened."""

THREATENED_MODES = {
    "withdraw": "relations",
    "discontinue": "relations",
    "expel": "expel",
    "deport": "expel",
    "arrest": "arrest",
    "ban": "ban",
    "censor": "ban",
    "seize": "territory",
}
"""Mode of a threat by the mode of what is threatened; it goes before the type."""


def mode_of(act: Act) -> str | None:
    """The mode, or None where the type has none or the text does not say."""
    if act.mode is not None:
        return act.mode
    held = act.holds
    if act.type in ("REQUEST", "REJECT"):
        if held is not None and held.mode == "resign":
            return "change"
        if held is not None and held.type in ASKED:
            return ASKED[held.type]
        words = {child.lemma_.lower() for child in act.token.subtree} if held is None else set()
        return "change" if words & lexicon().classes["@reform"] else None
    if act.type == "THREATEN" and held is not None:
        return THREATENED_MODES.get(held.mode or "") or THREATENED.get(held.type)
    return None
