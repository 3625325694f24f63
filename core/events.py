"""The base of all events: frozen dataclasses of ids and facts, named in the past tense.

A package's own events live in its `events.py`; they are the only thing that travels upward.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """Something that has happened; fields are strings and integers only, so it survives as JSON."""
