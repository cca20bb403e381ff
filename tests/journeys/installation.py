"""A whole installation, as it runs in a station: its own folder, its own keys, `manage.py run` in a process of its own.

with Installation(database_url=..., redis_url=..., twilio_url=...) as desk:
    desk.post(MESSAGES, params)      # as Twilio does
    desk.kill("worker")              # hard, by name; the supervisor starts it again
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from tests import samples
from tests.environment import ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL
from tests.ports import free_port
from tests.servers import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "burung-gereja-di-atap-93"
MARKS = {
    "web": "granian",
    "worker": "--queues desk",
    "sender": "--queues delivery",
    "enricher": "--queues enrichment",
    "clock": "manage.py clock",
}
"""What each child's command line holds."""


class Installation:
    def __init__(
        self, *, twilio_url: str, database_url: str = "", redis_url: str = "", **more: str
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="polreswa-installation-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "program.log"
        self.var_dir = self.folder / "var"
        self.process: subprocess.Popen[bytes] | None = None
        inherited = {k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ}
        self.environment = inherited | {
            "VAR_DIR": str(self.var_dir),
            "PUBLIC_URL": PUBLIC_URL,
            "SECRET_KEY": "journeys-only-8b27d0c64f1e4b7a9c55e0d3f1a2b6c8",
            "METRICS_TOKEN": "journeys-only-metrics-token-51",
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_API_URL": twilio_url,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command; what it printed."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            cwd=self.folder,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def refusal(self, *arguments: str, **changed: str) -> str:
        """What a command says that must fail, in another surrounding."""
        ended = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment | changed,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert ended.returncode != 0
        return ended.stdout

    def start(self) -> Self:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "run", "--port", str(self.port)],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self.answers, 60, what="the program starts")
        return self

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30 * PATIENCE)
            self.process = None

    def post(self, path: str, params: samples.Params, *, seconds: float = 15) -> int:
        return samples.send(self.url, path, params, seconds=seconds)

    def kill(self, name: str) -> int:
        """Kill one of the children hard; its process id."""
        pid = min(self.pids(MARKS[name]))
        os.kill(pid, signal.SIGKILL)
        return pid

    def pids(self, mark: str = "") -> list[int]:
        """The processes of this installation whose command line holds `mark`."""
        ours = f"VAR_DIR={self.var_dir}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if ours not in (entry / "environ").read_bytes().split(b"\0"):
                    continue
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if line and mark in line:
                found.append(int(entry.name))
        return found

    def session_of(self, username: str) -> requests.Session:
        """A browser that has logged in, through the proxy that holds the certificate."""
        browser = requests.Session()
        browser.headers["X-Forwarded-Proto"] = "https"
        page = browser.get(f"{self.url}/accounts/login/", timeout=60).text
        # Cookies are for https only; requests must be told to send them to this proxy-less address.
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        self._carry_cookies(browser)
        browser.post(
            f"{self.url}/accounts/login/",
            {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]},
            headers={"Referer": f"{PUBLIC_URL}/accounts/login/", "Origin": PUBLIC_URL},
            allow_redirects=False,
            timeout=60,
        )
        self._carry_cookies(browser)
        return browser

    def _carry_cookies(self, browser: requests.Session) -> None:
        for cookie in browser.cookies:
            cookie.secure = False

    def answers(self) -> bool:
        """Whether the web is up; RuntimeError with its last words when the program has ended."""
        if self.process is not None and self.process.poll() is not None:
            raise RuntimeError(f"it ended:\n{self.log.read_text()[-3000:]}")
        try:
            return requests.get(f"{self.url}/healthz", timeout=1).ok
        except requests.RequestException:
            return False

    def __enter__(self) -> Self:
        self.manage("init_keys")
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process is not None:
            self.stop()
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)
