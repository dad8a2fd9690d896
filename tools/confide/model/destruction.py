"""Destruction: what it reaches, where copies of a key can be, and how sure one can be about each (closed lists)."""

from __future__ import annotations

# Everything sealed for the partnership; its notes, feedback and summaries alone; or one of them, by its path.
EVERYTHING, NOTES = "everything", "notes"

# Where a secret key of a partnership can lie: the keystore of this machine; copies of it that were made with its
# seal; files made by `backup`; what another keeper was handed; GnuPG keyrings it was exported to; other machines of
# the coach; and sites that readers opened, which no key of ours closes.
WHERE = ("keystore", "keystore-copy", "backup", "keeper", "keyring", "machine", "site")

# It was tried here and opens no more; somebody said so; nobody could say; it cannot be taken back.
DESTROYED, CONFIRMED, UNCONFIRMED, BEYOND = "destroyed", "confirmed", "unconfirmed", "beyond-reach"
STATES = (DESTROYED, CONFIRMED, UNCONFIRMED, BEYOND)
