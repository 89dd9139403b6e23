"""Write the licences of the packages of a run into docs/licences.md, between its two marks.

``pip-licenses`` tells on standard input what each package of the locked environment declares.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "licences.md"
BEGIN, END = "<!-- packages: make licences -->\n", "<!-- end of packages -->\n"
# Whose metadata name no licence: what the licence file in the package says.
READ_FROM_FILE = {"pyrage": "MIT"}
ORDINARY = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Apache Software License; BSD License": "Apache-2.0 OR BSD",
    "Apache Software License; MIT License": "Apache-2.0 OR MIT",
}


def main() -> None:
    """Replace the table of the page by what is told."""
    told = sorted(json.load(sys.stdin), key=lambda each: _key(each["Name"]))
    rows = [_row(each) for each in told]
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    table = "".join(("| package | version | licence |\n| --- | --- | --- |\n", *rows))
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", "utf-8")


def _row(told: dict[str, Any]) -> str:
    name, declared = _key(told["Name"]), told["License"]
    licence = READ_FROM_FILE[name] if declared == "UNKNOWN" else ORDINARY.get(declared, declared)
    return f"| {name} | {told['Version']} | {licence} |\n"


def _key(name: str) -> str:
    """Return a name in the one form in which packages are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


main()
