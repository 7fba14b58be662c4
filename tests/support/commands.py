"""The command line as a user calls it: in a process of its own, 80 columns, without colour."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def call(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "winset", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", **environment},
        check=False,
    )
