"""Why a stream is not shown elsewhere: each a class of its own. None of them ever carries a key."""


class BadAnswer(Exception):
    """The other side speaks no RTMP, or more of it than there is reason for."""


class Unreachable(Exception):
    """Nobody there, no trust in them, an address of our own network, or silence: to be tried again."""


class Refused(Exception):
    """They were reached and would not have it: most often the key is wrong or its time is over."""


class Cut(Exception):
    """It was shown and is not any more: they hung up, read too slowly, or what is sent cannot be sent on."""
