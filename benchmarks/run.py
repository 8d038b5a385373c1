"""Compare the speed of eqms with that of stock Plone, side by side in one run: ``make bench``.

Absolute figures depend on the machine and on what else it does: look at the ratios, which come
from short turns, ours and what it is compared with one after the other. A ratio of speeds should be
great (≥), a ratio of times small (≤).
"""

from argparse import ArgumentParser
from argparse import Namespace
from benchmarks.cases import CASES
from benchmarks.compare import Bench
from benchmarks.compare import Comparison
from benchmarks.instance import throw_away
from benchmarks.sites import build
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any
import json
import secrets
import signal
import sys


HEADS = ("case", "ours", "beside", "ratio", "min", "max", "target", "")
ROW = "{:<14} {:>9} {:>9} {:>7} {:>7} {:>7} {:>7}  {}"


def main(argv: list[str] | None = None) -> None:
    """Build the sites, measure the chosen cases and print one line for each."""
    options = parse(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        results = run(options)
    except CalledProcessError as error:
        sys.exit(f"Stopped: a part of the benchmark failed, see above ({error.returncode}).")
    if options.json:
        options.json.write_text(json.dumps(as_json(options, results), indent=2))


def run(options: Namespace) -> dict[str, Comparison]:
    """Measure in an instance that is gone afterwards."""
    results = {}
    with throw_away() as instance:
        sizes = options.documents, options.seconds, options.large
        bench = Bench(instance, secrets.token_hex(8), *sizes)
        print(f"Building two sites of {bench.documents} documents each.", flush=True)
        instance.inside(build, password=bench.password, documents=bench.documents)
        print(ROW.format(*HEADS), flush=True)
        for name in options.only or [name for name, case in CASES.items() if not case.slow]:
            results[name] = CASES[name].measure(bench)
            print_result(name, results[name])
    return results


def parse(argv: list[str] | None) -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, help="in each site")
    parser.add_argument("--seconds", type=float, default=20, help="of measuring, for each case")
    parser.add_argument(
        "--large", type=int, default=20000, help="documents in the site of the case growth"
    )
    parser.add_argument(
        "--only", action="append", choices=CASES, metavar="CASE", help="|".join(CASES)
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args(argv)


def print_result(name: str, comparison: Comparison) -> None:
    """One line of figures, and below it what else there is to say."""
    case, figures = CASES[name], comparison.summary()
    rates = [f"{figures[key]:.1f}" for key in ("ours", "beside")]
    ratios = [f"{figures[key]:.2f}" for key in ("ratio", "min", "max")]
    print(ROW.format(name, *rates, *ratios, case.wanted, f"{case.unit}: {case.title}"))
    for note in comparison.notes:
        print(f"{'':<14} {note}", flush=True)


def as_json(options: Namespace, results: dict[str, Comparison]) -> dict[str, Any]:
    """All figures, with every turn."""
    return {
        "documents": options.documents,
        "seconds": options.seconds,
        "cases": {
            name: {
                "title": CASES[name].title,
                "unit": CASES[name].unit,
                "target": CASES[name].wanted,
                **comparison.summary(),
                "turns": list(zip(comparison.ours, comparison.beside, strict=True)),
                "notes": comparison.notes,
            }
            for name, comparison in results.items()
        },
    }


if __name__ == "__main__":
    main()
