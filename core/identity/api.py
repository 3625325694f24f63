"""Auth for programs: a number, a code or a password for a device token (ADR 0004).

Answers alike for known and unknown numbers. The token is a Bearer and the socket handshake's token.
"""

from typing import cast

from core.client_ids import JsonObject
from core.http.api import ApiBlueprint
from core.identity import entrance, schemas
from core.identity.entrance import Entry

blueprint = ApiBlueprint(
    "auth", __name__, url_prefix="/api/v1/auth", description="Come in, prove a number, go out."
)

Texts = dict[str, str]


@blueprint.post("/phone")
@blueprint.arguments(schemas.NumberBody)
@blueprint.response(200, schemas.Entered)
def give_number(body: Texts) -> JsonObject:
    """Let this device act for a number; it sees what it makes itself."""
    return _answer(entrance.by_number(body["phone"], body["name"]))


@blueprint.post("/otp")
@blueprint.arguments(schemas.CodeAskedBody)
@blueprint.response(200, schemas.Done)
def ask_code(body: Texts) -> JsonObject:
    """Send a code to a number; 409 `sms_off` where no messages are sent."""
    entrance.send_code(body["phone"])
    return {"ok": True}


@blueprint.post("/verify")
@blueprint.arguments(schemas.CodeBody)
@blueprint.response(200, schemas.Entered)
def verify_code(body: Texts) -> JsonObject:
    """Prove the number with the code; the token sees all of the person's."""
    return _answer(entrance.by_code(body["phone"], body["code"]))


@blueprint.post("/login")
@blueprint.arguments(schemas.PasswordBody)
@blueprint.response(200, schemas.Entered)
def sign_in(body: Texts) -> JsonObject:
    """Sign in with a password."""
    return _answer(entrance.by_password(body["phone"], body["password"]))


@blueprint.post("/logout")
@blueprint.arguments(schemas.EmptyBody)
@blueprint.response(200, schemas.Done)
def sign_out(body: Texts) -> JsonObject:
    """Sign this device out for good."""
    entrance.leave()
    return {"ok": True}


def _answer(entry: Entry) -> JsonObject:
    entrance.keep(entry)
    return cast(JsonObject, {"token": entry.token, "name": entry.name, "verified": entry.verified})
