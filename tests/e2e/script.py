"""What is said in the played line: invented people and a note, each name and each text with a word of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.e2e.words import name, word

DAY = "2026-02-03"
# Section of the note → what it is. The letter behind `s` says nothing.
SECTIONS = {
    "s1": "what=partnership-goals/shared",
    "s2": "what=partnership-goals/shared form=summary from=s1",
    "s3": "what=partnership-goals/shared form=summary from=s1",
    "s4": "what=career-aspirations",
    "s5": "what=conflicts form=topic",
    "s6": "what=discussions",
    "s7": "draft",
    "s8": "what=partnership-goals/shared form=summary from=s1",
    "s9": "what=strategy owner=payer source=client flags=trade-secret",
}
# Section → who is told, for good. `s8` is told to the payer too, and taken back. The client may see what others see.
TOLD = {"s1": ("client",), "s2": ("payer",), "s3": ("manager",), "s4": ("client",), "s5": ("adviser",)}
READERS = ("client", "payer", "manager", "adviser")
# The words of whom each reader knows: everybody who signs, and the adviser whom the signatories can ask.
SIGNATORIES = ("coach", "client", "payer", "manager", "board")
KNOWS = {
    **dict.fromkeys(("client", "payer", "manager"), (*SIGNATORIES, "adviser")),
    "adviser": ("coach", "adviser"),
}


@dataclass(frozen=True)
class Script:
    """The words of one run."""

    names: dict[str, str] = field(
        default_factory=lambda: {p: name() for p in (*SIGNATORIES, "adviser", "peers", "other-client", "other-payer")}
    )
    company: str = field(default_factory=lambda: word().title())
    texts: dict[str, str] = field(default_factory=lambda: {section: word() for section in SECTIONS})
    titles: dict[str, str] = field(default_factory=lambda: {section: word() for section in SECTIONS})
    other_text: str = field(default_factory=word)
    refused: str = field(default_factory=word)
    withdrawn: str = field(default_factory=word)
    informed: str = field(default_factory=word)
    scan: str = field(default_factory=word)

    @property
    def note(self) -> str:
        """The note as the coach writes it: the headings say what each section is."""
        return "\n\n".join(
            f"## About {self.titles[s]} {{#{s} {what}}}\n\nHere stands {self.texts[s]}, and after it a few plain words."
            for s, what in SECTIONS.items()
        )

    @property
    def other_note(self) -> str:
        return f"## Elsewhere {{#s1 what=discussions}}\n\nIn another room we spoke of {self.other_text} for an hour."

    @property
    def people(self) -> str:
        """The schedule of the first partnership, as YAML on standard input."""
        return self._people(*SIGNATORIES, "adviser", "peers")

    @property
    def other_people(self) -> str:
        return self._people("coach", "other-client", "other-payer")

    def _people(self, *parties: str) -> str:
        lines = ["persons:"]
        for party in parties:
            title = f"Head of something, {self.company}"
            lines.append(f"  - {{party: {party.removeprefix('other-')}, name: {self.names[party]}, title: '{title}'}}")
        return "\n".join(lines) + "\n"

    def words_of(self, *parties: str) -> set[str]:
        """Every word of these people's names."""
        return {part for party in parties for part in self.names[party].split()}

    @property
    def secret_words(self) -> set[str]:
        """All that may stand nowhere outside ciphertext: every name but the coach's, and whatever was written."""
        return self.words_of(*(p for p in self.names if p != "coach")) | self.written | {self.company}

    @property
    def written(self) -> set[str]:
        prose = {self.other_text, self.refused, self.withdrawn, self.informed, self.scan}
        return {*self.texts.values(), *self.titles.values(), *prose}

    def mine(self, reader: str) -> set[str]:
        """The words of the sections a reader was told."""
        return {word for s, to in TOLD.items() if reader in to for word in (self.texts[s], self.titles[s])}

    def shown_to(self, reader: str) -> set[str]:
        """The words that may stand on a reader's pages: their own sections, for the client also what others see."""
        told = self.mine(reader)
        if reader == "client":
            told |= {word for other in READERS for word in self.mine(other)}
        return told | self.words_of(*KNOWS[reader])

    def kept_from(self, reader: str) -> set[str]:
        """Every other word of the run."""
        return (self.secret_words | self.words_of("coach")) - self.shown_to(reader)
