"""The questions behind `agree draft`: each is a flag, a line on a terminal, and a sentence of the policy."""

from __future__ import annotations

from confide.cli.question import Kind, Question
from confide.model.words import CHANNELS, Strength

DAY, DAYS, WORD, TEXT, SHAPED, LIST = Kind.DAY, Kind.DAYS, Kind.WORD, Kind.TEXT, Kind.SHAPED, Kind.LIST
_SIGNATURES = ", ".join(strength.value for strength in Strength)
_LEARN = "What may the sponsors who sign learn of {}?"
_TOLD = "Who may be told of a threat, or of what is illegal or unethical? (none: the payer’s lawyers, an authority)"

AGREES = (
    Question("effective", DAY, "S-14", "agreed in writing before coaching begins", "From which day does it apply?"),
    Question("until", DAY, "S-27", "agreed for a time everybody knows", "Until the end of which day does it apply?"),
    Question("time_zone", SHAPED, "S-27", "the same days for everybody", "In which time zone do days begin and end?"),
    Question("law", TEXT, "S-07", "within whatever else binds", "Whose law applies?"),
    Question("signatories", LIST, "S-27", "all partners agree, in writing", "Who signs?"),
    Question("accepted", LIST, "S-27", "agreed in writing", f"Which signatures count ({_SIGNATURES})?"),
    Question(
        *("quorum", LIST, "S-11", "about the client with nobody, unless the members agreed otherwise"),
        "Whose consent does it take to share what is about the client, beside her own?",
    ),
    Question("notice", SHAPED, "S-27", "what was agreed can be ended", "With how much notice can it be ended?"),
)
SPONSORS = tuple(
    Question(field, WORD, sid, says, _LEARN.format(what), needs="sponsors")
    for field, sid, says, what in (
        ("assessments", "S-29", "a row for assessment results", "assessment results"),
        ("goals", "S-30", "shared and private goals apart", "the goals that were set together"),
        ("career", "S-31", "job hunting and career plans, expressly", "career plans and job hunting"),
        ("feedback", "S-32", "a row for feedback, anonymous and unsolicited too", "feedback from others"),
        ("talks", "S-34, S-35", "conflicts and sessions, and never word for word", "conflicts and of sessions"),
        ("business", "S-33, S-36, S-37", "the organisation’s own", "appraisals, business matters and strategy"),
    )
)
SUMMARY = (
    Question(
        *("summary", Kind.YES_NO, "S-12", "the payer usually receives a summary of conclusions"),
        "Does the payer receive a summary?",
        needs="payers",
    ),
    Question(
        *("summary_due", DAYS, "S-12", "a summary has its days"),
        "On which days is the summary due? (none: the last day of the agreement)",
        needs="a summary",
    ),
    Question(
        *("if_silent", WORD, "S-13", "the client reads it first and may answer"),
        "If the client says nothing about the summary, is it held or sent?",
        needs="a summary",
    ),
    Question(
        *("input_window", SHAPED, "S-13", "the client reads it first and may answer"),
        "How long may the client take to answer?",
        needs="a summary",
    ),
    Question(
        *("input_waived", TEXT, "S-13", "her answer is asked for where that is appropriate"),
        "When may the summary go without her answer?",
        needs="a summary",
    ),
)
FEEDBACK = (
    Question(
        *("unsolicited", WORD, "S-16, S-19", "feedback comes unasked, before its terms could be told"),
        "Is unasked feedback accepted, or returned?",
    ),
    Question("relayed", WORD, "S-17", "word for word or in summary", "In what form does the client get feedback?"),
    Question("promptly", SHAPED, "S-17", "promptly", "Within what time does feedback reach the client?"),
    Question(
        *("attribution", WORD, "S-18", "by group or by name, if allowed"),
        "How is whoever gave feedback named to the client?",
    ),
    Question(
        *("circles", Kind.CIRCLES, "S-18", "a group too small gives its people away"),
        "How many people are in the circle of {}?",
    ),
    Question(
        *("smallest_group", Kind.NUMBER, "S-18", "a group too small gives its people away"),
        "How many people does a group have at least, to be named as a group?",
    ),
)
EXCEPTIONS = (
    Question(
        *("channels", LIST, "S-26", "nothing electronic unless its access can be controlled"),
        f"To which channels is access controlled ({', '.join(CHANNELS)})?",
    ),
    Question(
        *("threat_covers_client", Kind.YES_NO, "S-10", "a threat to somebody has to be disclosed"),
        "Does the exception for threats also cover what is about the client herself?",
    ),
    Question("unethical", TEXT, "S-10", "so has unethical activity", "What counts as unethical?"),
    Question("representatives", LIST, "S-10", "to appropriate representatives, possibly authorities", _TOLD),
    Question(
        *("advice", WORD, "S-38", "somebody advises on confidentiality"),
        "What may the adviser hear of sessions and conflicts?",
        needs="advisers",
    ),
    Question(
        *("adviser_none", TEXT, "S-38", "somebody advises on confidentiality, if possible"),
        "No adviser takes part: why?",
        needs="no advisers",
    ),
    Question(
        *("credentialing", WORD, "S-06", "no client lists, ever"),
        "What may the coach’s credentialing body learn?",
        needs="a credentialing body",
    ),
)
RECORDS = (
    Question("calendar", SHAPED, "S-17", "promptly, in working days", "Whose working days (GB, DE, …)?"),
    Question("controllers", LIST, "S-08", "information has an owner", "Who answers for the data? (none: the coach)"),
    Question(
        *("incident_notice", SHAPED, "S-26", "access is controlled"),
        "If that fails, within what time do those concerned hear of it?",
    ),
    Question("keep_notes", SHAPED, "S-27", "agreed, ended, destroyed", "How long are notes kept?"),
    Question("keep_log", SHAPED, "S-27", "agreed, ended, destroyed", "How long are agreement and history kept?"),
    Question(
        *("instruments", LIST, "S-07", "within any other binding document"),
        "Which registered documents bind as well?",
        needs="registered documents",
    ),
)
GROUPS: tuple[tuple[str, tuple[Question, ...]], ...] = (
    ("Who agrees, and for how long", AGREES),
    ("What the sponsors may learn", SPONSORS),
    ("The payer’s summary", SUMMARY),
    ("Feedback from others", FEEDBACK),
    ("Channels and exceptions", EXCEPTIONS),
    ("Records", RECORDS),
)
QUESTIONS: tuple[Question, ...] = tuple(question for _, group in GROUPS for question in group)
