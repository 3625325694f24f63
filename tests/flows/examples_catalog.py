"""Right requests for the routes of catalog."""

from tests.flows.example import Example

EXAMPLES = {
    "GET /products/<listing>": Example(),
    "GET /search": Example(query={"q": "chè"}),
    "GET /sellers/<seller>": Example(),
    "GET /api/v1/listings": Example(
        query={
            "q": "chè",
            "kind": "che_moc_cau",
            "in_stock": "true",
            "sort": "price",
            "limit": "24",
        }
    ),
    "GET /api/v1/listings/<listing>": Example(),
}
