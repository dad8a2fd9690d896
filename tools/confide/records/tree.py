"""Every path under `records/`: where each kind of file lies, and what a path that is found there is.

Paths are written with `/`, relative to the repository. A path that this module does not know is not allowed: what
stands in the open is a closed list, and a directory named like a person would be a client list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from confide.model import ids
from confide.model.problem import NotAllowed, Place, Problem
from confide.records.layout import AGREEMENT_FILE, KINDS_BY_PLACE, NOTE_FILE

ROOT = "records"
PRACTICE = f"{ROOT}/practice.yml"
# A history asks about the same paths again and again, a commit's own several times in a row.
_REMEMBERED = 4096


def place(path: str) -> Place:
    """The whole file at `path`, for a problem."""
    return Place(path)


def keeper_key(fingerprint: str) -> str:
    """A keeper's public key, or the publishing key's."""
    return f"{ROOT}/keys/{fingerprint}.asc"


def directory(partnership: str) -> str:
    """The directory of a partnership, without a slash at the end."""
    return f"{ROOT}/{partnership}"


def partnership(partnership: str) -> str:
    return f"{directory(partnership)}/partnership.yml"


def people(partnership: str) -> str:
    return f"{directory(partnership)}/people.yml.gpg"


def partnership_key(partnership: str) -> str:
    return f"{directory(partnership)}/key.asc"


def party_key(partnership: str, party: str, number: int) -> str:
    return f"{directory(partnership)}/keys/{party}.{number}.asc"


def agreement(partnership: str, version: int) -> str:
    return f"{directory(partnership)}/agreements/{version}.yml"


def agreement_signature(partnership: str, version: int, party: str, number: int) -> str:
    """A detached OpenPGP signature under one version."""
    return f"{directory(partnership)}/agreements/{version}.{party}.{number}.sig"


def agreement_document(partnership: str, version: int, party: str, number: int) -> str:
    """A sealed scan, or the certificate of an e-signature."""
    return f"{directory(partnership)}/agreements/{version}.{party}.{number}.document.gpg"


def agreement_versions(root: Path, partnership: str) -> tuple[int, ...]:
    """The versions in the work tree under `root`, drafts included, oldest first."""
    found = (AGREEMENT_FILE.match(path.name) for path in (root / directory(partnership) / "agreements").glob("*.yml"))
    return tuple(sorted(int(match[1]) for match in found if match))


def instrument(partnership: str, instrument_id: str) -> str:
    return f"{directory(partnership)}/instruments/{instrument_id}.yml"


def instrument_document(partnership: str, instrument_id: str) -> str:
    return f"{directory(partnership)}/instruments/{instrument_id}.gpg"


def note_path(name: str) -> str:
    """What events and commitments call the note `2026-02-03`: its path in the partnership, without suffix."""
    return f"notes/{name}"


def sealed_note(partnership: str, path: str) -> str:
    """The file of a note, feedback or summary whose path in the partnership is `path` (`notes/2026-02-03`)."""
    return f"{directory(partnership)}/{path}.md.gpg"


def attachment(partnership: str, path: str, attachment_id: str) -> str:
    """The sealed file of a document or picture that a section of the note `path` names (`notes/2026-02-03`)."""
    return f"{directory(partnership)}/{path}.{attachment_id}.gpg"


def attachments(paths: Iterable[str], partnership: str, path: str) -> tuple[str, ...]:
    """The ids of a note's attachments among `paths`, sorted."""
    start = f"{directory(partnership)}/{path}."
    found = (name.removeprefix(start).removesuffix(".gpg") for name in paths if name.startswith(start))
    return tuple(sorted(one for one in found if ids.is_attachment(one)))


def note_names(paths: Iterable[str], partnership: str) -> tuple[str, ...]:
    """The names of a partnership's notes among `paths`, oldest first (`-10` after `-9`)."""
    start = f"{directory(partnership)}/notes/"
    found = (NOTE_FILE.match(path.removeprefix(start)) for path in paths if path.startswith(start))
    return tuple(sorted((match[1] for match in found if match), key=lambda name: (name[:10], int(name[11:] or 1))))


def texts_beside_notes(paths: Iterable[str], partnership: str) -> tuple[str, ...]:
    """What events call the feedback and the summaries among `paths`: `feedback/x7k2m9qd`, sorted."""
    start, end = f"{directory(partnership)}/", ".md.gpg"
    found = (path for path in paths if path.startswith(start) and shape(path) in ("feedback", "summary"))
    return tuple(sorted(path.removeprefix(start).removesuffix(end) for path in found))


def event(partnership: str, name: str) -> str:
    """The file of the event whose `name` is `2026-02-10-disclosed-x7k2m9qd`."""
    return f"{directory(partnership)}/events/{name}.yml"


def event_detail(partnership: str, name: str) -> str:
    """What a person wrote about it, sealed."""
    return f"{directory(partnership)}/events/{name}.detail.yml.gpg"


def event_signature(partnership: str, name: str) -> str:
    """A party's detached OpenPGP signature under what the event says they said."""
    return f"{directory(partnership)}/events/{name}.sig"


def event_document(partnership: str, name: str) -> str:
    """A sealed scan, certificate or archived source that the event rests on."""
    return f"{directory(partnership)}/events/{name}.document.gpg"


def kept(partnership: str, digest: str) -> str:
    """What a sealed file with this digest said, sealed again when the key that it was for was destroyed."""
    return f"{directory(partnership)}/kept/{digest.removeprefix('sha256:')}.gpg"


@lru_cache(_REMEMBERED)
def partnership_of(path: str) -> str:
    """The partnership whose directory a path lies in, or an empty string."""
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == ROOT and ids.is_partnership(parts[1]) else ""


@lru_cache(_REMEMBERED)
def shape(path: str) -> str | None:
    """The kind of file a path under `records/` is; None for one that is not allowed there."""
    parts = path.split("/")
    if parts[0] != ROOT or _leaves(path):
        return None
    if path == PRACTICE:
        return "practice"
    if len(parts) == 3 and parts[1] == "keys" and re.match(r"[0-9A-F]{40}\.asc\Z", parts[2]):
        return "keeper-key"
    if len(parts) < 3 or not ids.is_partnership(parts[1]):
        return None
    inside = "/".join(parts[2:])
    return next((kind for kind, fits in KINDS_BY_PLACE if fits(inside)), None)


def misplaced(path: str) -> Problem | None:
    """Why a path under `records/` is not allowed; None if it is. The path itself may be a name and is not repeated."""
    if shape(path) is not None:
        return None
    parts = path.split("/")
    if parts[0] != ROOT or _leaves(path):
        return Problem("the path leaves `records/`", rule="tree")
    if len(parts) > 2 and parts[1] != "keys" and not ids.is_partnership(parts[1]):
        return Problem(
            "a directory under `records/` does not have the shape of a partnership's id",
            "a directory named like a person would be a client list",
            Place(ROOT),
            "`confide new` makes a partnership with a random id such as `p-k7f3`",
            "tree",
        )
    where = f"{ROOT}/{partnership_of(path)}" if partnership_of(path) else ROOT
    return Problem(
        "a file under `records/` has no place in the layout",
        "what stands in the open is a closed list",
        Place(where),
        "take it out of the repository; notes are added with `confide note`",
        "tree",
    )


def safe(path: str, root: Path | None = None) -> str:
    """`path` if it stays under `records/`. With `root` every part of it that exists must not be a symbolic link.

    Raises NotAllowed; the path is not repeated, because it may be a name.
    """
    problem = None
    if not path.startswith(f"{ROOT}/") or _leaves(path):
        problem = "the path leaves `records/`"
    elif root is not None and _linked(root, path):
        problem = "the path runs through a symbolic link"
    if problem:
        hint = "paths are relative to the repository and written with `/`: records/p-k7f3/notes/2026-02-03.md.gpg"
        raise NotAllowed(Problem(problem, "nothing outside `records/` is read or written", hint=hint, rule="tree"))
    return path


def _leaves(path: str) -> bool:
    parts = path.split("/")
    return any(part in ("", ".", "..") for part in parts) or re.search(r"[\\\x00-\x1f\x7f]", path) is not None


def _linked(root: Path, path: str) -> bool:
    parts = PurePosixPath(path).parts
    return any((root / PurePosixPath(*parts[:n])).is_symlink() for n in range(1, len(parts) + 1))
