"""Word lists of the rules: what counts as a title, a particle, a unit. Extend them here."""

from __future__ import annotations

__all__ = [
    "ABBREVIATIONS",
    "CALENDAR",
    "DETERMINERS",
    "NO_UNITS",
    "ORGANISATIONS",
    "PARTICLES",
    "ROLES",
    "STARTERS",
    "TITLES",
    "UNITS_WITHOUT_S",
    "UNIT_STOPS",
    "vocabulary",
]


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


DETERMINERS = vocabulary(
    "the a an one some many most several other another two three his her their its this that these those no any "
    "all both each every"
)

ORGANISATIONS = vocabulary(
    "Agency Army Assembly Association Bank Board Bureau Cabinet Campaign Center Centre Club Coalition Commission "
    "Committee Company Conference Congress Corps Council Court Department Embassy Federation Force Forces "
    "Foundation Front Fund Government Group House Institute Institution Kingdom League Ministry Movement Nations "
    "News Office Organization Organisation Parliament Party Post Press Republic Senate Service State States "
    "Street Times Tribunal Union Units University"
)
"""A run of capitals with one of these words is no person."""

ROLES = vocabulary(
    "officials critics sources analysts experts aides police supporters opponents protesters lawmakers "
    "legislators people others residents witnesses advisers diplomats voters republicans democrats reporters "
    "researchers"
)
"""Plural roles: capitalised at the beginning of a sentence they are still no names."""

ABBREVIATIONS = vocabulary(
    "mr mrs ms mx dr sen sens rep reps gov gen col lt sgt capt adm maj prof rev hon st jr sr vs etc inc ltd corp "
    "co no jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m e.g i.e"
)

STARTERS = vocabulary(
    "The A An But And Or So In On At He She It They We I You This That These Those If When While As For Many Most "
    "Some Such There Still Yet However Meanwhile Now Then After Before Since His Her Their Its"
)
"""Words that begin a sentence even after ``U.S.``"""

TITLES = vocabulary(
    "Mr Mrs Ms Mx Dr Sir Lord Lady Sen Sens Senator Senators Rep Reps Representative Congressman Congresswoman "
    "Gov Governor Gen General Col Colonel Lt Lieutenant Sgt Sergeant Capt Captain Adm Admiral Maj Major Prof "
    "Professor Rev Reverend Hon President Presidents Prime Minister minister Ministers Chancellor Secretary "
    "Chairman Chairwoman Chair Speaker Leader Director Ambassador Judge Justice Attorney King Queen Prince "
    "Princess Emperor Pope Cardinal Archbishop Bishop Ayatollah Sheikh Sheik Imam Mayor Councilman Councilwoman "
    "Commissioner Commander Spokesman Spokeswoman Spokesperson Candidate Deputy Former Caretaker Acting Vice "
    "Republican Republicans Democrat Democrats Democratic Commissioner Premier"
)

CALENDAR = vocabulary(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December"
)

PARTICLES = vocabulary("al el bin ibn bint van von der den de da di do dos la le du y abu")
"""Small words inside a person's name."""

UNITS_WITHOUT_S = vocabulary(
    "people men women children personnel police staff percent votes feet troops acres members inhabitants"
)

NO_UNITS = vocabulary(
    "is was has does says this as its his years’ ago against plus minus times us yes always perhaps towards "
    "besides across unless whereas less process press access"
)

UNIT_STOPS = vocabulary(
    "in on at to from for by with without of and or but that which who when while as than if because after before "
    "since during about over under between into is are was were be been being has have had will would can could "
    "may might should did do does not the a an this these those said says where ago"
)
