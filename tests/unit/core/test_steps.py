"""What answers a page's step: the page to look at now, or the same page with why not."""

import pytest
from werkzeug.wrappers import Response

from core.client_ids import JsonObject
from core.errors import ClientIdConflict, DomainError, LoginRequired, NotFound
from core.http import steps


def refusing(error: DomainError) -> JsonObject:
    raise error


def test_a_step_that_was_done_leads_on():
    answer = steps.answer(lambda: {"id": "r1"}, lambda told: f"/refunds/{told['id']}", str)
    assert isinstance(answer, Response)
    assert (answer.status_code, answer.location) == (303, "/refunds/r1")


def test_a_refused_step_shows_the_page_with_the_status_of_the_refusal():
    answer = steps.answer(lambda: refusing(ClientIdConflict()), "/", lambda error: error.code)
    assert answer == ("client_id_conflict", 409)


@pytest.mark.parametrize("error", [LoginRequired(), NotFound()])
def test_who_is_unknown_and_what_is_not_there_look_the_same_everywhere(error):
    with pytest.raises(type(error)):
        steps.answer(lambda: refusing(error), "/", str)
