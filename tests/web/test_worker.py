"""What a web worker loads, and what it never does."""

from __future__ import annotations

import subprocess
import sys

PROBE = """
import sys
from survey import create_app
loaded = {name.partition(".")[0] for name in sys.modules}
assert not loaded & {"flask", "jinja2", "sqlalchemy"}, sorted(loaded)
from survey import settings
app = create_app(settings.read(__import__("pathlib").Path(sys.argv[1]), {}))
assert app.test_client().get("/en/").status_code == 200
loaded = {name.partition(".")[0] for name in sys.modules}
heavy = {"pandas", "numpy", "matplotlib", "scipy", "statsmodels", "alembic", "analysis"}
print(" ".join(sorted(loaded & heavy)))
"""


def test_a_worker_serves_pages_without_the_heavy_libraries(settings):
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(settings.instance)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == ""


def test_an_instance_that_was_not_migrated_does_not_start(settings):
    import pytest

    from survey.app import NotMigrated, assemble

    (settings.instance / "survey.sqlite").unlink()
    with pytest.raises(NotMigrated, match="survey migrate"):
        assemble(settings)


def test_a_proxy_is_believed_only_when_the_operator_says_so(tmp_path, clock):
    from flask import request

    from tests import instances

    seen = []
    for count in (0, 1):
        settings = instances.fresh(tmp_path / str(count), trusted_proxies=count)
        with instances.serving(settings, clock) as app:
            app.add_url_rule("/seen", view_func=lambda: str(request.remote_addr))
            headers = {"X-Forwarded-For": "198.51.100.7"}
            seen.append(app.test_client().get("/seen", headers=headers).text)
    assert seen == ["127.0.0.1", "198.51.100.7"]


def test_the_structure_a_worker_expects_is_the_last_migration():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from survey.storage.migrate import NEWEST

    config = Config()
    config.set_main_option("script_location", "survey.storage:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST
