"""Compare many random histories: ``python -m tests.model --histories 2000 --seed 1``."""

import argparse
import random
import sys

from .trials import many, summed


def main() -> int:
    """Compare, and print each difference with its seed and a short history."""
    options = argparse.ArgumentParser(prog="python -m tests.model")
    options.add_argument("--histories", type=int, default=2000)
    options.add_argument("--seed", type=int, help="of the first; by default a new one")
    options.add_argument("--steps", type=int, help="of each; by default 25 to 70")
    options.add_argument("--processes", type=int, help="by default one a core")
    options.add_argument("--differences", type=int, default=3, help="to stop at")
    asked = options.parse_args()
    first = random.randrange(10**9) if asked.seed is None else asked.seed
    print(f"seeds {first} to {first + asked.histories - 1}")
    seeds = range(first, first + asked.histories)
    outcomes = many(seeds, processes=asked.processes, length=asked.steps)
    total = summed(outcomes, most=asked.differences)
    print(total.text())
    return 1 if total.differences else 0


if __name__ == "__main__":
    sys.exit(main())
