"""Write the worked example under records/, and the key it is encrypted to beside the tests' vectors.

The example is the first partnership of the demo's story. Its keys are published on purpose: tests/vectors/example/.
Run it with `make example` when the format changes, and say so in the commit.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECORDS = ROOT / "records"
VECTORS = ROOT / "tests" / "vectors" / "example"


def confide(*arguments: str) -> bytes:
    """Run `confide` and give what it printed."""
    return subprocess.run([sys.executable, "-m", "confide", *arguments], check=True, capture_output=True).stdout


def main() -> None:
    """Replace the example."""
    with tempfile.TemporaryDirectory(prefix="ct-") as home:
        demo = Path(home) / "demo"
        readers = json.loads(confide("demo", str(demo), "--no-serve", "--json"))["readers"]
        partnership = readers[0]["partnership"]
        shutil.rmtree(RECORDS, ignore_errors=True)
        shutil.copytree(demo / "records", RECORDS)
        for other in RECORDS.glob("p-*"):
            if other.name != partnership:
                shutil.rmtree(other)
        VECTORS.mkdir(parents=True, exist_ok=True)
        key = confide("-C", str(demo), "keys", "export", "--in", partnership)
        (VECTORS / "partnership.secret.asc").write_bytes(key)
        gnupg = demo.with_name("demo.keys") / "gnupg"
        coach = ["gpg", "--batch", "--quiet", "--homedir", str(gnupg), "--armor", "--export-secret-keys"]
        (VECTORS / "coach.secret.asc").write_bytes(subprocess.run(coach, check=True, capture_output=True).stdout)
        subprocess.run(["gpgconf", "--homedir", str(gnupg), "--kill", "all"], check=True)


if __name__ == "__main__":
    main()
