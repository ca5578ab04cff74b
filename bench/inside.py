"""What `bench/place.py` does in a process of its own, with the environment of the measured database."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def inside(environment: Mapping[str, str], *what: str, module: str = "bench.place") -> dict[str, Any]:
    """Its answer; CalledProcessError when it ends badly."""
    command = [sys.executable, "-m", module, *what]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
