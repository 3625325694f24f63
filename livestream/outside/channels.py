"""What another channel (Facebook, TikTok, Zalo) gives us: comments under a live video, a few at a time.

A channel is reached by paste box and table today; one that can be asked by a program implements
`ChannelAdapter` and its comments go the same way (`outside.take`). Refuses to know any channel's API.
"""

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

Source = Literal["facebook", "tiktok", "zalo", "other"]
SOURCES: tuple[Source, ...] = get_args(Source)

MOST_COMMENTS = 300
"""How many comments are taken at once."""
NICK_LENGTH = 80
ID_LENGTH = 100


@dataclass(frozen=True)
class ChannelComment:
    """What `nick` wrote on a channel; `at` is the time as written there (shown, never reckoned with).

    `comment_id` is the channel's own, "" if it was not given.
    """

    nick: str
    text: str
    at: str = ""
    comment_id: str = ""


@dataclass(frozen=True)
class ChannelNews:
    """Comments in the order they were made, and the mark after which to ask next time."""

    comments: tuple[ChannelComment, ...]
    after: str


class ChannelAdapter(Protocol):
    """One live video on another channel that a program may ask."""

    @property
    def source(self) -> Source:
        """Which channel it is."""
        ...

    def news(self, after: str) -> ChannelNews:
        """The comments after a mark ("" asks from the start), at most `MOST_COMMENTS`, each with its id.

        Asking again with the same mark gives the same comments and perhaps more. May raise what the
        network raises; then nothing was taken and the caller asks again with the same mark.
        """
        ...
