"""What must always be true of recordings, for `flask fsck`; their bytes: `flask recordings verify`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_SHOWN = """
SELECT s.id, s.state, r.state AS kept FROM live_sessions s
LEFT JOIN session_recordings r ON r.session_id = s.id
WHERE (s.state = 'replay' AND (r.session_id IS NULL OR r.state <> 'kept' OR r.length_ms = 0))
    OR (s.state = 'archived' AND (r.session_id IS NULL OR r.state = 'kept'))
"""
_PROVED = """
SELECT r.session_id, r.state, (SELECT COUNT(*) FROM recording_acts a
    WHERE a.session_id = r.session_id AND a.kind = 'closed' AND a.digest = r.digest) AS closed,
    (SELECT COUNT(*) FROM recording_acts a
    WHERE a.session_id = r.session_id AND a.digest <> r.digest) AS other
FROM session_recordings r
"""
_CLOSED_ONCE = f"SELECT * FROM ({_PROVED}) proved WHERE closed <> 1 OR other <> 0"
_HELD = """
SELECT r.session_id, r.state FROM session_recordings r WHERE
    (r.held_ms IS NOT NULL) <> ('held' = COALESCE((SELECT a.kind FROM recording_acts a
        WHERE a.session_id = r.session_id AND a.kind IN ('held', 'released')
        ORDER BY a.id DESC LIMIT 1), ''))
    OR (r.state = 'gone') <> EXISTS (SELECT 1 FROM recording_acts a
        WHERE a.session_id = r.session_id AND a.kind = 'deleted')
"""


@check("live.replays_have_recordings")
def replays_have_recordings(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SHOWN)


@check("live.recordings_are_in_the_audit_trail")
def recordings_are_in_the_audit_trail(session: Session) -> Iterable[str]:
    return wrong_rows(session, _CLOSED_ONCE)


@check("live.recordings_are_kept_as_told")
def recordings_are_kept_as_told(session: Session) -> Iterable[str]:
    return wrong_rows(session, _HELD)
