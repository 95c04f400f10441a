"""Cue words of attributions: verbs, nouns and adjectives of saying, thinking, feeling, deciding, by what they govern.

Written from the classes that the literature on reported speech and on verbs of communication and propositional
attitude names (say, tell, assert, doubt, praise, promise, order, decide, fear, perceive …). Lemmas, in lower case.
"""

from __future__ import annotations

from realpolitik.reading.lexicon import vocabulary

__all__ = [
    "ADJECTIVES",
    "CLAUSAL",
    "DOCUMENTS",
    "HEARSAY",
    "HOLDERS",
    "INFINITIVE",
    "IN_VIEW",
    "NAMING",
    "NOUNS",
    "OBJECT",
    "OBJECT_AS",
    "OF_WRITINGS",
    "ORDER",
    "PASSIVE",
    "PREPOSITIONAL",
    "SHOWING",
    "SPEECH",
    "THOUGHT",
    "TOLD",
    "UTTERING",
    "WITH_NOUN",
    "WRITINGS",
]

SHOWING = vocabulary("show find reveal indicate reflect suggest detail put give see project forecast report document")
"""What polls, letters and films do: the rest of their clause is what they say."""

SPEECH = vocabulary(
    "say tell add argue ask announce answer acknowledge admit advise affirm agree allege assert assure blast boast "
    "call caution charge chant chide cite claim clarify comment complain concede conclude condemn confide confirm "
    "confess contend continue counter cry criticize criticise decide declare declaim decry demand deny denounce "
    "describe disagree disclose discuss dismiss dub elaborate emphasize emphasise estimate exclaim explain express "
    "forecast gripe grumble hail hint imply indicate inform inquire insist insinuate instruct interject joke jest "
    "lament laugh lecture maintain marvel mention mock moan muse mutter note notify object observe offer opine "
    "order plead pledge point post praise preach predict proclaim profess promise pronounce propose protest "
    "query question quip quote rail read reaffirm reason recall recount refer reflect refuse reiterate reject relate "
    "remark remember remind repeat reply report respond restate retort retweet reveal ridicule roar rule scoff scold "
    "scream shout shrug signal sing slam smear sneer snap sniff speak specify speculate state stipulate stress "
    "suggest summarize surmise swear tease testify text thank theorize think threaten thunder tout trumpet tweet "
    "underline underscore urge venture voice vow warn weigh whisper wonder worry write yell accuse blame believe "
    "characterize rant bellow intone implore gush enthuse concur deadpan recite growl gloat beg vent fume caption "
    "reckon deem posit postulate insist telegraph email e-mail blog reassure sigh stammer"
)
"""Verbs that can introduce a quotation."""

THOUGHT = vocabulary(
    "anticipate appreciate ascertain assume bet calculate comprehend conceive conclude conjecture deduce detect "
    "determine discern discover doubt dream establish fathom feel figure find forget gather guess hear hold hope "
    "imagine infer intuit judge know learn misunderstand notice overlook perceive presume pretend prove rationalize "
    "realise realize reckon recognise recognize recollect regret resent rue see sense show suppose suspect tally "
    "theorise trust understand verify want wish"
)
"""Verbs of knowing, thinking, perceiving, which govern a clause."""

OBJECT = vocabulary(
    "accuse acknowledge address admire admit advocate affirm allege announce applaud approve articulate assail "
    "assert attack back bash bemoan berate blame blast boast broach call caution celebrate challenge champion charge "
    "chide cite claim clarify commend compare compliment concede condemn confess confirm congratulate contradict "
    "contemplate contest criticize criticise debate debunk decry defend demand denounce deny deplore deride "
    "describe despise detail detest discuss dismiss disparage dispute disavow disown doubt downplay draft "
    "echo embrace emphasize emphasise endorse espouse estimate evaluate examine exhort explain expect expose express "
    "extol fault favor favour fear foresee forecast hail herald highlight hint hope ignore imagine "
    "imply indicate insult invoke label lambast lambaste lament laud lambaste love mention mock mourn note "
    "observe oppose outline overrule override overstate pan portray praise predict present "
    "proclaim profess project promise prophesy propose propound protest prove publicize question quote "
    "reaffirm rebuff rebuke rebut recall recite recognize recognise recommend recount reference refute regret "
    "reiterate reject renounce repeat repudiate request resent retweet reveal ridicule rip salute signal "
    "slam smear speculate spurn state stress suggest summarize support suspect tout threaten trash trumpet trust "
    "unveil underestimate underscore understate understand urge vilify voice vouch vow warn want "
    "welcome wonder worry decline like dislike favour prefer veto bless reverse strike scold "
    "shame savage lampoon vilify heckle thank say adopt appoint approve authorize block investigate lay "
    "nominate order overturn probe publish ratify reauthorize repeal sign"
)
"""Verbs whose object alone says what was said, thought, judged or willed."""

OBJECT_AS = vocabulary(
    "view see regard describe cast paint portray characterize cite consider deem label brand dub define depict "
    "dismiss name call treat brand hail praise think interpret identify recognize perceive deride denounce condemn "
    "find declare pronounce judge rate rank"
)
"""Verbs of taking something for something: their object counts with its complement."""

INFINITIVE = vocabulary(
    "agree aim ask beg choose claim commit consent decide decline demand desire elect expect fear hesitate hope "
    "intend long mean offer opt plan plead pledge plot prefer prepare profess promise propose refuse resolve "
    "seek strive swear threaten undertake volunteer vow want wish yearn pretend like love hate dare care fail_not "
    "vote move urge call recommend suggest consider contemplate regret deny admit oppose favor advocate"
)
"""Verbs whose infinitive or gerund is what was willed, promised or said."""

ORDER = vocabulary(
    "advise allow ask authorize beg beseech call challenge command convince counsel dare direct encourage entreat "
    "exhort expect forbid implore instruct invite lobby need oblige obligate order persuade permit pledge press "
    "pressure promise prompt push recommend remind request require summon tell trust urge want warn"
)
"""Verbs of telling somebody to do something; the object is whom."""

TOLD = vocabulary("tell ask advise assure inform instruct notify order warn remind remark reassure email text")
"""Those whose object is a listener, who is no part of the content."""

PREPOSITIONAL: dict[str, frozenset[str]] = {
    verb: frozenset(prepositions.split())
    for verb, prepositions in {
        "accede": "to",
        "focus": "on",
        "spar": "over",
        "seize": "on",
        "double": "on",
        "balk": "at",
        "bristle": "at",
        "dwell": "on",
        "gloat": "about over",
        "grumble": "about over",
        "negotiate": "about over",
        "quarrel": "over about",
        "seethe": "about over at",
        "agree": "on with to about",
        "aim": "for",
        "allude": "to",
        "apologize": "for to",
        "appeal": "for",
        "approve": "of",
        "argue": "for against about over",
        "ask": "for about",
        "believe": "in",
        "boast": "about of",
        "brag": "about of",
        "call": "for on",
        "care": "about",
        "caution": "against",
        "clash": "over",
        "comment": "on about",
        "commit": "to",
        "complain": "about of",
        "conceive": "of",
        "consent": "to",
        "decide": "on against",
        "despair": "of over",
        "differ": "on over",
        "disagree": "with on about over",
        "disapprove": "of",
        "dream": "of about",
        "elaborate": "on",
        "expand": "on",
        "fret": "about over",
        "gripe": "about",
        "hint": "at",
        "hope": "for",
        "inquire": "about into",
        "insist": "on upon",
        "joke": "about",
        "know": "of about",
        "learn": "of about",
        "lobby": "for against",
        "long": "for",
        "muse": "about on",
        "object": "to",
        "opine": "on about",
        "plan": "for on",
        "plead": "for",
        "point": "to out",
        "press": "for",
        "protest": "against",
        "push": "for back",
        "rail": "against at about",
        "rant": "about against",
        "rave": "about",
        "refer": "to",
        "reflect": "on",
        "respond": "to",
        "rule": "against on for",
        "scoff": "at",
        "side": "with",
        "speak": "about of on",
        "speculate": "about on",
        "swear": "by",
        "talk": "about of",
        "testify": "about on to",
        "think": "about of",
        "threaten": "with",
        "tweet": "about",
        "vouch": "for",
        "warn": "of about against",
        "weigh": "in",
        "wonder": "about",
        "worry": "about over",
        "write": "about of",
    }.items()
}
"""Verbs with the prepositions that open their content."""

PASSIVE = vocabulary(
    "accuse allege announce assume believe blame call claim consider convict deem define describe dub "
    "estimate expect fear hail judge label know perceive portray praise predict project presume regard report "
    "rumor rumour say suspect tell think tout urge ask propose support oppose endorse "
    "condemn criticize dismiss reject back cite mention question debate discuss order criticise agree intend"
)
"""Verbs whose passive attributes something, with or without an agent."""

HOLDERS = vocabulary(
    "supporter critic opponent advocate proponent backer defender champion foe admirer detractor skeptic"
)
"""Nouns for those who hold a view of something."""

NOUNS = vocabulary(
    "accusation acknowledgement acknowledgment admission affirmation agreement aim allegation ambition announcement "
    "anxiety appeal argument assertion assessment assumption assurance belief bid boast call caution charge claim "
    "comment commitment complaint concern concession conclusion confidence confirmation contention conviction "
    "criticism decision declaration demand denial desire determination disclosure doubt dream estimate expectation "
    "explanation fear feeling finding forecast guess hint hope hunch hypothesis idea impression indication "
    "insinuation insistence intent intention judgement judgment lament lie message note notion objection observation "
    "offer opinion perception plan plea pledge position prediction premise presumption proclamation projection "
    "promise proposal proposition question realization reassurance recognition recommendation refusal remark reminder "
    "report request resolve revelation ruling rumor rumour sense sentiment signal speculation statement suggestion "
    "suspicion testimony theory thought threat understanding verdict view vow warning wish worry"
)
"""Nouns of speech and thought: with a clause, or an infinitive, or a possessor and ``of``."""

ADJECTIVES = vocabulary(
    "adamant afraid angry anxious apprehensive ashamed aware cautious certain clear concerned confident convinced "
    "critical defiant delighted determined disappointed doubtful dubious eager fearful furious glad grateful happy "
    "hopeful incensed indignant insistent keen mindful nervous optimistic outraged pessimistic pleased proud "
    "reluctant sad satisfied scared sceptical skeptical sorry sure surprised suspicious thankful unaware uncertain "
    "unclear unhappy unsure unwilling upset wary willing worried blunt emphatic categorical dismissive supportive"
)
"""Adjectives of thought and feeling: after a form of ``to be``, with a clause, an infinitive or a preposition."""

HEARSAY = vocabulary("reportedly allegedly supposedly purportedly")
"""Adverbs that attribute their sentence to somebody who is not named."""

DOCUMENTS = vocabulary(
    "poll report survey study statement letter document review analysis data datum figure record memo email e-mail "
    "tweet post article story editorial book filing lawsuit complaint indictment affidavit transcript video ad "
    "advertisement headline website site page census research finding result evidence number statistic chart map "
    "slide note message paper press plan bill law treaty rule agreement"
)
"""Things that speak."""

CLAUSAL = SPEECH | THOUGHT | OBJECT | OBJECT_AS | INFINITIVE | ORDER | SHOWING
"""Verbs whose clause is content."""

WITH_NOUN = SPEECH | vocabulary(
    "make have express give issue offer voice raise take reach sign share hold announce deliver release send repeat "
    "reject dismiss deny file launch pose set"
)
"""Verbs whose subject owns the noun that is their object: ``made a promise``, ``tweeted a threat``."""

UTTERING = vocabulary(
    "issue send release file write publish sign unleash deliver make give hold post launch submit put circulate "
    "distribute approve adopt pass fire tweet"
)
"""``issued a statement saying``: who issued it says it."""

WRITINGS = vocabulary("letter statement memo tweet post article editorial petition e-mail email note message")
"""``a letter accepting it``: what is accepted is said."""

OF_WRITINGS = vocabulary(
    "accept announce approve authorize back ban bar call cancel confirm declare demand deny detail end grant inform "
    "invite offer oppose order permit praise promise propose recognise recognize refuse reject request require "
    "threaten urge warn welcome withdraw"
)
"""What a letter does with its object."""

IN_VIEW = vocabulary("view opinion word eye estimation judgment judgement telling account")
"""``in Roe's view``, ``in the words of Roe``."""

NAMING = vocabulary("know describe")
"""``known as the Portville plan``."""
