"""What may lie under site/ and stand in mkdocs.yml. A coach can change words and colours there, and nothing else.

Security does not rest here (MkDocs never sees what was not decided to be shown), but a plugin could write a page to a
disk, a script could send it away, and a link could let a file from elsewhere in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from confide.model.problem import Malformed, Place, Problem

# They change what is written under site/pages and reach for no other file.
EXTENSIONS = frozenset(
    {
        *("toc", "tables", "fenced_code", "attr_list", "admonition", "def_list", "footnotes", "abbr", "md_in_html"),
        *("sane_lists", "smarty", "pymdownx.details", "pymdownx.superfences"),
    }
)
PLUGINS = frozenset({"material/search"})
# Instant loading keeps one page's permission to run scripts for all others; suggesting and sharing ran scripts of a
# page's address once, and put a script into a link.
FEATURES_NOT_WANTED = ("navigation.instant", "search.suggest", "search.share", "content.code.copy", "announce.dismiss")
NOT_WANTED = ("repo_url", "site_url", "hooks", "extra_javascript", "extra_templates")
EXTRA_NOT_WANTED = ("analytics", "consent", "social", "alternate", "version", "polyfills", "scope", "homepage")
# Search needs no other languages, browsers no source maps; the rest are templates.
_NO_ASSET = (".html", ".py", ".pyc", ".yml", ".yaml", ".xml", ".map", ".md", ".txt")
_PLACE = Place("mkdocs.yml")


def check_tree(root: Path) -> None:
    """Malformed if mkdocs.yml, site/pages or site/theme is missing, or if anything there is a symbolic link."""
    missing = [name for name in ("mkdocs.yml", "site/pages", "site/theme") if not (root / name).exists()]
    if missing:
        hint = "write them again with: confide init"
        raise Malformed(*(Problem(f"`{name}` is missing", place=Place(name), hint=hint) for name in missing))
    links = [path for path in _all(root) if path.is_symlink()]
    if links:
        why = "the site would contain a file from elsewhere"
        named = (Place(path.relative_to(root).as_posix()) for path in links)
        raise Malformed(*(Problem("a symbolic link", why=why, place=place) for place in named))


def stamp(root: Path) -> str:
    """Changes whenever a file of mkdocs.yml or site/ changes, by path, size and time."""
    known = hashlib.sha256()
    for path in _all(root):
        status = path.lstat()
        known.update(f"{path.relative_to(root)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return known.hexdigest()


def made_with(root: Path) -> str:
    """Everything but the view that a site's bytes depend on: `mkdocs.yml`, site/, the theme and this code."""
    known = hashlib.sha256()
    here = Path(__file__).parent
    files = (*(path for path in _all(root) if path.is_file()), *sorted(here.rglob("*.py")))
    for path in files:
        inside = path.relative_to(here if here in path.parents else root)
        known.update(f"{inside.as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for package in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "nh3", "markdown-it-py"):
        known.update(f"{package} {version(package)}\0".encode())
    return known.hexdigest()


def _all(root: Path) -> Iterator[Path]:
    yield from (path for path in (root / "mkdocs.yml", root / "site") if path.exists())
    yield from sorted((root / "site").rglob("*"))


def check_config(config: Mapping[str, Any], root: Path) -> None:
    """Malformed, with every finding, if mkdocs.yml would let something other than the policy's pages in or out."""
    found = [*_unwanted(config), *_outside(config, root)]
    if found:
        raise Malformed(*(Problem(what, why=why, place=_PLACE, rule="site-sources") for what, why in found))


def _unwanted(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    theme, extra = config["theme"], config["extra"] or {}
    if theme.name != "material":
        yield f"the theme is `{theme.name}`, expected `material`", "its scripts are checked one by one"
    if theme.get("font") is not False:
        yield "`font` is not `false`", "every page would fetch fonts from somebody else"
    for name in sorted(set(config["plugins"]) - PLUGINS):
        yield f"the plugin `{name}`", "a plugin is given every page and could write it to a disk"
    for name in sorted(set(config["markdown_extensions"]) - EXTENSIONS):
        yield f"the Markdown extension `{name}`", "it is not known to leave other files alone"
    for key in NOT_WANTED:
        if config[key]:
            yield f"the setting `{key}`", "it leads outside, or runs what is not checked"
    for key in EXTRA_NOT_WANTED:
        if key in extra:
            yield f"the setting `extra.{key}`", "it leads outside"
    for feature in theme.get("features") or ():
        if feature.startswith(FEATURES_NOT_WANTED):
            yield f"the feature `{feature}`", "it does not go with scripts that are permitted page by page"


def _outside(config: Mapping[str, Any], root: Path) -> Iterator[tuple[str, str]]:
    expected = {
        "docs_dir": (config["docs_dir"], "site/pages"),
        "custom_dir": (config["theme"].custom_dir, "site/theme"),
    }
    for key, (value, wanted) in expected.items():
        if value is None or Path(value).resolve() != root / wanted:
            yield f"`{key}` is not `{wanted}`", "nothing but the policy's pages and the theme may be built in"


def theme_assets(themes: Sequence[Path], pages: Path) -> dict[str, bytes]:
    """Style sheets, scripts, icons and pictures by path: of the pages first, then of each theme directory in order."""
    found: dict[str, bytes] = {}
    for directory in (pages, *themes):
        for path in sorted(_below(directory)):
            name = path.relative_to(directory).as_posix()
            if name not in found:
                found[name] = path.read_bytes()
    return {name: found[name] for name in sorted(found)}


def _below(directory: Path) -> Iterator[Path]:
    for path in directory.iterdir():
        if path.name.startswith(".") or path.name in {"partials", "lunr", "__pycache__", "locales", "fragments"}:
            continue
        if path.is_dir():
            yield from _below(path)
        elif path.suffix not in _NO_ASSET and path.name != "favicon.png":
            yield path
