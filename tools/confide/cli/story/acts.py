"""What is said, asked, got wrong and put right in the weeks before the end: each act of a partnership once."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.words import Form
from confide.workflows import concern, consult, correct, duties, duty, lapse, told

from .stage import Stage

ATTENDANCE = "engagement"


def play(stage: Stage, partnership: str, phone: Event, quarrel: str) -> None:
    """In order of time; `phone` was recorded wrongly, `quarrel` is the text that the adviser and the case are about."""
    _wrong_and_right(stage, partnership, phone)
    _adviser(stage, partnership, quarrel)
    _duty(stage, partnership, quarrel)


def said_and_passed_on(stage: Stage, partnership: str) -> Event:
    """The sponsor hears on the phone how often they met, and may tell Finance, of which she hears first (S-23)."""
    practice = stage.practice
    stage.day(52, "11:00")
    asked = (practice, partnership, (), (ATTENDANCE,))
    phone, _ = told.told(*asked, ("payer",), form=Form.TOPIC, channel="phone")
    stage.day(53, "09:00")
    duties.acknowledge(practice, partnership, "payer.finance")
    duties.inform(practice, partnership, (), ATTENDANCE)
    told.told(*asked, ("payer.finance",), form=Form.TOPIC, channel="in-person", by="payer")
    return phone


def _wrong_and_right(stage: Stage, partnership: str, phone: Event) -> None:
    """A slip in the lift is put on record; so is that the phone call was a video call (promise 3)."""
    practice = stage.practice
    stage.day(97, "18:00")
    words = "In the lift I said how tired she is. Bettina heard it. I told Leona the same evening, and asked Bettina."
    lapse.lapse(practice, partnership, lapse.Happened(types=("discussions",), to=("manager",)), words)
    correct.correct(practice, partnership, phone.id, correct.Rightly(channel="video"), "It was a video call.")
    stage.day(98, "10:00")
    concern.raised(practice, partnership, "in-person", "Somebody who spoke about her fears to be asked about it.")
    concern.answered(practice, partnership, "in-person", "We talked; nobody asks who said what. She promised so too.")


def _adviser(stage: Stage, partnership: str, quarrel: str) -> None:
    """One sentence is referred to the adviser, and what he said is kept (S-38)."""
    practice = stage.practice
    stage.day(99, "09:00")
    question = "May her manager be told that she wants to speak with her?"
    consult.refer(practice, partnership, quarrel, "1", channel="in-person", words=question)
    stage.day(100, "16:00")
    consult.answer(practice, partnership, "Not by you. She can say it herself, and you can help her find the words.")


def _duty(stage: Stage, partnership: str, quarrel: str) -> None:
    """A threat is a case: facts, belief, recipient, adviser, one sentence, her notice; then it goes out (S-10)."""
    practice = stage.practice
    stage.day(101, "08:00")
    facts = {
        "ground": "threat",
        "facts": "A letter without a name says that somebody will hurt her manager at the party on Friday.",
        "authority": "It reads as if it were meant.",
        "recipient": "payer.hr",
        "why": "They can call the party off, and know whom to ask.",
    }
    case = duty.open_case(practice, partnership, facts).id
    duty.step(practice, partnership, "adviser", {"adviser": "consulted"}, case=case)
    duty.choose(practice, partnership, case, {quarrel: "1"}, whole=False)
    duty.tell(practice, partnership, case, practice.now.date(), "in-person", "She agreed that it has to be said.")
    duty.disclose(practice, partnership, case, "in-person")
    stage.day(102, "12:00")
    closing = "The party was moved. The letter came from nobody who works there."
    duty.step(practice, partnership, "closed", {"on": practice.now.date()}, case=case, words=closing)
