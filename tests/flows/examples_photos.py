"""Right requests for photos, and who gets what: programs, the desk's page, the copies for everybody."""

from collections.abc import Mapping
from typing import Any

from tests.flows.example import Example
from tests.support import photographs

_API = "/api/v1/sellers/<seller>"
_SUBJECT = "photos/<kind>/<subject>"
_OF_PRODUCT: Mapping[str, str] = {"kind": "photo_kind", "subject": "product"}


def _staff(**more: Any) -> Example:
    return Example(who="staff_a", things=_OF_PRODUCT, **more)


def _step(status: int, client_id: str) -> Example:
    fields = {"client_id": client_id}
    if status == 200:
        return Example(who="staff_a", json=lambda _: {**fields})
    return Example(status, "staff_a", form=lambda _: {**fields})


def _sending(status: int, client_id: str) -> Example:
    return _staff(
        status=status,
        form=lambda _: {"client_id": client_id},
        files=lambda: {"photo": photographs.jpeg()},
    )


EXAMPLES = {
    "GET /photos/<photo>/<copy>": Example(),
    f"GET {_API}/{_SUBJECT}": _staff(),
    f"POST {_API}/{_SUBJECT}": _sending(200, "a-photo-by-program"),
    f"POST {_API}/{_SUBJECT}/order": _staff(
        json=lambda m: {"client_id": "photos-in-order", "photos": [m.ids["second_photo"]]},
    ),
    f"POST {_API}/photo/<photo>/remove": _step(200, "photo-taken-away"),
    f"POST {_API}/photo/<photo>/restore": _step(200, "photo-brought-back"),
    f"POST {_API}/photo/<photo>/retry": _step(200, "photo-made-again"),
    f"GET /console/<seller>/{_SUBJECT}": _staff(),
    f"POST /console/<seller>/{_SUBJECT}": _sending(303, "a-photo-by-page"),
    "POST /console/<seller>/photo/<photo>/first": _step(303, "photo-made-first"),
    "POST /console/<seller>/photo/<photo>/remove": _step(303, "photo-removed-here"),
    "POST /console/<seller>/photo/<photo>/restore": _step(303, "photo-restored-here"),
    "POST /console/<seller>/photo/<photo>/retry": _step(303, "photo-again-here"),
}

_DESK = (401, 404, 404, 404, 404, 200)
_DESK_STEP = (401, 404, 404, 404, 404, 303)
_PHOTOS = f"{_API}/{_SUBJECT}"
_PHOTO = f"{_API}/photo/<photo>"

CELLS: dict[str, tuple[int, int, int, int, int, int]] = {
    "GET /photos/<photo>/<copy>": (200,) * 6,
    f"GET {_PHOTOS}": _DESK,
    f"POST {_PHOTOS}": _DESK,
    f"POST {_PHOTOS}/order": _DESK,
    f"POST {_PHOTO}/remove": _DESK,
    f"POST {_PHOTO}/restore": _DESK,
    f"POST {_PHOTO}/retry": _DESK,
    "GET /console/<seller>/photos/<kind>/<subject>": _DESK,
    "POST /console/<seller>/photos/<kind>/<subject>": _DESK_STEP,
    "POST /console/<seller>/photo/<photo>/first": _DESK_STEP,
    "POST /console/<seller>/photo/<photo>/remove": _DESK_STEP,
    "POST /console/<seller>/photo/<photo>/restore": _DESK_STEP,
    "POST /console/<seller>/photo/<photo>/retry": _DESK_STEP,
}
