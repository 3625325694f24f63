"""Right requests for the pages before and after a session."""

from tests.flows.example import Example

_ROOM = "/live/<session_id>"
_EVERYBODY = (200,) * 6

EXAMPLES = {
    f"GET {_ROOM}/calendar.ics": Example(things={"session_id": "planned_session"}),
    f"GET {_ROOM}/qr.svg": Example(),
    f"GET {_ROOM}/poster": Example(things={"session_id": "planned_session"}),
    f"GET {_ROOM}/claims": Example(query={"before": "2"}),
}

CELLS: dict[str, tuple[int, int, int, int, int, int]] = dict.fromkeys(EXAMPLES, _EVERYBODY)
