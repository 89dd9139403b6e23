"""Run the commands by ``python -m sosdir``."""

from sosdir.cli import main

# A worker of the server imports this module too, under another name.
if __name__ == "__main__":
    main()
