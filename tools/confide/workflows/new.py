"""`new`: a partnership with a random id, its own key made by GnuPG, and its people inside a sealed file only."""

from __future__ import annotations

from dataclasses import dataclass

from confide.ledger import codec
from confide.model.partnership import Partnership, Party, Person
from confide.model.problem import Problem, Usage
from confide.model.words import PARTY_ROLES, Role, nearest, role_of
from confide.records import partnership_file, tree
from confide.vault.generate import generate_secret_key
from confide.vault.sequoia import SecretKey
from confide.workflows import fresh, people
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class NewPartnership:
    """What was made: the id that stands for the partnership from now on."""

    id: str
    parties: tuple[str, ...]


def check(parties: tuple[str, ...], persons: tuple[Person, ...]) -> None:
    """Raise Usage with everything that is wrong about who takes part."""
    problems = []
    for party in parties:
        if role_of(party) is None:
            hint = nearest(party, PARTY_ROLES)
            known = ", ".join(PARTY_ROLES)
            problems.append(
                Problem(
                    "that is not the word for a party",
                    "parties are called by their role, so that no id can be a name",
                    hint=f"did you mean `{hint}`?" if hint else f"one of: {known}",
                    rule="unknown-party",
                )
            )
    problems += [
        Problem(f"there is no {needed.value}", "a partnership has one", hint=f"add `{needed.value}`")
        for needed in (Role.COACH, Role.CLIENT)
        if not any(role_of(party) is needed for party in parties)
    ]
    problems += [
        Problem(
            f"a person is listed for `{person.party}`",
            "who is not a party of the partnership",
            hint=f"add it: --party {person.party}",
        )
        for person in persons
        if person.party not in parties and role_of(person.party) is not None
    ]
    if problems:
        raise Usage(*problems)


def new(practice: Practice, parties: tuple[str, ...], persons: tuple[Person, ...]) -> NewPartnership:
    """Make the partnership and commit it. The key enters the keystore first: a record is never without its key."""
    parties = tuple(dict.fromkeys(parties))
    check(parties, persons)
    partnership_id = fresh.partnership_id(frozenset(practice.ids()))
    secret = generate_secret_key(f"{partnership_id}@confide.invalid", practice.now, faked=practice.replaying)
    public = SecretKey.parse(secret).certificate.armoured()
    members = tuple(Party(party, role) for party in parties if (role := role_of(party)) is not None)
    partnership = Partnership(partnership_id, members, practice.file.keepers)
    sealed, _ = people.seal(practice, partnership_id, persons, public)
    if not practice.dry_run:
        practice.keys.add(partnership_id, secret, practice.now)
    practice.commit(
        {
            tree.partnership(partnership_id): partnership_file.render_partnership(partnership),
            tree.partnership_key(partnership_id): public,
            tree.people(partnership_id): sealed,
        },
        codec.plain_message("new", partnership_id),
    )
    return NewPartnership(partnership_id, parties)
