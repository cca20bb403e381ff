"""The parts of one running simulator, put together."""

import multiprocessing
import os
import signal
import threading
from functools import cache
from multiprocessing.connection import wait

from cryptography.fernet import InvalidToken

from simulator.configuration import Configuration, configuration
from simulator.courier import Courier
from simulator.inbound import Inbound
from simulator.ledger import Ledger
from simulator.outbound import Outbound
from simulator.posting import Desk
from simulator.records import Handover
from simulator.strongbox import Autosave, Strongbox
from simulator.switches import SwitchBoard

# The desk usually starts together with us; give it time before posting what was left over.
RESUME_AFTER = 5.0


class Exchange:
    """One pretend Twilio with its citizens."""

    def __init__(self, config: Configuration) -> None:
        self.config = config
        self.box = Strongbox(config.folder)
        self.switches = SwitchBoard()
        self.courier = Courier()
        self.ledger = Ledger(on_change=self._save_soon)
        self._autosave = Autosave(self.box, self.ledger.document)
        desk = Desk(config)
        self.outbound = Outbound(config, self.box, self.ledger, self.switches, self.courier, desk)
        self.inbound = Inbound(
            config, self.box, self.ledger, self.switches, self.courier, desk, self.outbound
        )
        # Set when the process ends, so that nobody sleeps on.
        self.closing = threading.Event()

    def start(self) -> None:
        """Read what was saved, resume it, and save again when the process ends."""
        self._restore()
        self._autosave.start()
        self.courier.start()
        for message in self.ledger.all():
            if not message.is_inbound:
                self.outbound.launch(message, delay=RESUME_AFTER)
            elif message.handover is Handover.WAITING:
                self.inbound.deliver(message, delay=RESUME_AFTER)
        # Not a daemon: the interpreter waits for it, so the last change reaches the disk.
        threading.Thread(target=self._close_with_process, name="closing").start()
        if multiprocessing.parent_process() is not None:
            threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()

    def _close_with_process(self) -> None:
        threading.main_thread().join()
        self.closing.set()
        self.courier.stop()
        self._autosave.stop()

    def _restore(self) -> None:
        try:
            if (document := self.box.read_state()) is not None:
                self.ledger.restore(document)
        except InvalidToken:
            self.box.set_state_aside("the key does not open it")
        except (ValueError, KeyError, TypeError):
            self.box.set_state_aside("it is of another version")

    def _save_soon(self) -> None:
        self._autosave.changed()


def _end_with_parent() -> None:
    """Stop when the starting process was killed, so that no orphan keeps the port."""
    if (parent := multiprocessing.parent_process()) is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


@cache
def exchange() -> Exchange:
    """The exchange of this process."""
    return Exchange(configuration())
