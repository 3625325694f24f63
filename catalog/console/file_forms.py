"""Bodies of the forms that send a table in and write its rows down."""

from marshmallow import fields, validate

from catalog.imports.columns import Kind
from core.http.fields import Body, ClientId

_MOST_PASTED = 60_000


class SendForm(Body):
    """A table: a file beside these fields, or cells pasted from a spreadsheet."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(list(Kind)))
    pasted = fields.String(load_default="", validate=validate.Length(max=_MOST_PASTED))


class WriteForm(Body):
    """Rows to be written down; which ones comes beside it, a field each."""

    client_id = ClientId()
