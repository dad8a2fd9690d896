"""The direction of the imports, read from the sources: what each room may know of the others, and of the world.

Nothing is imported to find out. `findings` takes the package's directory, so that a test can plant a violation.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A room may import from those in its row. Between the three that do the work the order is
# vault ← records ← ledger: OpenPGP knows no files, files may be sealed, history holds files that are sealed.
# `cli` wires everything together; `portal` opens what `site` sealed and knows that format alone.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "policy": frozenset({"model"}),
    "vault": frozenset({"model", "policy"}),
    "records": frozenset({"model", "policy", "vault"}),
    "ledger": frozenset({"model", "policy", "vault", "records"}),
    "workflows": frozenset({"model", "policy", "vault", "records", "ledger"}),
    "site": frozenset({"model", "policy", "vault", "records", "ledger", "workflows"}),
    "portal": frozenset({"model", "policy", "vault", "records", "ledger", "workflows"}),
    "cli": frozenset({"model", "policy", "vault", "records", "ledger", "workflows", "site", "portal"}),
}
ALSO_MAY_IMPORT: dict[str, frozenset[str]] = {"portal": frozenset({"confide.site.sealed"})}

# Each of these libraries has one door, so that it can be replaced, and its dangers read, in one place.
DOORS: dict[str, str] = {
    "gnupg": "vault/people.py",
    "pysequoia": "vault/sequoia.py",
    "git": "ledger/repo.py",
    "mkdocs": "site/mkdocs_build.py",
    "ruamel": "records/yaml.py",
    "yaml": "records/yaml.py",
    "holidays": "records/working_days.py",
    "weasyprint": "site/pack/pdf.py",
}

# `model` and `policy` compute: same input, same answer. No file, clock, process, network, chance or setting is in here.
PURE_ROOMS = frozenset({"model", "policy"})
PURE_MODULES = frozenset(
    {
        *("__future__", "abc", "collections", "dataclasses", "enum", "functools", "itertools", "operator", "types"),
        *("typing", "bisect", "graphlib", "heapq", "decimal", "fractions", "math", "calendar", "datetime"),
        *("difflib", "keyword", "re", "string", "textwrap", "unicodedata"),
        *("base64", "binascii", "hashlib", "hmac", "json", "struct"),
    }
)
# A zone by its name is read from the machine's tables once; days begin and end where the agreement says they do, and a
# name that is unknown is refused where an agreement is read.
PURE_NAMES = {"pathlib": frozenset({"PurePath", "PurePosixPath"}), "zoneinfo": frozenset({"ZoneInfo"})}
IMPURE_CALLS = frozenset({"open", "print", "input", "exec", "eval", "compile", "breakpoint", "globals"})
CLOCK_READS = frozenset({"now", "utcnow", "today"})


@dataclass(frozen=True)
class Import:
    """One imported module, absolute, and the names taken from it (none for a plain `import`)."""

    module: str
    names: tuple[str, ...]
    line: int

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def imports_of(tree: ast.Module, package: tuple[str, ...]) -> Iterator[Import]:
    """Every import in a module of `package`, wherever it stands: functions, type checking and calls by name too."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                for alias in node.names:
                    yield Import(alias.name, (), node.lineno)
            case ast.ImportFrom():
                base = package[: len(package) - node.level + 1] if node.level else ()
                module = ".".join((*base, *filter(None, [node.module])))
                yield Import(module, tuple(alias.name for alias in node.names), node.lineno)
            case ast.Call(
                func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield Import(module, (), node.lineno)


def findings(root: Path) -> list[str]:
    """What breaks the order in the package at `root`, each as `room/file.py:line: what`; empty when it holds."""
    found: list[str] = []
    doors: dict[str, set[str]] = {library: set() for library in DOORS}
    sources = sorted(root.rglob("*.py"))
    if not sources:
        return [f"{root.name}: no module was found"]
    for path in sources:
        place = path.relative_to(root)
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(place))
        room = place.parts[0] if len(place.parts) > 1 else ""
        imports = list(imports_of(tree, ("confide", *place.parts[:-1])))
        for one in imports:
            found += [f"{place}:{one.line}: {what}" for what in _wrong_direction(room, one)]
            if one.top in doors:
                doors[one.top].add(place.as_posix())
        if room in PURE_ROOMS:
            found += [f"{place}:{line}: {what}" for line, what in _impure(tree, imports)]
    return found + list(_wrong_doors(doors))


def _wrong_direction(room: str, one: Import) -> Iterator[str]:
    """Imports of rooms that `room` must not know. Modules beside the rooms (`__main__`) may know `cli` only."""
    if one.top != "confide":
        return
    if room and room not in MAY_IMPORT:
        yield f"`{room}` is not a room of the design"
        return
    for target in _modules(one):
        parts = target.split(".")
        if len(parts) < 2 or parts[1] == room or parts[1] not in MAY_IMPORT:
            continue
        allowed = MAY_IMPORT[room] if room else {"cli"}
        also = ALSO_MAY_IMPORT.get(room, frozenset())
        if parts[1] not in allowed and not any(target == name or target.startswith(f"{name}.") for name in also):
            yield f"`{room or 'the package itself'}` must not import `{target}`"


def _modules(one: Import) -> list[str]:
    """`from confide import vault` and `from confide.site import sealed` name modules by their names."""
    if one.names and one.module.count(".") < 2:
        return [f"{one.module}.{name}" for name in one.names]
    return [one.module]


def _impure(tree: ast.Module, imports: list[Import]) -> Iterator[tuple[int, str]]:
    for one in imports:
        if one.top == "confide" or one.top in PURE_MODULES:
            continue
        if one.names and set(one.names) <= PURE_NAMES.get(one.module, frozenset()):
            continue
        yield one.line, f"`{one.module}` is not among what pure rooms may import"
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield node.lineno, f"`{name}` reaches outside"
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK_READS:
                yield node.lineno, f"`{name}()` reads the clock; take `now` as a parameter"
            case ast.Global():
                yield node.lineno, "`global` keeps state between calls"


def _wrong_doors(doors: dict[str, set[str]]) -> Iterator[str]:
    for library, door in DOORS.items():
        users = doors[library]
        if users != {door}:
            named = ", ".join(sorted(users)) or "no module"
            yield f"`{library}` is imported by {named}; expected exactly {door}"
