"""The phrases in which reports print the numbers of a vote, as regular expressions. Extend them here."""

from __future__ import annotations

import re

from realpolitik.reading.figures.numerals import NUMERAL

__all__ = [
    "ABOUT",
    "BALLOTS",
    "CHAMBER",
    "FAILED",
    "IS_VOTE",
    "NOBODY",
    "PASSED",
    "RULES",
    "SINGLE",
    "TALLIES",
    "UNANIMOUS",
    "VAGUE",
]

NOBODY = frozenset({"none", "nobody", "nil", "no", "no one"})
NUMBER = rf"(?:none|nobody|nil|no one|no|{NUMERAL})"
MEMBERS = (
    r"(?:(?:assembly|parliament|council|senate|board|committee) )?(?:members|seats|lawmakers|legislators|deputies"
    r"|senators|representatives|MPs|MEPs|delegates|parliamentarians|councillors|councilors|judges|ministers"
    r"|states|countries|nations)"
)
BALLOTS = rf"(?:(?:yes|no) votes|ballots|votes|{MEMBERS})"
BODY = r"(?:chamber|parliament|house|assembly|council|senate|body|legislature|congress|committee|board|court)"
FOR = r"(?:in favou?r|for(?! (?:the|a|an)\b)|yes|yea|aye|ayes|yeas|backing it|supporting it)"
AGAINST = r"(?:against(?: it)?|opposed|opposing it|opposing|nays?|noes|rejecting it|dissenting)"
NOT_NUMBER = r"(?<![\w$€£.,–-])"

TALLIES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?P<yes>{NUMBER})(?: {BALLOTS})?(?: (?:{FOR}))? to (?P<no>{NUMBER})\b(?! (?:hours|days|weeks|months|years"
        rf"|dollars|euros|percent|per cent|people|january|february|march|april|may|june|july|august|september|october"
        rf"|november|december)\b)(?: {BALLOTS})?(?P<turned> against (?:the|a|an)\b)?(?: {AGAINST})?",
        rf"\b(?P<yes>{NUMBER})(?: {BALLOTS})?(?: (?:voting|voted|who voted|were|was))? {FOR}\b(?: (?:the|a|this"
        rf"|that) \w+"
        rf"| it)?,?(?: (?:and|with|to|while|but))? (?P<no>{NUMBER})(?: {BALLOTS})?(?: (?:voting|voted|were"
        rf"|was))? {AGAINST}\b",
        rf"\b(?P<yes>{NUMBER}) {BALLOTS} (?:voted|voting) for (?:the|a|this|that|its|his|her) [\w' -]{{1,40}}?,? "
        rf"(?:and|but|while|with) "
        rf"(?P<no>{NUMBER})(?: {BALLOTS})?(?: voted)? {AGAINST}\b",
        rf"\b(?P<yes>{NUMBER}) yes votes,? (?:and|to|against|with) (?P<no>{NUMBER}) no votes\b",
        rf"\b(?P<no>{NUMBER})(?: {BALLOTS})? voted against(?: it)?,? (?:and|while|with|but) (?P<yes>{NUMBER})"
        rf"(?: {BALLOTS})?"
        rf"(?: voted| voting)? {FOR}\b",
        rf"{NOT_NUMBER}(?P<yes>\d{{1,4}})\s?[-–—]\s?(?P<no>\d{{1,4}})(?![\w%–-]|[.,]\d)(?P<turned> against\b)?",
    )
)
"""In favour and against: ``170 ballots to none against``, ``11 for, 12 against``, ``78-1``."""

IS_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|against|pass(?:ed|es|ing)|approv(?:ed|es)|rejected|adopted|defeated|carried"
    r"|ratified|abstain(?:ed|ing)?|abstentions?|quorum|ayes|majority|seats?|unanimous(?:ly)?|needed|required"
    r"|(?:backed|supported|opposed) by|short of|attend(?:ed|ing|ance)|present|absent|boycott(?:ed|ing)?"
    r"|stayed away)\b|-(?:seat|member|strong)\b|\b(?:chamber|"
    r"house|assembly|council|senate|parliament) of \d",
    re.I,
)
"""Whether a text may speak of a vote at all."""

SINGLE = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        (
            "abstain",
            rf"\b(?P<abstain>{NUMBER})(?: (?:other|more))?(?: {MEMBERS})? (?:abstentions?|abstain(?:ed|ing))\b"
            r"|abstentions?[: ]+(?P<abstain_1>\d+)",
        ),
        (
            "absent",
            rf"\b(?P<absent>{NUMBER})(?: {MEMBERS})? (?:(?:were|was) absent|absent\b|stayed away|did not "
            rf"(?:attend|take part|show up)"
            rf"|boycotted|walked out)|\bboycotted by (?:about |some |nearly )?(?P<absent_1>{NUMERAL}) {MEMBERS}\b",
        ),
        (
            "present",
            rf"\b(?P<present>{NUMERAL})(?: of (?:the |its |all )?(?:\w+[’'a-z]* )?"
            rf"(?P<seats>{NUMERAL}))? {MEMBERS}(?: (?:were|being|was))? "
            r"(?:present|attend(?:ed|ing)|in attendance|took part|turned up)\b",
        ),
        (
            "seats",
            rf"\b(?:{BODY} (?:of|with|,? which has|has|have) (?P<seats>{NUMERAL})\b(?: {MEMBERS}\b)?"
            rf"|{BODY},? which has (?P<seats_4>{NUMERAL}) {MEMBERS}"
            rf"|(?P<seats_1>{NUMERAL})[- ](?:seats?|members?|strong)[- ](?:\w+ )?{BODY}\b"
            rf"|of (?:the|its|all|parliament’s|parliament's) (?P<seats_2>{NUMERAL}) {MEMBERS}\b)",
        ),
        ("quorum", rf"\bquorum (?:of|is|was|stands at|requires|being) (?P<quorum>{NUMERAL})\b(?: {MEMBERS})?"),
        (
            "short",
            rf"\b(?P<short>{NUMERAL})(?: {BALLOTS})? short of\b(?: the (?P<required_1>{NUMERAL})(?![-\w])"
            rf"(?: {BALLOTS})?(?: (?:required|needed))?)?",
        ),
        (
            "required",
            rf"\b(?:(?P<required>{NUMERAL})(?: votes| ballots| {MEMBERS})? (?:(?:are|were|is|was) )?(?:needed"
            rf"|required|necessary)\b"
            rf"|(?:needed|required|requires|needs|short of the) (?P<required_1>{NUMERAL})(?: votes| ballots"
            rf"| {MEMBERS})\b)",
        ),
        ("margin", rf"\bmargin of (?P<margin>{NUMERAL})(?: {BALLOTS})|\b(?P<margin_1>{NUMERAL})-vote margin"),
        (
            "yes",
            rf"\b(?P<yes>{NUMERAL})(?: {BALLOTS})? (?:voted|voting) (?:for|in favou?r)\b|\b(?:backed|supported"
            rf"|approved) by "
            rf"(?P<yes_1>{NUMERAL}) {MEMBERS}\b|\b(?P<yes_2>{NUMERAL}) votes in favou?r\b"
            rf"|\b(?:received|won|got|gained|garnered|secured) (?:only |just )?(?P<yes_3>{NUMERAL})(?! of the)"
            rf"(?: votes)?\b(?=\W|$)(?! \w)",
        ),
        (
            "no",
            rf"\b(?P<no>{NUMBER})(?: {BALLOTS})? (?:voted|voting) against\b|\b(?:opposed|rejected) by "
            rf"(?P<no_1>{NUMERAL}) {MEMBERS}\b"
            rf"|\b(?P<no_2>{NUMBER}) votes against\b|\b(?P<no_3>none|nobody) against\b",
        ),
    )
)
"""Other numbers, by the name of the field; a group belongs to the field that it is named after."""

MAJORITY = (
    r"(?:two[- ]thirds|three[- ]fifths|three[- ]quarters|absolute|simple|qualified|outright) majority"
    r"(?: of [a-z ]{1,30}\b"
    r"(?:present|members|voting))?|majority of (?:those|the members|members|all members|lawmakers) (?:present|voting)"
    r"|two[- ]thirds|three[- ]fifths"
)
RULES = re.compile(
    rf"(?:(?<=short of the )|(?<=requires a )|(?<=required a )|(?<=needs a )|(?<=needed a )|(?<=by a )|"
    rf"(?<=by an )|(?<=requires an )"
    rf"|(?<=requires )|(?<=needs ))(?P<rule>{MAJORITY})\b|\b(?P<rule_1>{MAJORITY}) (?=(?:(?:is|was|are|were) )?"
    rf"(?:needed|required)\b)",
    re.I,
)
UNANIMOUS = re.compile(
    r"\b(?:vot(?:ed?|ing)|passed|approved|adopted|backed|elected|rejected|carried|ratified)\b[\w ,’'-]{0,40}?"
    r"\b(?P<rule>unanimously)\b|\b(?P<rule_1>unanimous(?:ly)?)(?= (?:vote|decision|voted|approved|adopted|passed"
    r"|backed)\b)",
    re.I,
)
PASSED = re.compile(r"\b(?:pass(?:ed|es|ing)|approv(?:ed|es|ing)|adopt(?:ed|s|ing)|carried|ratified)\b", re.I)
FAILED = re.compile(
    r"\b(?:reject(?:ed|s|ing)|defeat(?:ed|s|ing)|failed(?! to reach)|fell|fell short|voted down|not passed|won only)\b",
    re.I,
)
VAGUE = re.compile(r"\b(about|around|some|roughly|approximately|nearly|almost|more than|at least|at most)\s\Z", re.I)

CHAMBER = re.compile(
    r"(?<!\ba )\b(?P<chamber>(?:[Tt]he )?(?:(?:[A-Z][\w’'-]+|upper|lower|national|general|\d+-(?:seat|member)) ){0,3}"
    r"(?:[Pp]arliament|[Aa]ssembly|[Ss]enate|[Hh]ouse(?! of cards)(?: of [A-Z]\w+)?|[Cc]ouncil(?: of [A-Z]\w+)?"
    r"|[Cc]ongress|[Ll]egislature"
    r"|[Cc]hamber|[Cc]abinet|Knesset|Duma|Bundestag|Majlis))\b"
)
ABOUT = re.compile(
    r"\b(?:vot(?:e|ed|es|ing)|resolution|motion|bill|measure|decision)\b(?:[ ,]{1,2}(?:by )?[\w–-]{1,20}"
    r"(?: votes)? ?(?:to|[-–]) ?\w{1,12},?)?"
    r" (?P<a>to (?!\d|none|no\b|nobody|nil|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b"
    r"|pass\b)[a-z]+ (?:[^,.;()]|(?<=\b[A-Z])\.){1,60}?)"
    r"(?= (?:by|on|in a|was|is|were|had|has|after|with|while|when|that|which|who|but)\b|[,.;()]|$)"
    r"|\b(?:approved|adopted|rejected|passed|ratified|voted for|voted against|voted down) (?P<b>(?:the|a"
    r"|an) [\w’' -]{1,50}?)"
    r"(?= (?:by|on|in|with|while|when|that|which|but|and)\b|[,.;()]|\s?\d|$)"
    r"|\b(?P<c>[Tt]he (?:[\w’'-]+ ){0,2}(?:bill|motion|resolution|treaty|budget|deal|toll|plan|law|levy"
    r"|amendment)) (?:was|passed|failed|fell)\b"
)
