"""The portal's own forms that a page may lead to. A page offers only what the portal serves: no link leads nowhere.

Addresses are relative to the reader's own, as the portal counts them; its own pages all begin with `_/`.
"""

from __future__ import annotations

from confide.vault.manifest import Ask

LOGOUT = "_/logout"
# What the reader can prove, as a file. It lies beside the pages in a sealed site; no page depends on what it says.
RECEIPT = "_/receipt"
# The forms that the portal has. A name is added together with its route there.
SERVED = frozenset({"sign", "acknowledge", "answer", "withdraw", "permit", "ask", "concern", "desk"})
# Kind of statement → the form that takes it.
_FORMS = {
    "agreement": "sign",
    "acknowledgement": "acknowledge",
    "input": "answer",
    "withdrawal": "withdraw",
    "permission": "permit",
}
QUESTION, CONCERN, DESK = "ask", "concern", "desk"


def form_of(ask: Ask) -> str:
    """The address of the form for something to sign; empty while the portal has none."""
    form = _FORMS[ask.kind]
    if form not in SERVED:
        return ""
    if form == "sign":
        return f"_/sign/{ask.id}"
    target = ask.id.partition("-")[2]
    return f"_/{form}/{target}" if target else f"_/{form}"


def simple(form: str) -> str:
    """The address of a page of the portal that is about nothing in particular; empty while there is none.

    `ask` and `concern` are places to write; the desk lists everything that can be said or signed.
    """
    return f"_/{form}" if form in SERVED else ""


def all_of(asks: tuple[Ask, ...]) -> frozenset[str]:
    """Every address of the portal that the pages of a site may lead to."""
    known = (LOGOUT, RECEIPT, *map(form_of, asks), *map(simple, (QUESTION, CONCERN, DESK)))
    return frozenset(address for address in known if address)
