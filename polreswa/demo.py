"""What `make run` uses in place of real secrets: made once, kept in VAR_DIR, and marked so that production refuses them."""

import json
import os
import secrets
from pathlib import Path

PREFIX = "demo-"
"""Every demo secret starts with it; polreswa.checks refuses such a value without DEMO."""


def secret(var_dir: Path, name: str) -> str:
    """The demo secret called `name`, made on first use in VAR_DIR/demo-secrets.json (mode 0600)."""
    path = var_dir / "demo-secrets.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if name not in known:
        known[name] = PREFIX + secrets.token_hex(24)
        var_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(known, file)
        fresh.replace(path)
    return known[name]
