"""controlled-channels (S-26): what is shared goes only where access is controlled."""

from __future__ import annotations

import pytest

from confide.policy.rules.controlled_channels import check
from tests.policy.small import NOW, agreement, record, share, withhold


def test_a_share_through_controlled_channels_is_clean() -> None:
    """Both channels are controlled; a term that names none binds itself to those of the agreement."""
    terms = (share(), share("other", channel=("site", "in-person")))
    assert list(check(record(agreement(*terms)), NOW)) == []


@pytest.mark.parametrize("control", ["receive-only", "not-used", None])
def test_a_share_through_any_other_channel_is_a_violation(control: str | None) -> None:
    """Receive-only, not used or not mentioned: the clause and the channel are named, at the clause."""
    channels = {"site": "controlled"} | ({"e-mail": control} if control else {})
    term = share(channel=("site", "e-mail"))
    (found,) = check(record(agreement(term, channels=channels)), NOW)
    assert found.what == "clause `goals` shares through `e-mail`, whose access is not controlled"
    assert found.place == term.place
    assert found.hint == "leave `e-mail` out, or say under `channels` how its access is controlled"
    assert found.rule == "controlled-channels"


def test_a_withhold_may_name_any_channel() -> None:
    """Forbidding mail is no use of mail."""
    assert list(check(record(agreement(share(), withhold(channel=("e-mail",)))), NOW)) == []
