"""`python -m bench [word…]`: the measurements with a word in their name, or all; exit 1 when a bound is missed."""

from __future__ import annotations

import os
import platform
import sys

from bench import analysis, ledger, notes, policy, portal, site, vault

MEASUREMENTS = {
    "analysis": analysis.measure,
    "ledger": ledger.measure,
    "notes": notes.measure,
    "policy": policy.measure,
    "portal": portal.measure,
    "site": site.measure,
    "vault": vault.measure,
}


def main(words: list[str]) -> int:
    chosen = [name for name in MEASUREMENTS if not words or any(word in name for word in words)]
    if not chosen:
        print(
            f"no measurement is called {', '.join(f'`{word}`' for word in words)}; there are: {', '.join(MEASUREMENTS)}"
        )
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; ratios of one run on this machine")
    missed = 0
    for name in chosen:
        for ratio in MEASUREMENTS[name]():
            print(ratio, flush=True)
            missed += not ratio.holds
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
