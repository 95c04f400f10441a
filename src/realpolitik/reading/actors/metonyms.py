"""A capital as its government: ``Washington warned`` against ``a think tank in Washington``."""

from __future__ import annotations

from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["stands_for_government"]

STATES_OF_BEING = vocabulary(
    "be is are was were been has have had lie lies lay sit sits become remains remained remain wake woke hosts hosted "
    "host sees saw seen witnessed experienced grew grows boasts looks looked houses housed"
)
"""Verbs that say nothing of a will."""

TOWARD = vocabulary("between with against by toward towards for like than upon of from to via")
"""Prepositions after which a capital may be a government."""

WILLED = vocabulary(
    "accuse accused blame blamed urge urged warn warned pressure pressured press pressed ask asked tell told criticise "
    "criticised criticize criticized condemn condemned thank thanked join joined defy defied provoke provoked anger "
    "angered support supported back backed oppose opposed persuade persuaded convince convinced threaten threatened "
    "sanction sanctioned challenge challenged alienate alienated reassure reassured antagonise antagonize infuriate"
)
"""Verbs with an object that has a will."""

RELATIONS = vocabulary(
    "pressure relations ties talks dispute deal agreement rift tensions tension alliance negotiations support demands "
    "message messages signal signals threat threats warning warnings war conflict dialogue cooperation friction "
    "hostility sanctions aid help permission approval order orders rivalry rapprochement split contacts "
    "envoy envoys government leaders leader policy allies ally officials "
    "ambassador approach position"
)
"""Nouns that hold between governments."""

OF_A_CITY = vocabulary(
    "airport street streets square suburb suburbs neighborhood neighbourhood district districts mayor residents "
    "resident "
    "metro subway hotel hospital university bureau outskirts centre center downtown skyline stadium office zone "
    "embassy museum restaurant police courthouse area region correspondent times post cafe market"
)
"""What belongs to a city."""


def stands_for_government(tokens: Tokens, first: int, last: int, head: int) -> bool:
    """Whether a capital acts, is acted upon, or owns something that no city owns."""
    for _ in range(4):
        if tokens.dep[head] != "conj" or tokens.head[head] == head:
            break
        head = tokens.head[head]
    dep, above = tokens.dep[head], tokens.head[head]
    if last < len(tokens) and tokens.text[last] == ",":
        following = tokens.text[last + 1] if last + 1 < len(tokens) else ""
        if following in ("D.C.", "DC"):
            return False
    if dep in ("nsubj", "agent"):
        return tokens.lower[above] not in STATES_OF_BEING
    if dep == "nsubjpass":
        return tokens.lower[above] in WILLED
    if dep == "poss":
        return tokens.lower[above] not in OF_A_CITY and not tokens.text[above][:1].isupper()
    if dep in ("dobj", "dative"):
        return tokens.lower[above] in WILLED
    if dep == "pobj" and tokens.lower[above] in TOWARD:
        governor = tokens.lower[tokens.head[above]]
        if tokens.lower[above] in ("between", "against", "with", "by", "than", "like"):
            return governor not in OF_A_CITY
        return governor in RELATIONS
    return False
