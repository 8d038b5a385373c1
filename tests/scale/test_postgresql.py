"""Finding PostgreSQL."""

from pathlib import Path
import postgresql
import pytest


pytestmark = pytest.mark.scale


def test_where_there_is_none_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgresql, "DEBIAN", Path(tmp_path))
    with pytest.raises(postgresql.NoPostgresql, match="apt-get install postgresql"):
        postgresql.find_programs()
