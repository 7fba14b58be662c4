"""Mutates case files and reads them: nothing but InputError may come out, and within seconds.

    python tests/cli/fuzz_case.py --seconds 600 --seed 0

The shipped cases and those of the tests are mutated as bytes, as lines and as structures. A case that raises
anything else or takes more than five seconds is saved under `fuzz-findings/`, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import collections
import copy
import json
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from winset.case.compose import compose
from winset.case.load import load_text
from winset.case.nodes import plain
from winset.case.problems import Problems
from winset.case.text import decode
from winset.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
FILES = [*sorted(ROOT.glob("src/winset/cases/*.yaml")), *sorted(ROOT.glob("tests/support/cases/*.yaml"))]
SLOW = 5.0

TOKENS = (
    *"[]{}:,-?*&!|>'\"%@`#~.\n\t\r \x00\x1b\x85\xa0\u2028\ufeff\U0001f600",
    *(
        "- ",
        ": ",
        "\n  ",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "---\n",
        "...\n",
        "{}",
        "[]",
        "null",
        "true",
        "NO",
        "~",
    ),
    *(
        "0x10",
        ".inf",
        ".nan",
        "1e999",
        "-1",
        "1e308",
        "9" * 70,
        "unknown",
        "ranking",
        "bounds",
        "\\",
        '"\\x00"',
    ),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 0.5, 2, 1e308, -1e308, 1e-308, 10**60, float("inf"), float("nan"), "", " "),
    *("unknown", "no", "a\nb", "\u202e", "x" * 300, [], {}, [[]], [0, 1], [1, 0], [0.2, 0.4], {"value": 1}),
    *(
        {"ranking": []},
        {"points": {0: 0, 1: 1}},
        {"equals": {}},
        {"all": []},
        {"quota": 1, "of": []},
        [None, {}],
    ),
)
KEYS = (
    "value",
    "source",
    "because",
    "ranking",
    "bounds",
    "linear",
    "points",
    "id",
    "when",
    "never",
    "scale",
    "x",
    0,
)


def mutate_bytes(text: bytes, rng: random.Random) -> bytes:
    data = bytearray(text)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data) + 1)
        stop = min(len(data), at + rng.choice((1, 2, 8, 64, 512)))
        kind = rng.randrange(6)
        if kind == 0 and data:
            data[at % len(data)] = rng.randrange(256)
        elif kind == 1:
            del data[at:stop]
        elif kind == 2:
            data[at:at] = rng.choice(TOKENS).encode("utf-8")
        elif kind == 3:
            data[at:at] = data[at:stop] * rng.choice((1, 2, 50))
        elif kind == 4:
            there = rng.randrange(len(data) + 1)
            data[there:there] = data[at:stop]
        else:
            data = data[:at]
    return bytes(data)


def mutate_lines(text: bytes, rng: random.Random) -> bytes:
    lines = text.decode("utf-8").split("\n")
    for _ in range(rng.choice((1, 2, 5))):
        at = rng.randrange(len(lines))
        there = rng.randrange(len(lines))
        kind = rng.randrange(4)
        if kind == 0:
            lines.insert(there, lines[at])
        elif kind == 1 and len(lines) > 1:
            del lines[at]
        elif kind == 2:
            lines[at], lines[there] = lines[there], lines[at]
        else:
            lines[at] = rng.choice(("  ", "", "\t", "- ")) + lines[at].lstrip(" ")
    return "\n".join(lines).encode("utf-8")


def places(data: Any) -> list[tuple[Any, Any]]:
    """Return every container and key or index in a structure."""
    found: list[tuple[Any, Any]] = []
    rest = [data]
    while rest:
        here = rest.pop()
        inside = list(here.items() if isinstance(here, dict) else enumerate(here))
        found += [(here, key) for key, _ in inside]
        rest += [value for _, value in inside if isinstance(value, dict | list)]
    return found


def mutate_structure(text: bytes, rng: random.Random) -> bytes:
    source = decode(text, "seed.yaml")
    data = plain(compose(source, Problems(source)))
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        found = places(data)
        here, key = rng.choice(found)
        there, other = rng.choice(found)
        kind = rng.randrange(5)
        if kind == 0:
            here[key] = copy.deepcopy(rng.choice(VALUES))  # or the next mutation would change VALUES
        elif kind == 1:
            here[key] = copy.deepcopy(there[other])
        elif kind == 2 and len(here) > 1:
            del here[key]
        elif kind == 3 and isinstance(here, dict):
            here[rng.choice((*KEYS, *(str(k) for _, k in rng.sample(found, min(3, len(found))))))] = (
                copy.deepcopy(here[key])
            )
        else:
            here[key] = [here[key]] if rng.random() < 0.5 else {rng.choice(KEYS): here[key]}
    return dump(data, rng)


def dump(data: Any, rng: random.Random) -> bytes:
    """Write a structure as YAML, as JSON, or as YAML with its quotes gone."""
    if rng.random() < 0.1:
        return json.dumps(data, default=str).encode("utf-8")
    flow = rng.random() < 0.3
    text = yaml.dump(data, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=flow)
    return (text.replace("'", "") if rng.random() < 0.1 else text).encode("utf-8", "replace")


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (mutate_bytes, mutate_lines, mutate_structure)


def attempt(text: bytes) -> tuple[str, str]:
    """Return the kind of outcome, and for a finding what it is."""
    started = time.perf_counter()
    try:
        load_text(text, "fuzz.yaml")
        kind, told = "read", ""
    except InputError as error:
        kind, told = "refused", ""
        str(error)
    except Exception:  # noqa: BLE001 - whatever it is, it is what the script looks for
        kind, told = "finding", traceback.format_exc()
    taken = time.perf_counter() - started
    return ("finding", f"took {taken:.1f} s") if taken > SLOW and kind != "finding" else (kind, told)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    seeds = [path.read_bytes() for path in FILES]
    counts: collections.Counter[str] = collections.Counter()
    folder = ROOT / "fuzz-findings"
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        mutation = rng.choice(MUTATIONS)
        text = mutation(rng.choice(seeds), rng)
        kind, told = attempt(text)
        counts[f"{mutation.__name__} {kind}"] += 1
        if kind == "finding":
            folder.mkdir(exist_ok=True)
            path = folder / f"seed-{options.seed}-{counts.total()}.yaml"
            path.write_bytes(text)
            print(f"{path}: {told}", file=sys.stderr)
    print(f"{counts.total():,} cases from {len(seeds)} files in {options.seconds:g} s, seed {options.seed}")
    for kind, count in sorted(counts.items()):
        print(f"  {kind:<28} {count:>8,}")
    return 1 if any(kind.endswith("finding") for kind in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
