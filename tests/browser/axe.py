"""axe-core, the checker of accessibility: fetched by npm once, checked against its pinned digest, kept in the cache.

Where npm is missing or cannot reach its registry, `script()` raises Missing with the reason.
"""

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path

VERSION = "4.14.1"
SHA512 = (
    "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73"
    "4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5"
)
SECONDS = 60


class Missing(Exception):
    """axe-core is not here and cannot be had."""


@cache
def script() -> str:
    """The text of axe.min.js."""
    package = _folder() / f"axe-core-{VERSION}.tgz"
    if not package.exists():
        _fetch(package)
    if hashlib.sha512(package.read_bytes()).hexdigest() != SHA512:
        package.unlink()
        raise AssertionError(f"{package.name} is not the file that was pinned")
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


def _folder() -> Path:
    cache_home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(cache_home) / "polreswa"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fetch(package: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise Missing("npm is not installed")
    with tempfile.TemporaryDirectory() as scratch:
        command = [npm, "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", scratch]
        try:
            subprocess.run(command, cwd=scratch, check=True, capture_output=True, timeout=SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise Missing(f"npm could not fetch axe-core {VERSION}") from error
        # Under its name only when it is whole: another run may look for it at the same time.
        fetched = shutil.copy(Path(scratch) / package.name, f"{package}.{os.getpid()}")
    os.replace(fetched, package)
