"""Stands at the beginning of every child process: gives up what a decoder does not need, then becomes that decoder.

A script, run by its path with `python -I -S`, so the standard library is all it may import:

    confined.py LIMITS COMMAND ARGUMENT ...

LIMITS is JSON: `seconds` of processor time, `data` bytes of private memory, `space` bytes of addresses, `file` bytes that
may be written into one file, `readable` the folders and files that may still be opened. Where the kernel knows neither
Landlock nor namespaces, the limits alone hold.
"""

import ctypes
import json
import os
import resource
import signal
import sys

# <linux/prctl.h>, <linux/sched.h>, <linux/landlock.h>; system calls 444 to 446 have these numbers on every processor.
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
RULESET_VERSION, RULE_PATH_BENEATH = 1, 1
EXECUTE, READ_FILE, READ_DIR = 1, 4, 8
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files each version of Landlock knows; they are the lowest bits."""
NETWORK_SINCE = 4
BIND_AND_CONNECT = 3
O_PATH_CLOEXEC = os.O_PATH | os.O_CLOEXEC

libc = ctypes.CDLL(None, use_errno=True)


def confine(limits: dict) -> None:  # type: ignore[type-arg]
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_DATA, limits["data"]),
        (resource.RLIMIT_AS, limits["space"]),
        (resource.RLIMIT_FSIZE, limits["file"]),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET):
        libc.unshare(CLONE_NEWNET)
    _close_the_disk(limits["readable"])


def _close_the_disk(readable: list) -> None:  # type: ignore[type-arg]
    """From now on only these can be opened, to read; files in memory that are open already stay reachable."""
    version = libc.syscall(CREATE_RULESET, None, 0, RULESET_VERSION)
    if version < 1:
        return
    files = (1 << FILE_RIGHTS.get(version, 16)) - 1
    network = BIND_AND_CONNECT if version >= NETWORK_SINCE else 0
    handled = (ctypes.c_uint64 * 2)(files, network)
    size = ctypes.sizeof(handled) if network else 8
    rules = libc.syscall(CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(size), 0)
    if rules < 0:
        return
    for path in readable:
        _allow(rules, path)
    libc.syscall(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _allow(rules: int, path: str) -> None:
    try:
        place = os.open(path, O_PATH_CLOEXEC)
    except OSError:
        return
    rights = EXECUTE | READ_FILE | (READ_DIR if os.path.isdir(path) else 0)
    # struct landlock_path_beneath_attr is packed: eight bytes and four.
    rule = rights.to_bytes(8, sys.byteorder) + place.to_bytes(4, sys.byteorder)
    libc.syscall(ADD_RULE, rules, RULE_PATH_BENEATH, rule, 0)
    os.close(place)


if __name__ == "__main__":
    confine(json.loads(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606
