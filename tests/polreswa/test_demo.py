import json
import stat
from pathlib import Path

from polreswa import demo


def test_a_demo_secret_is_made_once_and_kept(tmp_path: Path):
    first = demo.secret(tmp_path / "var", "SECRET_KEY")
    assert demo.secret(tmp_path / "var", "SECRET_KEY") == first
    assert len(first) >= 48


def test_every_demo_secret_is_another_and_marked_as_one(tmp_path: Path):
    secrets = {demo.secret(tmp_path, name) for name in ("SECRET_KEY", "TWILIO_AUTH_TOKEN")}
    assert len(secrets) == 2
    assert all(secret.startswith(demo.PREFIX) for secret in secrets)


def test_only_the_owner_can_read_them(tmp_path: Path):
    demo.secret(tmp_path, "SECRET_KEY")
    path = tmp_path / "demo-secrets.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(json.loads(path.read_text())) == ["SECRET_KEY"]
    assert list(tmp_path.iterdir()) == [path]
