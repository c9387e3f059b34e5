"""An installation on disk: secrets made once and closed to others; what the operator set wins."""

import json
import socket
import stat

import pytest

from guiyan.config import runtime
from guiyan.config.runtime import Layout, RuntimeTrouble


@pytest.fixture
def place(tmp_path):
    made = Layout(tmp_path / "data")
    made.make()
    return made


def test_given_a_first_start_when_made_then_secrets_are_different_and_only_the_owner_reads_them(
    place, tmp_path
):
    other = Layout(tmp_path / "other")
    other.make()
    for name in ("secret_key", "kek.json", "sandbox.json"):
        assert stat.S_IMODE((place.secrets / name).stat().st_mode) == 0o600
        assert (place.secrets / name).read_text() != (other.secrets / name).read_text()
    assert stat.S_IMODE(place.secrets.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.files.stat().st_mode) == 0o700


def test_given_a_second_start_when_made_then_no_secret_changes(place):
    before = {path.name: path.read_bytes() for path in place.secrets.iterdir()}
    place.make()
    assert {path.name: path.read_bytes() for path in place.secrets.iterdir()} == before


def test_given_nothing_set_when_the_environment_is_computed_then_it_names_this_installation(
    place, monkeypatch
):
    for name in (
        "GUIYAN_SECRET_KEY",
        "GUIYAN_KEK_FILE",
        "GUIYAN_BASE_URL",
        "GUIYAN_DATA_DIR",
        "DATABASE_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    found = runtime.environment(place, dsn="postgresql://x/y", web_port=8123)
    assert found == {
        "DJANGO_SETTINGS_MODULE": "guiyan.config.settings",
        "GUIYAN_DATA_DIR": str(place.data_dir),
        "GUIYAN_KEK_FILE": str(place.secrets / "kek.json"),
        "GUIYAN_SECRET_KEY_FILE": str(place.secrets / "secret_key"),
        "GUIYAN_BASE_URL": "http://127.0.0.1:8123",
        "DATABASE_URL": "postgresql://x/y",
    }


def test_given_settings_of_the_operator_when_the_environment_is_computed_then_they_win(place, monkeypatch):
    monkeypatch.setenv("GUIYAN_BASE_URL", "https://hr.example.com")
    monkeypatch.setenv("GUIYAN_SECRET_KEY", "s" * 40)
    monkeypatch.delenv("GUIYAN_SECRET_KEY_FILE", raising=False)
    monkeypatch.setenv("GUIYAN_DATA_DIR", "/somewhere/else")
    found = runtime.environment(place, dsn="postgresql://x/y")
    assert found["GUIYAN_DATA_DIR"] == str(place.data_dir)
    assert found["GUIYAN_BASE_URL"] == "https://hr.example.com"
    assert "GUIYAN_SECRET_KEY_FILE" not in found


def test_given_a_database_url_when_a_database_is_asked_for_then_no_server_is_started(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example.com/hr")
    with runtime.database(place) as dsn:
        assert dsn == "postgresql://me@db.example.com/hr"
    assert not place.postgres.exists()


def test_given_an_env_file_when_read_then_comments_and_quotes_are_dropped(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# a comment\n\nGUIYAN_PORT=8080\nexport WECOM_SECRET='a=b'\n")
    assert runtime.read_env_file(path) == {"GUIYAN_PORT": "8080", "WECOM_SECRET": "a=b"}


def test_given_a_broken_env_file_when_read_then_the_line_is_named(tmp_path):
    path = tmp_path / ".env"
    path.write_text("GUIYAN_PORT=8080\nwhat is this\n")
    with pytest.raises(RuntimeTrouble, match="line 2 is not NAME=VALUE"):
        runtime.read_env_file(path)


def test_given_a_port_in_use_when_one_is_wanted_then_the_next_free_one_is_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not runtime.is_free(port)
        assert runtime.free_port(port) > port


def test_given_sandbox_secrets_when_read_then_they_have_the_shapes_of_real_ones(place):
    known = json.loads((place.secrets / "sandbox.json").read_text())
    assert len(known["WECOM_CALLBACK_AES_KEY"]) == 43
    assert known["WECOM_CORPID"].startswith("ww")
    settings = runtime.sandbox_environment(place, sandbox_port=8001)
    assert settings == {"WECOM_BASE_URL": "http://127.0.0.1:8001", **known}
