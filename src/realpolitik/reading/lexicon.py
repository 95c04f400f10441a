"""Word lists of the rules: what counts as a cue, a title, a particle. Extend them here."""

from __future__ import annotations

__all__ = [
    "ABBREVIATIONS",
    "ATTITUDES",
    "AUXILIARIES",
    "BREAKS",
    "CALENDAR",
    "CUES",
    "DETERMINERS",
    "NOUN_LIKE",
    "NO_UNITS",
    "ORGANISATIONS",
    "PARTICIPLES",
    "PARTICLES",
    "PASSIVE_CUES",
    "PREPOSITIONS",
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


CUES = vocabulary(
    "said says say told tells tell added adds add argued argues argue asked asks ask announced announces answered "
    "acknowledged acknowledges admitted admits admit advised affirmed agreed agrees alleged alleges asserted "
    "asserts assured blasted boasted called calls cautioned cautions charged claimed claims clarified commented "
    "complained complains conceded concedes concluded concludes condemned confirmed confirms contended contends "
    "countered counters criticized criticised cried declared declares demanded denied denies denounced described "
    "describes dismissed disclosed emphasized emphasised estimated exclaimed explained explains expressed hailed "
    "hinted insisted insists indicated indicates joked jokes lamented maintained maintains mentioned mused noted "
    "notes objected observed observes offered opined ordered pleaded pledged pointed posted praised predicted "
    "predicts proclaimed promised pronounced proposed quipped read reads reads recalled recalls recounted "
    "referred reiterated rejected remarked remarks remembered repeated replied replies reported reports responded "
    "responds retorted revealed ridiculed shouted signaled signalled slammed speculated stated states stressed "
    "stresses suggested suggests summarized testified thanked thinks threatened threatens thundered tweeted "
    "tweets urged urges vowed vows wondered wonders warned warns warn whispered writes wrote yelled dubbed "
    "labeled labelled branded mocked tells believes believed characterized portrayed chanted sang sings yells "
    "shouts cites decried blamed accused invoked shot continued continues"
)
"""Verbs of saying as finite forms."""

NOUN_LIKE = vocabulary(
    "claims reports notes calls demands charges answers questions remarks promises states reads offers posts read "
    "offered shot called continued continues ordered referred posted pledged estimated"
)
"""Those that are as often something else: they count only next to a name or a pronoun."""

PARTICIPLES = vocabulary(
    "saying adding arguing asking calling claiming declaring describing explaining insisting joking noting "
    "predicting promising recalling replying suggesting telling tweeting urging vowing warning writing stating "
    "asserting accusing pointing stressing quipping dismissing"
)
"""Their speaker is the subject of the sentence."""

ATTITUDES = vocabulary("adamant insistent clear blunt unequivocal categorical emphatic dismissive defiant")
"""Adjectives that report speech after a form of *to be*: ``was adamant that``."""

AUXILIARIES = vocabulary(
    "has have had was were is are be been being also then later once would could will did does do not again never "
    "ever still even just now recently first further finally simply ’s 's ’d 'd both"
)

PASSIVE_CUES = vocabulary("told asked described called urged warned advised quoted criticized criticised")

PREPOSITIONS = vocabulary(
    "in on at during after before since from to by about through via with without under over against into for of "
    "among between despite like near outside inside behind amid toward towards until upon per"
)

BREAKS = vocabulary("that which whose where when while as because if although though but whether so than and or nor")

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
