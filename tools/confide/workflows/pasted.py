"""An e-mail as it was saved or pasted: its words, without what names its sender (S-16). Nothing of it is executed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from confide.model.problem import Malformed, Problem

# RFC 3676, 4.3: what follows this line is the sender's signature.
_SIGNATURE = re.compile(r"(?m)^-- ?$")
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"})
_UNREAD = frozenset({"script", "style", "head", "title"})
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class Mail:
    """What is taken in of an e-mail: its words, the day it was sent, who sent it, and how many files hung on it."""

    text: str
    sent: date | None
    sender: str
    attachments: int


def read(data: bytes) -> Mail:
    """The e-mail in `data` (RFC 5322). Text without any header is taken as words alone. Raises Malformed if empty."""
    if len(data) > LARGEST:
        raise Malformed(
            Problem("the e-mail is too large", f"at most {LARGEST // 2**20} MB", hint="save its text alone")
        )
    message = message_from_bytes(data, policy=policy.default)
    if not message.keys():
        return Mail(_without_signature(data.decode("utf-8", "replace")), None, "", 0)
    body = message.get_body(("plain", "html"))
    text = ""
    if body is not None:
        content = body.get_content()
        text = _plain(content) if body.get_content_subtype() == "html" else content
    text = _without_signature(text)
    if not text.strip():
        raise Malformed(
            Problem(
                "the e-mail holds no text", "what it says may be in an attachment", hint="save its text: --file FILE"
            )
        )
    attachments = sum(1 for _ in message.iter_attachments())
    return Mail(text, _sent(message), str(message.get("From", "")), attachments)


def _sent(message: EmailMessage) -> date | None:
    try:
        found: datetime = parsedate_to_datetime(str(message.get("Date", "")))
    except (TypeError, ValueError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).date()


def _without_signature(text: str) -> str:
    return _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0].strip()


class _Words(HTMLParser):
    """The words of HTML, one line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(" ".join(data.split()) and f"{' '.join(data.split())} ")


def _plain(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    lines = (line.strip() for line in "".join(words.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
