"""Say what sosdir is and needs as a ``[project]`` table, for tools that read no setup.cfg."""

import configparser
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write the table to standard output."""
    declared = configparser.ConfigParser()
    declared.read(ROOT / "setup.cfg", encoding="utf-8")
    version = re.search('__version__ = "(.+)"', (ROOT / "sosdir" / "version.py").read_text("utf-8"))
    table = {
        "name": declared["metadata"]["name"],
        "version": version[1] if version else "0",
        "description": declared["metadata"]["description"],
        "license": declared["metadata"]["license"],
        "dependencies": declared["options"]["install_requires"].split(),
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.items()]
    sys.stdout.write("\n".join(("[project]", *lines, "")))


main()
