"""The migration history leads to the models, on both databases."""

from pathlib import Path

from flask_migrate import check

import wsgi
from core import factory
from tests.support.databases import settings_for


def test_the_migrated_schema_is_the_one_the_models_say(database_url: str, tmp_path: Path) -> None:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    with app.app_context():
        check()  # raises SystemExit when alembic would generate a change
    assert app.extensions["write_engine"].dialect.name in database_url
