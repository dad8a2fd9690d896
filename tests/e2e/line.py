"""What the coach does, act by act: a practice from nothing to sites that four people can read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.script import DAY, Script
from tests.e2e.terminal import Ran, Terminal
from tests.e2e.visitor import Visitor


@dataclass
class Line:
    """The actors, and what they did: commands by the name under which tests ask for them, pages by party."""

    script: Script
    coach: Terminal
    board: Path
    manager: Terminal
    port: int
    shots: Path | None = None
    partnership: str = ""
    other: str = ""
    ran: dict[str, Ran] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    heads: dict[str, tuple[str, str]] = field(default_factory=dict)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    knocks: dict[tuple[str, str], tuple[int, str, str]] = field(default_factory=dict)
    complained: dict[str, list[str]] = field(default_factory=dict)
    served: str = ""

    @property
    def practice(self) -> Path:
        return self.coach.where

    def do(self, name: str, *arguments: str, stdin: str | bytes = b"", code: int = 0) -> Ran:
        """Run a command of the first partnership and keep what it said under `name`."""
        self.ran[name] = self.coach.confide(*arguments, "--in", self.partnership, stdin=stdin, code=code)
        return self.ran[name]

    def refused(self, name: str, *arguments: str, stdin: str | bytes = b"", code: int) -> Ran:
        """The same for one that must change nothing: the state before and after is kept too."""
        before = self.state()
        ran = self.do(name, *arguments, stdin=stdin, code=code)
        self.heads[name] = (before, self.state())
        return ran

    def state(self) -> str:
        """HEAD, index and work tree."""
        return self.coach.head() + self.coach.git("status", "--porcelain").out + self.coach.git("write-tree").out

    # The acts, in order.

    def set_up(self) -> None:
        """A key, an identity, a practice."""
        coach = self.coach
        name = self.script.names["coach"]
        fingerprint = coach.make_key(f"{name} <coach@practice.example>")
        coach.git("config", "--global", "user.name", name)
        coach.git("config", "--global", "user.email", "coach@practice.example")
        self.ran["init"] = coach.confide("init", "practice", "--portal", f"http://localhost:{self.port}")
        self.seen["keeper"] = fingerprint
        coach.where = coach.where / "practice"
        self.ran["doctor"] = coach.confide("doctor")

    def begin_records(self) -> None:
        """Two partnerships; names come by standard input."""
        made = self.coach.confide("new", "--people", "-", "--json", stdin=self.script.people)
        self.ran["new"], self.partnership = made, made.json["partnership"]
        other = self.coach.confide("new", "--people", "-", "--json", stdin=self.script.other_people)
        self.ran["new-other"], self.other = other, other.json["partnership"]
        self.ran["note-other"] = self.coach.confide(
            "note", DAY, "--in", self.other, "--file", "-", stdin=self.script.other_note
        )
        self.ran["ambiguous"] = self.coach.confide("log", code=2)
        self.ran["by-name"] = self.coach.confide("log", "--in", self.script.names["client"], code=2)

    def draft(self) -> None:
        """A draft from answers, changed in an editor, stopped when misspelt, committed with plain git."""
        self.do("draft", "agree", "draft", "--goals", "summary", "--circle", "peers=5", "--time-zone", "UTC", "--yes")
        file = self.practice / f"records/{self.partnership}/agreements/1.yml"
        text = file.read_text()
        message = f"draft: {self.partnership} agreement 1"
        misspelt = text.replace("    circumstances: always\n    channel", "    circumstancs: always\n    channel", 1)
        assert misspelt != text
        file.write_text(misspelt)
        before = self.coach.head()
        self.ran["misspelt"] = self.coach.git("commit", "-q", "-a", "-m", message, code=1)
        self.heads["misspelt"] = (before, self.coach.head())
        self.do("misspelt-check", "agree", "check", code=4)
        file.write_text(self._with_duty(text))
        self.refused("propose-dirty", "agree", "propose", code=1)
        self.ran["chatty-message"] = self.coach.git("commit", "-q", "-a", "-m", "she wants it this way", code=1)
        self.ran["commit"] = self.coach.git("commit", "-q", "-a", "-m", message)
        self.do("check-draft", "agree", "check")
        self.do("show", "agree", "show")

    @staticmethod
    def _with_duty(text: str) -> str:
        """The sponsors hear of shared goals only after the client was told so: the coach's own change to the draft."""
        head, clause, tail = text.partition("  - id: goals-to-sponsors")
        changed = tail.replace("when: [{every: quarter}]", "when: [client-informed, {every: quarter}]", 1)
        assert changed != tail
        return head + clause + changed

    def propose(self) -> None:
        self.refused("begin-early", "begin", code=1)
        self.refused("invite-early", "invite", "client", code=1)
        self.do("propose", "agree", "propose")
        self.do("status-proposed", "agree", "status")
        self.do("sign-coach", "agree", "sign")

    def invite(self, browser: Browser, *parties: str) -> None:
        for party in parties:
            said = self.do(f"invite-{party}", "invite", party, "--json").json
            self.letters[party] = said
            self.visitors[party] = Visitor(browser, said["address"], party, self.shots, phone=party == "payer")

    def take_in(self, name: str, *parties: str) -> None:
        """The inbox: a key waits until its fingerprint was compared."""
        self.ran[f"{name}-waiting"] = self.coach.confide("inbox", code=3)
        if name == "inbox":
            self.ran["inbox-wrong"] = self.coach.confide("inbox", "--confirm", "0" * 40, code=3)
        confirmed = [part for party in parties for part in ("--confirm", self.visitors[party].fingerprint)]
        self.ran[name] = self.coach.confide("inbox", "--json", *confirmed)
        if name == "inbox":
            self.ran["inbox-after"] = self.coach.confide("inbox")

    def sign_elsewhere(self) -> None:
        """The manager with a key of their own, the board on paper."""
        sign = ("agree", "sign", "--party", "manager")
        fingerprint = self.manager.make_key("manager <manager@own.example>")
        statement = self.do("statement", *sign, "--statement").out.encode()
        signature = self.manager.gpg_bytes("--detach-sign", "--armor", stdin=statement)
        foreign = self.manager.gpg_bytes("--detach-sign", "--armor", stdin=statement.replace(b"manager", b"client"))
        key = self.board / "manager.asc"
        key.write_bytes(self.manager.gpg_bytes("--export", "--armor", fingerprint))
        self.refused("foreign", *sign, "--key", str(key), "--signature", "-", stdin=foreign, code=4)
        self.do("sign-own-key", *sign, "--key", str(key), "--signature", "-", stdin=signature)
        self.do("status-one-missing", "agree", "status", "--json")
        self.refused("begin-unsigned", "begin", code=1)
        scan = b"%PDF-1.4 signed on paper by " + self.script.scan.encode()
        self.do("sign-paper", "agree", "sign", "--party", "board", "--paper", "-", stdin=scan)
        self.do("status-in-force", "agree", "status", "--json")
        self.do("begin", "begin")

    def work(self) -> None:
        """A session, questions, what may be told, what may not, what is taken back."""
        words = self.script
        self.do("note", "note", DAY, "--file", "-", stdin=words.note)
        self.do("note-show", "note", DAY, "--show")
        self.do("note-list", "note", "--list")
        self.refused("may-no", "may", "--tell", "payer", "--about", "career-aspirations", code=1)
        self.refused("may-not-yet", "may", "--tell", "payer", "--about", "partnership-goals/shared", code=3)
        self.refused("too-early", "disclose", f"{DAY}#s2", "--to", "payer", code=3)
        self.do("inform", "inform", *(f"{DAY}#{s}" for s in ("s2", "s3", "s8")), "--words", "-", stdin=words.informed)
        self.refused("may-yes", "may", "--tell", "payer", "--section", f"{DAY}#s2", code=0)
        self.refused("dry-run", "disclose", f"{DAY}#s2", "--to", "payer", "--dry-run", code=0)
        self.refused("unpromised", "disclose", f"{DAY}#s5", "--to", "adviser", code=3)
        self.do("acknowledge", "acknowledge", "--by", "adviser")
        for section, party in (("s2", "payer"), ("s8", "payer"), ("s3", "manager"), ("s5", "adviser")):
            self.tell(section, party)
        self.tell("s1", "client")
        self.tell("s4", "client")
        self.refused("denied", "disclose", f"{DAY}#s4", "--to", "payer", code=1)
        self.refused("denied-draft", "disclose", f"{DAY}#s7", "--to", "client", code=1)
        self.refused("denied-verbatim", "disclose", f"{DAY}#s1", "--to", "payer", code=1)
        self.refused("denied-stranger", "disclose", f"{DAY}#s2", "--to", "peers", code=1)
        refuse = ("refuse", "--tell", "payer", "--about", "career-aspirations")
        self.do("refuse", *refuse, "--words", "-", stdin=words.refused)
        self.do("withdraw", "withdraw", self.events["s8"], "--by", "client", "--words", "-", stdin=words.withdrawn)

    def tell(self, section: str, party: str) -> None:
        said = self.do(f"disclose-{section}", "disclose", f"{DAY}#{section}", "--to", party, "--json")
        self.events[section] = said.json["event"]

    def look_back(self) -> None:
        """Rules, history, register; then the sites."""
        self.ran["check"] = self.coach.confide("check")
        self.do("log", "log")
        self.do("log-json", "log", "--json")
        self.do("log-payer", "log", "--to", "payer")
        self.ran["git-log"] = self.coach.git("log", "--format=%G? %s%n%b")
        self.ran["publish"] = self.coach.confide("publish", "--all", "--json")
        self.ran["verify"] = self.coach.confide("verify", "--json")
        self.ran["board"] = self.coach.confide()
