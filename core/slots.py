"""Places a page leaves for a higher package: below names the place, above fills it.

The front page belongs to `shop`, yet shows what is live; `livestream` fills the slot `front.live`. A
slot nobody fills renders as nothing.
"""

from collections.abc import Callable

from markupsafe import Markup

_fillings: dict[str, Callable[..., Markup]] = {}


def fill(name: str, render: Callable[..., Markup]) -> None:
    """Have `render(**facts)` draw slot `name`; the last one registered wins."""
    _fillings[name] = render


def slot(name: str, **facts: object) -> Markup:
    """What fills `name`, given the page's `facts` (ids and numbers), or nothing."""
    render = _fillings.get(name)
    return render(**facts) if render else Markup("")
