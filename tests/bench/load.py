"""Ask a server as fast as it answers, with wrk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# As many as a server of ours works on at once.
CONNECTIONS = 4
MISSING = (
    "wrk asks the servers, and it is not here: install it (Debian: apt install wrk, macOS: brew"
    " install wrk)."
)

# In turn, from the beginning: each run asks the same. What it tells at the end is read by us.
_SCRIPT = """
local paths = {}
for line in io.lines(%(file)s) do paths[#paths + 1] = line end
local at = 0
wrk.headers["Accept-Encoding"] = "%(packing)s"
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\n@{"requests": %%d, "microseconds": %%d, "bytes": %%d, "refused": %%d, "lost": %%d,'
      .. ' "p50": %%d, "p95": %%d, "p99": %%d}\\n',
    summary.requests, summary.duration, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what one run came to.

    Args:
        rate: answers a second.
        p50: milliseconds within which half of them came.
        p95: within which 95 of 100 came.
        p99: within which 99 of 100 came.
        size: bytes of one answer with its head, in the mean.
    """

    rate: float
    p50: float
    p95: float
    p99: float
    size: float


def ask(
    base: str,
    paths: Sequence[str],
    seconds: float,
    connections: int = CONNECTIONS,
    packing: str = "identity",
) -> Told:
    """Return how a server answered.

    Args:
        base: its address, without a slash at the end.
        paths: what to ask, in turn.
        seconds: how long.
        connections: that ask at once.
        packing: as ``Accept-Encoding`` says it.
    """
    if shutil.which("wrk") is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "paths"), Path(folder, "ask.lua")
        listed.write_text("\n".join(paths) + "\n", "utf-8")
        named = json.dumps(str(listed))
        script.write_text(_SCRIPT % {"file": named, "packing": packing}, "utf-8")
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "60s"]
        ran = subprocess.run(
            [*command, "-s", str(script), base], capture_output=True, text=True, check=True
        )
    told = json.loads(ran.stdout.rpartition("@")[2])
    if told["refused"] or told["lost"] or not told["requests"]:
        sys.exit(f"{base}{paths[0]}: {told}: what fails quickly is no measure.")
    return Told(
        told["requests"] / told["microseconds"] * 1e6,
        *(told[name] / 1000 for name in ("p50", "p95", "p99")),
        told["bytes"] / told["requests"],
    )
