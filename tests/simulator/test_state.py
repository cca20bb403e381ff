"""What lies on disk, what survives a restart, and how the process ends."""

import base64
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.ports import free_port
from tests.simulator.conftest import ROOT, TOKEN, Simulator
from tests.simulator.fake_desk import FakeDesk

pytestmark = pytest.mark.processes

SRAGEN = "whatsapp:+628877110110"
JPEG = b"\xff\xd8\xff\xe0" + b"a picture of something" * 20
TEXT = "Ada yang menendang pagar rumah saya"


@pytest.fixture
def used(own_simulator: Simulator, desk: FakeDesk) -> Simulator:
    """A simulator that has seen a text, a photo, a new citizen and an answer of the desk."""
    guest = {"slug": "bu-tini", "name": "Bu Tini", "phone": "+6281200009999"}
    own_simulator.post("/phones/", {**guest, "user_id": "ID.77778888"}).raise_for_status()
    sid = own_simulator.send("bu-tini", line="sragen-wa", text=TEXT)["sid"]
    requests.post(
        f"{own_simulator.url}/phones/bu-tini/messages",
        data={"wait": "1", "line": "sragen-wa"},
        files={"file": ("pagar.jpg", JPEG, "image/jpeg")},
        timeout=10,
    ).raise_for_status()
    to = own_simulator.twilio().messages(sid).fetch().from_
    created = own_simulator.twilio().messages.create(to=to, from_=SRAGEN, body="Kami ke sana")
    own_simulator.shown("bu-tini", created.sid, state="delivered")
    return own_simulator


def messages(simulator: Simulator) -> list[dict[str, object]]:
    return list(simulator.get("/phones/bu-tini/messages").json()["messages"])


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_nothing_readable_lies_on_disk(used: Simulator) -> None:
    used.stop()
    secrets = [
        b"6281200009999",
        b"81200009999",
        TEXT.encode(),
        b"Kami ke sana",
        b"Bu Tini",
        b"bu-tini",
        b"77778888",
        JPEG[:24],
        b"a picture of something",
        TOKEN.encode(),
    ]
    forms = [form for secret in secrets for form in (secret, secret.hex().encode())]
    for secret in secrets:
        for offset in range(3):
            # Base64 of the secret wherever it begins, without the parts its neighbours decide.
            encoded = base64.b64encode(b"\0" * offset + secret)
            forms.append(encoded[4 if offset else 0 : -4])
    written = files(used.folder)
    assert len(written) >= 3
    for path in written:
        content = path.read_bytes() + path.name.encode()
        assert not any(form in content for form in forms), path


def test_files_and_folders_are_for_their_owner_only(used: Simulator) -> None:
    used.stop()
    for path in files(used.folder / "simulator"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for folder in (used.folder / "simulator", used.folder / "simulator" / "media"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((used.folder / "simulator" / "key").stat().st_mode) == 0o600


def test_a_large_upload_leaves_nothing_in_the_temporary_folder(
    own_simulator: Simulator, tmp_path: Path
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    own_simulator.stop()
    own_simulator.changes["TMPDIR"] = str(temporary)
    own_simulator.start()
    # Looking once is enough: with Django's default the file would stay until the answer.
    own_simulator.turn(late_seconds=600)
    answer = requests.post(
        f"{own_simulator.url}/phones/bu-sari/messages",
        files={"file": ("video.mp4", b"....ftypisom" + bytes(8 * 1024**2), "video/mp4")},
        timeout=10,
    )
    assert answer.status_code == 201
    assert files(temporary) == []


def test_everything_is_there_again_after_a_restart(used: Simulator) -> None:
    before = messages(used)
    picture = next(one["media"][0]["url"] for one in before if one["media"])
    used.stop()
    used.start()
    assert messages(used) == before
    assert used.get(picture).content == JPEG
    assert [one.body for one in used.twilio().messages.list(from_=SRAGEN)] == ["Kami ke sana"]
    # The 24-hour window is remembered too.
    to = "whatsapp:+6281200009999"
    again = used.twilio().messages.create(to=to, from_=SRAGEN, body="Masih di sana?")
    used.shown("bu-tini", again.sid, state="delivered")


def test_a_change_a_moment_before_the_end_is_kept(used: Simulator) -> None:
    sid = used.send("bu-tini", line="sragen-wa", text="detik terakhir")["sid"]
    used.stop()
    used.start()
    assert sid in [one["sid"] for one in messages(used)]


@pytest.mark.parametrize("damaged", ["state", "key"])
def test_an_unreadable_state_is_set_aside_with_a_word(used: Simulator, damaged: str) -> None:
    used.stop()
    path = used.folder / "simulator" / damaged
    path.write_bytes(b"no longer what it was")
    used.start()
    assert used.get("/phones/bu-tini/messages").status_code == 404
    assert used.get("/feed").status_code == 204
    _, stderr = used.stop()
    assert "the saved state cannot be read" in stderr
    kept = [one.name for one in (used.folder / "simulator").iterdir()]
    assert any(name.startswith("state.unreadable-") for name in kept)


def test_sigterm_ends_it_within_three_seconds_even_when_a_call_is_stalled(
    own_simulator: Simulator,
) -> None:
    own_simulator.turn(stall_after_next=1, stall_seconds=60)
    with pytest.raises(requests.Timeout):
        own_simulator.twilio(timeout=0.3).messages.create(
            to="+6281200001005", from_="+628112957110", body="macet"
        )
    worker = _children(own_simulator.process.pid)
    assert worker
    began = time.monotonic()
    own_simulator.stop()
    assert time.monotonic() - began < 3
    assert own_simulator.process.returncode == 0
    assert not any(_is_alive(pid) for pid in worker)

    own_simulator.start()
    assert [one.body for one in own_simulator.twilio().messages.list()] == ["macet"]


def test_no_worker_outlives_a_killed_parent(own_simulator: Simulator) -> None:
    workers = _children(own_simulator.process.pid)
    own_simulator.process.kill()
    deadline = time.monotonic() + 3
    while any(_is_alive(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_two_cannot_share_a_port_or_a_folder(own_simulator: Simulator, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    same_port = run_in_vain(SIMULATOR_PORT=str(own_simulator.port), VAR_DIR=str(elsewhere))
    same_folder = run_in_vain(SIMULATOR_PORT=str(free_port()), VAR_DIR=str(own_simulator.folder))
    assert f"port {own_simulator.port} on 127.0.0.1 is taken" in same_port
    assert "another simulator works in" in same_folder


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"TWILIO_ACCOUNT_SID": ""}, "TWILIO_ACCOUNT_SID must be set"),
        ({"TWILIO_AUTH_TOKEN": " , "}, "TWILIO_AUTH_TOKEN must be set"),
        ({"SIMULATOR_PORT": "http"}, "SIMULATOR_PORT must be a port number"),
        ({"PUBLIC_URL": "lapor.example"}, "PUBLIC_URL must be an http or https address"),
        ({"TWILIO_AUTH_TOKEN": "", "TWILIO_AUTH_TOKEN_FILE": "/none"}, "cannot be read"),
    ],
)
def test_a_wrong_environment_is_named_in_one_line(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    stderr = run_in_vain(VAR_DIR=str(tmp_path), **changes)
    assert words in stderr
    assert stderr.count("\n") == 1


def test_secrets_may_come_from_files(own_simulator: Simulator, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("from-a-file\n")
    own_simulator.stop()
    own_simulator.changes |= {"TWILIO_AUTH_TOKEN": "", "TWILIO_AUTH_TOKEN_FILE": str(token)}
    own_simulator.start()
    account = own_simulator.twilio().username
    url = f"/2010-04-01/Accounts/{account}/Messages.json"
    assert own_simulator.get(url, auth=(account, "from-a-file")).status_code == 200


def run_in_vain(**changes: str) -> str:
    """Start a simulator that must refuse to; what it says on stderr."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "TWILIO_ACCOUNT_SID": "AC" + "5" * 32,
        "TWILIO_AUTH_TOKEN": TOKEN,
    }
    ended = subprocess.run(
        [sys.executable, "-m", "simulator"],
        cwd=ROOT,
        env=environment | changes,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 1
    return ended.stderr


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"
