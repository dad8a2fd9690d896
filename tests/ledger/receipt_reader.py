"""A second reader of receipts, written from docs/FORMAT.md alone: the standard library, PyYAML and plain gpg.

`python receipt_reader.py FILE KEEPER` prints what the receipt proves, or fails with the step that does not hold.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

MARK = b"-----BEGIN PGP SIGNATURE-----"
HOUR = timedelta(hours=1)


class Broken(Exception):
    """A step that does not hold."""


def hold(holds: object, step: str) -> None:
    if not holds:
        raise Broken(step)


def framed(kind: str, *fields: bytes) -> bytes:
    return f"confide/1 {kind}\n".encode() + b"".join(len(f).to_bytes(8, "big") + f for f in fields)


def digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def joined(links: list[str]) -> str:
    return links[0] if len(links) == 1 else digest(framed("crossed", *(one.encode() for one in sorted(links))))


def signer(home: Path, data: bytes, signature: bytes, step: str) -> tuple[str, datetime]:
    """Who signed exactly `data` and when, as gpg's status lines say."""
    (home / "data").write_bytes(data)
    (home / "data.asc").write_bytes(signature)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--status-fd", "1", "--verify", "data.asc", "data"]
    said = subprocess.run(gpg, cwd=home, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    lines = [line.split()[1:] for line in said.splitlines() if line.startswith("[GNUPG:]")]
    good = {words[0] for words in lines}
    hold("GOODSIG" in good and not good & {"REVKEYSIG", "EXPKEYSIG", "BADSIG", "ERRSIG"}, step)
    valid = next(words for words in lines if words[0] == "VALIDSIG")
    return valid[10], datetime.fromtimestamp(int(valid[3]), UTC)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}T00:00:00Z"
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item not in ("", [])}
    return value


def seen(event: bytes, party: str) -> dict[str, Any]:
    """What a party sees of an event that names nobody else."""
    given = yaml.safe_load(event)
    found = {key: plain(value) for key, value in given.items() if value not in ("", [], 0, None) and key != "event"}
    found = {key: value for key, value in found.items() if key not in ("form", "attribution") or value != "none"}
    for section in found.get("sections", ()):
        for who in ("subject", "source", "owner"):
            section.setdefault(who, "client")
    found["previous"] = given["previous"].get(party, "none")
    return found


def read(data: bytes, keeper: str) -> dict[str, Any]:
    """Everything that the receipt proves; raises Broken."""
    at = data.rindex(MARK)
    receipt = json.loads(data[:at])
    hold(receipt["format"] == "confide/1 receipt", "format")
    hold(receipt["keeper"] == keeper, "keeper")
    party = receipt["party"]
    with tempfile.TemporaryDirectory(prefix="r-") as place:
        home = Path(place)
        for key in receipt["keys"].values():
            command = ["gpg", "--homedir", place, "--batch", "--quiet", "--import"]
            subprocess.run(command, input=key.encode(), check=True, capture_output=True)
        try:
            made = signer(home, data[:at], data[at:], "1: the receipt's signature")
            hold(made[0] == receipt["publisher"], "1: the publisher")
            for entry in receipt["events"]:
                if "commit" in entry:
                    commit(home, entry, receipt)
        finally:
            subprocess.run(["gpgconf", "--homedir", place, "--kill", "all"], check=False)
    chain: list[str] = []
    newest: list[str] = []
    events = {}
    for entry in receipt["events"]:
        event = json.loads(entry["seen"])
        sets = [list(s) for n in range(1, len(newest) + 1) for s in itertools.combinations(newest, n)]
        named = next((links for links in sets if joined(links) == event["previous"]), [])
        first = event["previous"] == "none" and not chain
        hold(named or first or event["previous"] in chain, f"2: the chain at {event['id']}")
        chain.append(digest(framed("seen", party.encode(), entry["seen"].encode())))
        newest = [link for link in newest if link not in named] + [chain[-1]]
        events[event["id"]] = event
    shown = []
    for text in receipt["texts"]:
        note, section = text["section"].split("#")
        fields = (receipt["partnership"], note, section, text["text"])
        made_of = digest(framed("commitment", bytes.fromhex(text["salt"]), *(f.encode() for f in fields)))
        event = events[text["event"]]
        known = [s["commitment"] for s in event["sections"] if s["section"] == text["section"]]
        hold(known == [made_of], f"4: the text of {text['event']}")
        shown.append((text["text"], event["at"], event.get("agreement"), event.get("terms", [])))
    for version, text in receipt["agreements"].items():
        proposals = [e for e in events.values() if e["kind"] == "proposed" and e["agreement"] == int(version)]
        hold([e["document"] for e in proposals] == [digest(text.encode())], f"5: agreement {version}")
    return {"events": list(events), "chain": chain, "shown": shown}


def commit(home: Path, entry: dict[str, str], receipt: dict[str, Any]) -> None:
    """Step 3: one signed commit and the event it introduced."""
    head, _, message = base64.b64decode(entry["commit"]).partition(b"\n\n")
    before, _, rest = head.partition(b"\ngpgsig ")
    event = json.loads(entry["seen"])
    by, at = signer(home, before + b"\n\n" + message, rest.replace(b"\n ", b"\n"), f"3: the commit of {event['id']}")
    hold(by != receipt["publisher"] and by in receipt["keys"], "3: who signed")
    trailers = dict(line.split(": ", 1) for line in message.decode().splitlines() if ": " in line)
    hold(trailers["Digest"] == digest(entry["event"].encode()) and trailers["Event"] == event["id"], "3: trailers")
    hold(seen(entry["event"].encode(), receipt["party"]) == event, "3: the event is another")
    hold(abs(datetime.fromisoformat(event["at"]) - at) <= HOUR, "3: the time")


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1]).read_bytes(), sys.argv[2]), indent=1))
