"""The program: `notice-parse`, and `python -m notice_parser`."""

from __future__ import annotations

import atexit
import gc
import os

from notice_parser.garbage import collect_rarely
from notice_parser.patterns import keep


def main() -> None:
    """Run the command line."""
    prepare()
    from notice_parser.cli import main as run

    run()


def prepare() -> None:
    """What makes a start short; it is for a process of our own, so whoever imports the library goes without."""
    collect_rarely()
    atexit.register(gc.freeze)  # what is alive at the end goes with the process
    atexit.register(keep())
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is used, and looking for them takes 20 ms


if __name__ == "__main__":
    main()
