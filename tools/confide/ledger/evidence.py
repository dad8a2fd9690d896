"""What an event rests on lies beside it: a signed permission its signature, a citation its archived source.

Nobody can sign for somebody else: a signature is checked with the key that the party themselves enrolled, under exactly
what is on record, and after what they could see last.
"""

from __future__ import annotations

from collections.abc import Iterator

from confide.ledger.scene import BY_KEY, Scene
from confide.model.problem import Place, Problem
from confide.model.words import Role, base_type, role_of
from confide.policy import cases, said
from confide.policy.permission import ACCEPTED, NOTICE, SIGNED
from confide.records import tree


def judged(scene: Scene) -> Iterator[Problem]:
    """What is wrong with the evidence of a permission, a publication or a new person; nothing for any other kind."""
    match scene.event.kind:
        case "permitted":
            yield from _permitted(scene)
        case "acknowledged" | "withdrawn" | "input" if scene.event.strength:
            yield from _by_key(scene)
        case "public":
            yield from _document(scene, "the archived source behind publication", "public-source")
        case "case":
            yield from _case(scene)
            if scene.event.strength:
                yield from _by_key(scene)
        case "consulted" if scene.event.document:
            yield from _document(scene, "the extract behind consultation", "consulted-extract")
        case "replaced" if tree.people(scene.event.partnership) not in scene.brought:
            yield Problem(
                f"event {scene.event.id} replaces nobody",
                "the new schedule of people is not in its commit",
                scene.event.place,
                rule="people-schedule",
            )


def _case(scene: Scene) -> Iterator[Problem]:
    if not cases.continues(scene.before.record, scene.event):
        yield Problem(
            f"event {scene.event.id} continues a case that was never opened",
            "each step names the first one of its own case",
            scene.event.place,
            rule="case-opened",
        )
    if scene.event.document and not scene.event.strength:
        yield from _document(scene, "the document behind case", "case-document")


def _permitted(scene: Scene) -> Iterator[Problem]:
    event = scene.event
    if event.evidence in (ACCEPTED, NOTICE):
        yield from _terms(scene)
    elif event.evidence != SIGNED:
        if event.strength or event.key or event.document:
            yield Problem(
                f"permission {event.id} names a signature and is none",
                "what was only said narrows, and needs no signature",
                event.place,
                rule="permission-evidence",
            )
    elif role_of(event.by) is Role.COACH or not event.strength or not event.number:
        yield Problem(
            f"permission {event.id} does not say who signed it, or how",
            "it widens what may be told, so whoever it belongs to signs it themselves",
            event.place,
            rule="permission-evidence",
        )
    elif event.strength in BY_KEY:
        yield from _signature(scene, "permission", "permission-signature")
    else:
        yield from _document(scene, "the document behind permission", "permission-document")


def _by_key(scene: Scene) -> Iterator[Problem]:
    """What a party says with their own key: an acknowledgement, a withdrawal, an answer, a message."""
    event = scene.event
    if event.strength not in BY_KEY or not event.number or role_of(event.by) is Role.COACH:
        yield Problem(
            f"event {event.id} does not say who signed it, or how",
            "a party signs it with their own key, or it is the coach's word",
            event.place,
            rule="party-signature",
        )
    elif event.kind == "input" and event.sections:
        yield Problem(
            f"event {event.id} adds a text to what was signed",
            "the signature is of an answer, and not of a text that goes along",
            event.place,
            rule="party-signature",
        )
    else:
        yield from _signature(scene, f"{event.kind} event", "party-signature")


def _signature(scene: Scene, named: str, rule: str) -> Iterator[Problem]:
    """The detached signature beside an event, under the statement that is rebuilt from the event."""
    event = scene.event
    path = tree.event_signature(event.partnership, event.name)
    texts = said.candidates(scene.before.record, event)
    why = scene.why_unsigned(next(texts), path)
    if why and all(scene.why_unsigned(text, path) for text in texts):
        yield Problem(f"the signature of {named} {event.id} does not hold", why, Place(path), rule=rule)


def _terms(scene: Scene) -> Iterator[Problem]:
    """What a source was told, and accepted or wrote under: they are no client, it is about feedback, nobody signed."""
    event = scene.event
    feedback = all(base_type(what) == "feedback" for what in event.what)
    if not feedback or role_of(event.by) in (Role.CLIENT, Role.COACH) or event.strength or event.key:
        yield Problem(
            f"permission {event.id} is not the terms of a source",
            "only who gives feedback accepts terms without signing them, and only for what they say",
            event.place,
            rule="source-terms",
        )
    yield from _document(scene, "the terms behind permission", "source-terms")


def _document(scene: Scene, named: str, rule: str) -> Iterator[Problem]:
    event = scene.event
    path = tree.event_document(event.partnership, event.name)
    if not event.document or scene.digest_of(path) != event.document:
        yield Problem(f"{named} {event.id} is missing or another", place=Place(path), rule=rule)
