"""`manage.py run`: whichever process dies is started again and that is said; at the end nothing is left behind."""

import re
import signal
from collections.abc import Iterator

import pytest

from tests import samples
from tests.journeys.installation import MARKS, Installation
from tests.journeys.storm import NUMBER, storm
from tests.ports import free_port
from tests.samples import MESSAGES
from tests.servers import wait_until

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def desk() -> Iterator[Installation]:
    with storm() as going:
        yield going.desk


@pytest.mark.parametrize("name", MARKS)
def test_a_process_that_dies_is_started_again_and_said_so(desk: Installation, name: str) -> None:
    killed = desk.kill(name)
    again = re.compile(rf"^{name}: killed by signal 9.*?^{name}: started again", re.M | re.S)
    wait_until(lambda: bool(again.search(desk.log.read_text())), 30, what=f"{name} again")
    wait_until(lambda: bool(desk.pids(MARKS[name])), 10, what=f"{name} runs")
    assert killed not in desk.pids()


def test_afterwards_it_still_takes_messages(desk: Installation) -> None:
    wait_until(desk.answers, 30, what="the web is back")
    assert desk.post(MESSAGES, samples.text(To=f"whatsapp:{NUMBER}")) == 200


def test_killed_hard_it_takes_its_children_with_it() -> None:
    with storm() as going:
        process = going.desk.process
        assert process is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        going.desk.process = None
        wait_until(lambda: not going.desk.pids(), 20, what="nobody is left")


def test_ctrl_c_leaves_nothing_behind() -> None:
    with storm() as going:
        assert len(going.desk.pids()) >= len(MARKS)
        going.desk.stop()
        assert going.desk.pids() == []


def test_a_second_one_on_the_same_port_says_why_it_does_not_start(desk: Installation) -> None:
    said = desk.refusal("run", "--port", str(desk.port))
    assert f"port {desk.port} is taken" in said


def test_without_safe_secrets_it_does_not_start(desk: Installation) -> None:
    said = desk.refusal("run", "--port", str(free_port()), SECRET_KEY="pendek")
    assert "SECRET_KEY is too short" in said
    assert "pendek" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "delapan"),
        ("PORT", "80000"),
        ("SENDERS", "banyak"),
        ("SECRET_KEY_FILE", "/nowhere/rahasia"),
        ("TIME_ZONE", "Asia/Nowhere"),
        ("DATABASE_URL", "nonsense"),
    ],
)
def test_a_setting_that_makes_no_sense_is_said_in_one_line(
    desk: Installation, name: str, value: str
) -> None:
    without = {name.removesuffix("_FILE"): ""} if name.endswith("_FILE") else {}
    said = desk.refusal("run", **{**without, name: value})
    assert said.startswith(("Not started: ", "CommandError: Not started: "))
    assert "Traceback" not in said
    assert "rahasia" not in said
