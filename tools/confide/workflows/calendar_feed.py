"""The board as an iCalendar feed (RFC 5545): one all-day entry for each day, without any name, id or content.

Whoever runs the calendar learns that a coach has something to do on a day, and nothing else. It is the one module that
imports `icalendar`.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from icalendar import Calendar, Event

from confide.model.commitment import digest, framed
from confide.workflows.due import Board
from confide.workflows.practice import Practice

PRODUCT = "-//Total Confidence//confide due//EN"


def feed(practice: Practice, board: Board) -> bytes:
    """The calendar's bytes. What should have been done already stands on today."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Due")
    days = Counter(max(one.day or board.today, board.today) for one in board.open)
    for day, count in sorted(days.items()):
        entry = Event()
        entry.add("summary", f"{count} due" if count > 1 else "1 due")
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))
        entry.add("dtstamp", practice.now)
        # The same day keeps its entry, so that a calendar replaces it; nobody can tell whose practice it is.
        name = digest(framed("due", (practice.pins.root).encode(), day.isoformat().encode()))
        entry.add("uid", name.partition(":")[2][:32])
        calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data
