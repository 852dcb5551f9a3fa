"""The recipe of the site: discover the stages, run them, check what the pages say, write and render them."""

import argparse
import os
import sys
import time
from pathlib import Path

from press import figure_html, report
from press.fault import Fault
from press.guide import Guide
from press.new_stage import write as new_stage

ROOT = Path(__file__).parent.resolve()


def options():
    """What may be asked for on the command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--serve", action="store_true", help="build, serve on 127.0.0.1 and rebuild on every change")
    asked.add_argument("--port", type=int, default=8000, help="port for --serve")
    asked.add_argument("--check", action="store_true", help="verify ledger, guards and frozen results; render nothing")
    asked.add_argument("--online", action="store_true", help="with --check: open every source again and report")
    asked.add_argument("--refreeze", nargs="*", metavar="STAGE", help="recompute slow results (all, or those named)")
    asked.add_argument("--restamp", nargs="+", metavar="STAGE", help="accept changed code whose replay repeats exactly")
    asked.add_argument("--draft", action="store_true", help="build although frozen results are stale, under a banner")
    asked.add_argument("--posters", action="store_true", help="draw posters that are missing or stale")
    asked.add_argument("--traceback", action="store_true", help="show where an unforeseen error was raised")
    asked.add_argument("--new-stage", metavar="SLUG", help="write a working four-file skeleton")
    return asked.parse_args()


def guide(asked):
    """The build with the project's own look."""
    try:
        from viz import poster as artist

        script = Path(artist.plotly.__file__).parent / "package_data" / "plotly.min.js"
        extra = {figure_html.EXPLORER: script.read_bytes()} if script.is_file() else {}
    except ImportError:
        artist, extra = None, {}
    return Guide(
        ROOT, artist, asked.draft, asked.posters, lambda text: print(text, flush=True), dict(os.environ), extra
    )


def act(asked, made):
    """Do one of the things that may be asked for; building is what happens otherwise."""
    if asked.new_stage:
        print("wrote", *new_stage(ROOT, asked.new_stage, made.orders()))
    elif asked.refreeze is not None:
        made.refreeze(asked.refreeze)
    elif asked.restamp:
        made.restamp(asked.restamp)
    elif asked.check:
        print(report.printed(made.check()))
        if asked.online:
            print(report.printed(made.online()))
    else:
        print("site/ is", "built" if made.build() else "up to date")
    if asked.serve:
        from press.serve import serve

        serve(ROOT, asked.port, print)


def stopped(message, traceback):
    """Say why nothing was built; the exit code."""
    print(message, file=sys.stderr)
    if traceback:
        raise
    return 1


def main():
    """A Fault is one message and exit code 1."""
    asked, started = options(), time.time()
    try:
        act(asked, guide(asked))
        print(f"done in {time.time() - started:.1f} s")
    except Fault as fault:
        return stopped(fault, asked.traceback)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return stopped(
            f"{type(error).__name__}: {error}. Mend: run again with --traceback and report it.", asked.traceback
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
