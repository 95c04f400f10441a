"""Who weighs how much in the Council of the European Union, by treaty; typed, since DEU has no such column.

Sources. Fifteen members: votes of Article 205(2) of the EC Treaty, to 31 October 2004. Nice: votes by the Acts of
Accession of 2003 (Article 12), 2005 and 2011, to 31 October 2014. Lisbon: Article 16(4) TEU asks for 55 percent of the
members with 65 percent of the people, or for all but three members; what a member weighs under it is its Shapley–Shubik
index in per mille, from the populations of Annex III of the Council's Rules of Procedure for 2017 (in thousands), by
``realpolitik power "([16; …] & [332059; DE=82064, …]) | [25; …]" --index shapley-shubik``. Commission and Parliament
have no votes there; they are given as much as the largest member.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from realpolitik.errors import UnknownName

__all__ = ["ACTORS", "COMMISSION", "PARLIAMENT", "TABLES", "capabilities"]

COMMISSION, PARLIAMENT = "com", "ep"

FIFTEEN: Mapping[str, float] = {
    "de": 10, "fr": 10, "it": 10, "uk": 10, "es": 8, "be": 5, "el": 5, "nl": 5, "pt": 5, "at": 4, "se": 4, "dk": 3,
    "fi": 3, "ie": 3, "lu": 2,
}  # fmt: skip

NICE: Mapping[str, float] = {
    "de": 29, "fr": 29, "it": 29, "uk": 29, "es": 27, "pl": 27, "ro": 14, "nl": 13, "be": 12, "el": 12, "pt": 12,
    "cz": 12, "hu": 12, "at": 10, "se": 10, "bu": 10, "dk": 7, "ie": 7, "lt": 7, "sk": 7, "fi": 7, "cr": 7, "cy": 4,
    "ee": 4, "lv": 4, "lu": 4, "si": 4, "mt": 3,
}  # fmt: skip

LISBON: Mapping[str, float] = {
    "de": 145.3, "fr": 112.2, "uk": 109.6, "it": 101.9, "es": 74.7, "pl": 62.7, "ro": 37.1, "nl": 33.1, "be": 24.2,
    "el": 23.4, "cz": 22.9, "pt": 22.8, "se": 22.3, "hu": 22.0, "at": 20.4, "bu": 18.1, "dk": 16.1, "fi": 15.8,
    "sk": 15.7, "ie": 14.7, "cr": 14.0, "lt": 12.1, "si": 11.0, "lv": 10.9, "ee": 9.9, "cy": 9.3, "lu": 8.9, "mt":
    8.7,
}  # fmt: skip

ACTORS = (COMMISSION, PARLIAMENT, *NICE)
"""Every actor that DEU can have, by the letters of its columns."""

LISBON_YEAR = 2013
"""Proposals of this year and later are counted under Lisbon: a proposal takes about two years to be decided."""

TABLES = {
    "council": "votes or voting power by the treaty of the time",
    "nice": "votes of Nice wherever a member of 2004 or later takes part",
    "equal": "everybody alike",
}
"""Tables by name, the default first."""


def capabilities(table: str, actors: Iterable[str], year: int | None) -> dict[str, float]:
    """Capability of every actor, in votes, per mille or heads, by table.

    Parameters
    ----------
    table : one of :data:`TABLES`.
    actors : those who have a position.
    year : of the proposal; None where the number of the dossier does not tell.

    Raises
    ------
    UnknownName : no such table.
    """
    if table not in TABLES:
        raise UnknownName("capability table", table, tuple(TABLES))
    present = tuple(actors)
    if table == "equal":
        return dict.fromkeys(present, 1.0)
    enlarged = any(actor in NICE and actor not in FIFTEEN for actor in present)
    votes = NICE if enlarged else FIFTEEN
    if table == "council" and year is not None and year >= LISBON_YEAR:
        votes = LISBON
    return {actor: votes.get(actor, max(votes.values())) for actor in present}
