"""The body of the form that makes a lesson."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine

_TITLE_LENGTH, _GUIDE_LENGTH, _PLACE_LENGTH, _MOMENT_LENGTH = 120, 80, 160, 20
_MOST_MINUTES = 24 * 60


class LessonForm(Body):
    """A lesson: what it is called, who guides it, where, when, and whether learners may practise claims."""

    client_id = ClientId()
    seller = Opaque()
    title = Line(_TITLE_LENGTH)
    guide = Line(_GUIDE_LENGTH)
    place = Line(_PLACE_LENGTH)
    starts = OptionalLine(_MOMENT_LENGTH)
    minutes = Count(5, _MOST_MINUTES)
    practice = fields.String(load_default="", validate=validate.OneOf(["", "yes"]))
