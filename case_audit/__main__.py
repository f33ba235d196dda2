"""The door: ``case-audit`` and ``python -m case_audit`` come in here."""

from __future__ import annotations

import sys

from case_audit import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        # Answered before anything heavy is imported.
        sys.stdout.write(f"case-audit {__version__}\n")
        return
    try:
        from case_audit.cli.opening import straight_on

        if straight_on(sys.argv[1:]):
            return
        from case_audit.cli.main import run
    except KeyboardInterrupt:
        # Stopped while the program was still being read: nothing was begun.
        sys.stderr.write("Stopped. Nothing half-done was kept.\n")
        sys.exit(130)

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
