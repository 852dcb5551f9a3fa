"""Speeds, read on a machine that does nothing else: python -m bench [part …], all but the slow if none is named.

Prints what it measured and what that depends on; nothing is written.
"""

import argparse
import os
import platform
from importlib import import_module

PARTS = ("training", "merges", "engine", "lesson", "tokens")
SLOW = ("pages",)  # Lighthouse takes ten minutes: only when it is named


def main():
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS + SLOW))
    asked = parser.parse_args().parts
    for part in asked:
        if part not in PARTS + SLOW:
            parser.error(f"there is no part {part}: name some of {', '.join(PARTS + SLOW)}")
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load before {busy:.2f}")
    if busy > 0.5:
        print("This machine is busy: the numbers below are worth little.")
    for part in asked or PARTS:
        print(f"\n{part}")
        import_module(f"bench.{part}").compare()


if __name__ == "__main__":
    main()
