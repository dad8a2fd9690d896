"""Words and codes that people type: made by chance, read aloud without doubt, forgiven in their spelling."""

from __future__ import annotations

import itertools
import re
import secrets
import unicodedata
from functools import cache

from xkcdpass import xkcd_password

from confide.model.ids import fresh

WORDS = 6
# A recovery phrase stands alone between a stranger and everything: 103 bits.
RECOVERY_WORDS = 8
CODE_LETTERS = 20
GROUP = 4
# NIST SP 800-63B-4, 3.1.1.1: 15 characters where a password stands alone.
SHORTEST = 15
FEWEST_DIFFERENT = 7
# Guesses a patient attacker needs, by zxcvbn's estimate: at the box's price, 10^14 are tens of thousands of years.
FEWEST_GUESSES = 14
# Longer texts are estimated by their beginning: the library takes no more, and that much is enough.
ESTIMATED = 72

# Crockford's decoding: what is misread in a code has one meaning. No code contains these letters.
_LOOK_ALIKES = str.maketrans({"i": "1", "l": "1", "o": "0"})


def six_words() -> str:
    """Six words of the EFF's long list joined by dashes: 77 bits (6 x log2 7772; words with a dash are left out)."""
    return _words(WORDS)


def recovery_phrase() -> str:
    """Eight such words, to be printed: whoever reads them off the paper types them with spaces or dashes."""
    return _words(RECOVERY_WORDS)


def plain_words(text: str) -> str:
    """Words typed from paper as they were printed: case, spaces, line breaks and any dash forgiven."""
    return "-".join(re.findall(r"[a-z]+", unicodedata.normalize("NFKC", text).casefold()))


def _words(count: int) -> str:
    return "-".join(secrets.choice(_word_list()) for _ in range(count))


def one_time_code() -> str:
    """Twenty letters without look-alikes in groups of four: almost 100 bits (one of them is always a digit)."""
    letters = fresh(CODE_LETTERS, secrets.choice)
    return "-".join(letters[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))


def normal(code: str) -> str:
    """A code as it is compared: case, spaces, dashes and look-alikes forgiven. Not for passphrases people chose."""
    text = unicodedata.normalize("NFKC", code).casefold()
    kept = "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Pd")
    return kept.translate(_LOOK_ALIKES)


def strong_enough(passphrase: str) -> bool:
    """A floor for passphrases people choose themselves: long, not the same little thing again and again, and not made
    of a few well-known words, names, dates or keys side by side.

    No floor makes a chosen passphrase safe against somebody who holds the locked key; `six_words` is what to offer.
    """
    from zxcvbn import zxcvbn

    text = unicodedata.normalize("NFC", passphrase)
    folded = text.casefold()
    if len(text) < SHORTEST or len(set(folded)) < FEWEST_DIFFERENT or _repeats(folded) or _runs(folded):
        return False
    return float(zxcvbn(text[:ESTIMATED])["guesses_log10"]) >= FEWEST_GUESSES


def _repeats(text: str) -> bool:
    """`secretsecretsecret`: found inside itself shifted."""
    return text in (text + text)[1:-1]


def _runs(text: str) -> bool:
    """`abcdefghijklmno`: most letters follow from the one before."""
    steps = [ord(after) - ord(before) for before, after in itertools.pairwise(text)]
    return sum(step in (-1, 0, 1) for step in steps) > len(steps) // 2


@cache
def _word_list() -> tuple[str, ...]:
    words = xkcd_password.generate_wordlist(wordfile="eff-long", min_length=3, max_length=9, valid_chars="[a-z]")
    return tuple(sorted(set(words)))
