"""Run the commands by ``python -m sosdir``."""

from sosdir.cli import main

main()
