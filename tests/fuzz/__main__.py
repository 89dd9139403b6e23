"""Search for inputs that break a target, led by coverage: ``python -m tests.fuzz hours``.

Atheris is needed (``pip install -e '.[fuzz]'``). What it finds on its way is kept in ``.fuzz/``,
never in the repository: ``--keep`` adds to ``tests/fuzz/corpus/`` the smallest inputs that reach
code which none of those kept does.
"""

from __future__ import annotations

import argparse
import sys
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from tests.fuzz.targets import Target
    from tests.fuzz.world import World

FOUND = Path(".fuzz")
# Longer inputs teach little; tests/test_endless_texts.py has those that never seem to end.
LONGEST = 1_000
# A target takes milliseconds; the first input also pays for what is made once.
SLOWEST_SECONDS = 20


def main() -> None:
    """Fuzz one target for so many seconds, or keep what was found."""
    with atheris.instrument_imports(include=["sosdir", "webauthn"]):
        from tests.fuzz.targets import CORPUS, TARGETS
        from tests.fuzz.world import World, new_home

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", action="store_true", help="add to the corpus what was found")
    # A merge starts this program anew, with options of libFuzzer's behind its name.
    told, inner = parser.parse_known_args()

    world, target = World(new_home), TARGETS[told.target]
    kept, found = CORPUS / told.target, FOUND / told.target
    for folder in (kept, found):
        folder.mkdir(parents=True, exist_ok=True)
    options = [f"-max_len={LONGEST}", f"-timeout={SLOWEST_SECONDS}"]
    options.append(f"-artifact_prefix={FOUND}/{told.target}-")
    if told.keep:
        # By code reached alone, not by how often: few inputs say the same.
        options += ["-merge=1", "-use_counters=0", str(kept), str(found)]
    else:
        options += [f"-max_total_time={told.seconds}", str(found), str(kept)]
    name = f"{sys.executable} -m tests.fuzz {told.target}"
    atheris.Setup([name, *(inner or options)], lambda data: tried(told.target, target, world, data))
    atheris.Fuzz()


def tried(name: str, target: Target, world: World, data: bytes) -> None:
    """Give a target its bytes, and keep those at which it fails."""
    try:
        target(world, data)
    except BaseException:
        (FOUND / f"{name}-failed-{sha1(data).hexdigest()[:12]}").write_bytes(data)
        raise


main()
