"""What the program refuses to start with. Each test breaks one thing in an installation that is otherwise in order."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings

from polreswa import checks
from reports.identity import keyring

GOOD = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "Kq3vR8xW1nZ5tB7yD2fG4hJ6lP9sM0cA",
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001",
    "TWILIO_AUTH_TOKENS": ["8a1f4c6e9b2d7035e1c8a6f4b3d29075"],
    "TWILIO_API_KEY_SID": "",
    "TWILIO_API_KEY_SECRET": "",
    "METRICS_TOKEN": "",
    "PUBLIC_URL": "https://polreswa.example",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def found(**broken: object) -> set[str]:
    """The ids of what the checks find in a good installation with these settings broken."""
    with override_settings(**{**GOOD, **broken}):
        return {
            problem.id.removeprefix("polreswa.")
            for check in (checks.secrets_are_safe, checks.keys_are_safe, checks.address_is_safe)
            for problem in check(None)
        }


def test_a_good_installation_is_accepted():
    assert found() == set()


@pytest.mark.parametrize(
    "broken",
    [
        {"SECRET_KEY": ""},
        {"TWILIO_AUTH_TOKENS": []},
        {"TWILIO_ACCOUNT_SID": ""},
        {"TWILIO_API_KEY_SID": "SK00000000000000000000000000000001"},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_a_missing_secret_is_refused(broken):
    assert found(**broken) == {"E001"}


def test_every_missing_secret_is_named_at_once():
    nothing = {"SECRET_KEY": "", "TWILIO_AUTH_TOKENS": [], "TWILIO_ACCOUNT_SID": ""}
    with override_settings(**{**GOOD, **nothing}), pytest.raises(ImproperlyConfigured) as caught:
        checks.refuse_if_unsafe()
    assert all(
        name in str(caught.value)
        for name in ("SECRET_KEY", "TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID")
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"SECRET_KEY": "short-Kq3vR8xW1nZ5tB7"},
        {"SECRET_KEY": "ab" * 32},
        {"TWILIO_AUTH_TOKENS": ["8a1f4c6e9b2d70"]},
        {"TWILIO_AUTH_TOKENS": [*GOOD["TWILIO_AUTH_TOKENS"], "1111111111111111111111"]},
        {"METRICS_TOKEN": "metrics"},
        {"TWILIO_API_KEY_SECRET": "secret"},
    ],
    ids=str,
)
def test_a_short_or_plain_secret_is_refused(broken):
    assert found(**broken) == {"E002"}


@pytest.mark.parametrize(
    "broken",
    [
        {"SECRET_KEY": "demo-3f9a1c7e5b2d8046f1e9a7c5b3d20864"},
        {"SECRET_KEY": "django-insecure-3f9a1c7e5b2d8046f1e9a7c5"},
        {"TWILIO_AUTH_TOKENS": ["demo-3f9a1c7e5b2d8046f1e9a7c5b3d20864"]},
    ],
    ids=str,
)
def test_a_demo_secret_is_refused(broken):
    assert found(**broken) == {"E003"}


@pytest.mark.parametrize("name", ["METRICS_TOKEN", "SECRET_KEY"])
def test_the_same_secret_twice_is_refused(name):
    assert found(**{name: GOOD["TWILIO_AUTH_TOKENS"][0]}) == {"E004"}


def test_two_tokens_while_one_is_replaced_are_accepted():
    old = "0d9c8b7a6f5e4d3c2b1a09f8e7d6c5b4"
    assert found(TWILIO_AUTH_TOKENS=[*GOOD["TWILIO_AUTH_TOKENS"], old]) == set()


class TestKeys:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "keys.json"
        keyring.create(path)
        return path

    def change(self, path: Path, change) -> None:
        content = json.loads(path.read_text())
        change(content["purposes"])
        path.write_text(json.dumps(content))

    def test_a_new_file_of_keys_is_accepted(self, path):
        assert found(KEYS_FILE=path) == set()

    def test_a_missing_file_is_refused(self, path):
        assert found(KEYS_FILE=path.with_name("nowhere.json")) == {"E005"}

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
    def test_a_file_that_others_can_touch_is_refused(self, path, mode):
        path.chmod(mode)
        assert found(KEYS_FILE=path) == {"E005"}

    def test_a_damaged_file_is_refused(self, path):
        path.write_text(path.read_text()[:100])
        assert found(KEYS_FILE=path) == {"E005"}

    def test_a_file_without_one_purpose_is_refused(self, path):
        self.change(path, lambda purposes: purposes.pop("index"))
        assert found(KEYS_FILE=path) == {"E005"}

    def test_the_same_secret_for_two_purposes_is_refused(self, path):
        self.change(path, lambda purposes: purposes.update(index=purposes["identity"]))
        assert found(KEYS_FILE=path) == {"E005"}

    @pytest.mark.parametrize("secret", ["c2hvcnQ=", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="])
    def test_a_short_or_plain_secret_is_refused(self, path, secret):
        self.change(path, lambda purposes: purposes["audit"]["secrets"].update({"1": secret}))
        assert found(KEYS_FILE=path) == {"E005"}

    def test_the_keys_of_a_demo_are_refused(self, tmp_path):
        keyring.create(tmp_path / "demo.json", demo=True)
        assert found(KEYS_FILE=tmp_path / "demo.json") == {"E003"}

    def test_the_reason_never_holds_a_key(self, path):
        secret = json.loads(path.read_text())["purposes"]["index"]["secrets"]["1"]
        self.change(path, lambda purposes: purposes.update(audit=purposes["index"]))
        with override_settings(**GOOD, KEYS_FILE=path):
            (problem,) = checks.keys_are_safe(None)
        assert secret not in problem.msg


class TestAddress:
    @pytest.mark.parametrize("url", ["", "polreswa.example", "https://"])
    def test_no_address_is_refused(self, url):
        assert found(PUBLIC_URL=url) == {"E006"}

    def test_plain_http_to_the_world_is_refused(self):
        assert found(PUBLIC_URL="http://polreswa.example") == {"E007"}

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"]
    )
    def test_plain_http_on_this_machine_is_accepted(self, url):
        assert found(PUBLIC_URL=url) == set()

    @pytest.mark.parametrize(("name", "problem"), [("DEBUG", "E008"), ("DEMO", "W002")])
    def test_what_is_for_this_machine_only_is_not_for_the_world(self, name, problem):
        assert found(**{name: True}) == {problem}
        assert found(**{name: True}, PUBLIC_URL="http://127.0.0.1:8000") == set()

    def test_no_redis_is_a_warning_only(self):
        assert found(REDIS_URL="") == {"W001"}
        with override_settings(**{**GOOD, "REDIS_URL": ""}):
            checks.refuse_if_unsafe()


def test_commands_refuse_as_well():
    with override_settings(**{**GOOD, "SECRET_KEY": "short"}), pytest.raises(SystemCheckError):
        call_command("check", tags=[checks.TAG])


def test_no_refusal_shows_a_secret():
    secret = "demo-3f9a1c7e5b2d8046f1e9a7c5b3d20864"
    with override_settings(**{**GOOD, "SECRET_KEY": secret, "METRICS_TOKEN": secret}):
        assert not any(secret in problem.msg for problem in checks.secrets_are_safe(None))
