"""Bodies of the identity edges, the same for JSON and forms."""

from marshmallow import fields, validate

from core.http.fields import Body, Line, Phone

_LONGEST_PASSWORD = 200
_LONGEST_PATH = 300
NAME_LENGTH = 80


class NumberBody(Body):
    """A number and a name: all a claim asks."""

    phone = Phone(required=True)
    name = Line(NAME_LENGTH)


class CodeAskedBody(Body):
    """The number a code is asked for."""

    phone = Phone(required=True)


class CodeBody(Body):
    """The number and the code that came."""

    phone = Phone(required=True)
    code = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"))


class PasswordBody(Body):
    """The number and the password, taken exactly as typed."""

    phone = Phone(required=True)
    password = fields.String(required=True, validate=validate.Length(1, _LONGEST_PASSWORD))


class NameBody(Body):
    """A new name."""

    name = Line(NAME_LENGTH)


class EmptyBody(Body):
    """Nothing is asked."""


class CodeAskedForm(CodeAskedBody):
    """… and where to go afterwards."""

    next = fields.String(validate=validate.Length(max=_LONGEST_PATH))


class CodeForm(CodeBody):
    """… and where to go afterwards."""

    next = fields.String(validate=validate.Length(max=_LONGEST_PATH))


class PasswordForm(PasswordBody):
    """… and where to go afterwards."""

    next = fields.String(validate=validate.Length(max=_LONGEST_PATH))


class Entered(Body):
    """The answer to coming in: the token for `Authorization: Bearer` and the socket's handshake."""

    token = fields.String(required=True)
    name = fields.String(required=True)
    verified = fields.Boolean(required=True)


class Done(Body):
    """It happened."""

    ok = fields.Boolean(required=True)
