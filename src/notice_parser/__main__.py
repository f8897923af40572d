"""The program: `notice-parse`, and `python -m notice_parser`."""

from __future__ import annotations

import atexit
import gc

from notice_parser.patterns import keep

_RARELY = 100_000


def main() -> None:
    """Run the command line."""
    # What is read holds no cycles, and what is alive at the end goes with the process: there is little to collect.
    gc.set_threshold(_RARELY)
    atexit.register(gc.freeze)
    atexit.register(keep())
    from notice_parser.cli import main as run

    run()


if __name__ == "__main__":
    main()
