"""What every refusal carries to the edge."""

import pytest

from core import errors

EXAMPLES = [
    (errors.BadJson("depth"), "bad_json", 400),
    (errors.BadRequest("qty", "too_small"), "bad_request", 400),
    (errors.LoginRequired(), "login_required", 401),
    (errors.BadOrigin(), "bad_origin", 403),
    (errors.NotFound(), "not_found", 404),
    (errors.ClientIdConflict(), "client_id_conflict", 409),
    (errors.OutOfStock(left=3), "out_of_stock", 409),
    (errors.TooLarge(), "too_large", 413),
    (errors.TooFast(retry_after_ms=500), "too_fast", 429),
    (errors.Busy(retry_after_ms=500), "busy", 503),
    (errors.ReadOnly(), "read_only", 503),
]


@pytest.mark.parametrize(("error", "code", "status"), EXAMPLES)
def test_each_reason_has_its_public_code_and_status(
    error: errors.DomainError, code: str, status: int
) -> None:
    assert (error.code, error.status) == (code, status)


@pytest.mark.parametrize("error", [example[0] for example in EXAMPLES])
def test_each_reason_speaks_a_filled_sentence(error: errors.DomainError) -> None:
    assert error.text().endswith(".")
    assert "%(" not in error.text()


def test_the_sentence_names_what_is_left() -> None:
    assert "chỉ còn 3" in errors.OutOfStock(left=3).text()


def test_data_is_kept_for_the_edge() -> None:
    assert errors.BadRequest("qty", "too_small", most=5).data == {
        "field": "qty",
        "why": "too_small",
        "most": 5,
    }


def test_an_empty_why_is_left_out() -> None:
    assert errors.BadRequest(field="qty").data == {"field": "qty"}


def test_the_log_line_shows_code_and_data() -> None:
    assert str(errors.OutOfStock(left=0)) == "out_of_stock {'left': 0}"
