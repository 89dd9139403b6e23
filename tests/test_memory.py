"""A worker that serves visitors stays small: what only one page needs is loaded by that page."""

import json
import subprocess
import sys
from pathlib import Path

# For few pages, or for the admins alone.
HEAVY = {"folium", "httpx", "matplotlib", "webauthn"}
MOST_MB = 150
VISIT = """
import json, resource, sys
from pathlib import Path
from sosdir import create_app
from sosdir.config import from_environment

client = create_app(from_environment({"SOSDIR_HOME": sys.argv[1]})).test_client()
for path in ("/", "/?q=横浜市", "/services.json?q=夜 LINE", "/en/?q=yokohama", "/healthz"):
    assert client.get(path).status_code == 200, path
here = Path("/proc/self/statm")
pages = int(here.read_text().split()[1]) if here.exists() else 0
mb = pages * resource.getpagesize() / 1e6
print(json.dumps({"loaded": sorted(sys.modules), "mb": mb}))
"""


def test_a_worker_that_searches_is_small(shipped_home: Path) -> None:
    visited = subprocess.run(
        [sys.executable, "-c", VISIT, str(shipped_home)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert visited.returncode == 0, visited.stderr
    told = json.loads(visited.stdout)
    assert HEAVY.isdisjoint(told["loaded"])
    assert told["mb"] < MOST_MB
