"""Promise 2 at the site's end: the same view gives the same bytes, and nothing of it touches a disk (promise 4)."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from confide.site.build import build_site
from tests.site.sample import PAYER, VIEWS

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import os, sys
from pathlib import Path
from confide.site.build import build_site
from tests.site.sample import VIEWS
from tests.site.test_same_bytes import fingerprint

written = []
def watch(event, args):
    if event == "open" and (set(args[1] or "") & set("wax+") or args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
        written.append(args[0])
    elif event in {"os.mkdir", "os.rename", "os.link", "os.symlink", "shutil.copyfile", "tempfile.mkstemp"}:
        written.append(args[0])
    elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        written.append(event)
sys.dont_write_bytecode = True
sys.addaudithook(watch)
for name in sorted(VIEWS):
    print(name, fingerprint(build_site(VIEWS[name], Path(sys.argv[1]))))
assert not written, written
"""


def fingerprint(site: object) -> str:
    """One digest over everything that a built site is."""
    parts = [getattr(site, name) for name in ("files", "assets", "assets_hash", "csp", "asks")]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def run(root: Path, seed: str, epoch: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tools'}", "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch, "LC_ALL": "C"}
    command = [sys.executable, "-c", PROGRAM, str(root)]
    return subprocess.run(command, env=env, cwd=root, capture_output=True, text=True, check=False)


def test_equal_views_give_equal_bytes_and_nothing_is_written(tmp_path: Path) -> None:
    """Two processes with other hashes, days and directories: the same bytes, no file, no socket, no word said."""
    for name in ("mkdocs.yml", "site"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    first, second = run(ROOT, "1", "0"), run(tmp_path, "2", "1900000000")
    assert (first.returncode, first.stderr) == (0, ""), first.stderr
    assert (second.returncode, second.stderr) == (0, ""), second.stderr
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) == len(VIEWS)
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before
    assert not (ROOT / "build" / "site").exists()


def test_building_in_between_leaves_no_trace() -> None:
    """A press that made another reader's site makes the same bytes as before: nothing passes from site to site."""
    before = fingerprint(build_site(PAYER, ROOT))
    for view in VIEWS.values():
        build_site(view, ROOT)
    assert fingerprint(build_site(PAYER, ROOT)) == before
