"""What packages above hear of logins."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class ActorChanged(Event):
    """One browser goes on under another `Login.actor`: what the old one had begun is the new one's."""

    old_actor: str
    new_actor: str
