"""A channel without a network: a list of comments that grows, asked as a real one would be."""

from dataclasses import dataclass, field

from livestream.outside.channels import MOST_COMMENTS, ChannelComment, ChannelNews, Source


@dataclass
class FakeChannel:
    """What was written under a live video so far; a mark is how many comments stood there."""

    source: Source = "facebook"
    written: list[ChannelComment] = field(default_factory=list)

    def write(self, nick: str, text: str) -> ChannelComment:
        """Somebody writes."""
        said = ChannelComment(nick, text, comment_id=f"c{len(self.written)}")
        self.written.append(said)
        return said

    def news(self, after: str) -> ChannelNews:
        start = int(after or 0)
        fresh = tuple(self.written[start : start + MOST_COMMENTS])
        return ChannelNews(fresh, str(start + len(fresh)))
