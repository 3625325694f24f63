"""Bodies of the forms for comments from other channels, and of the link that finds a nick's owner."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId
from livestream.form_bodies import Introduced
from livestream.outside.channels import SOURCES

MOST_LETTERS = 200_000
MOST_BODY = 1024 * 1024
"""Bytes of a body with comments; a file of them is no larger."""


class LookForm(Body):
    """Comments as they were pasted, and the channel they are from."""

    source = fields.String(required=True, validate=validate.OneOf(SOURCES))
    pasted = fields.String(load_default="", validate=validate.Length(max=MOST_LETTERS))


class TakeForm(LookForm):
    """The comments that were looked at, to be taken in."""

    client_id = ClientId()
    pasted = fields.String(required=True, validate=validate.Length(1, MOST_LETTERS))


class NickForm(Introduced):
    """Who takes what was claimed for a nick."""
