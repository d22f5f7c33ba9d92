"""What `arena --help` costs: CPU seconds as a whole process, and which heavy packages it loads.

    python benchmarks/command_line.py

Prints the ratio to a bare interpreter start and to importing litellm, all measured in this run.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from typing import Final

ROUNDS: Final = 7
HEAVY: Final = ("aiohttp", "anthropic", "jinja2", "litellm", "numpy", "openai", "pandas", "rich", "scipy")
LIST_MODULES: Final = (
    "import sys, atexit; from arena.cli.main import main; sys.argv = ['arena', '--help'];"
    "atexit.register(lambda: print('LOADED', *(m for m in {heavy!r} if m in sys.modules))); main()"
)


def cpu_seconds(*command: str) -> float:
    """User and system time of one finished process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median_cpu(*command: str, rounds: int = ROUNDS) -> float:
    """Median over several processes, after one that is not counted."""
    cpu_seconds(*command)
    return statistics.median(cpu_seconds(*command) for _ in range(rounds))


def main() -> None:
    """Print the table."""
    bare = median_cpu(sys.executable, "-c", "pass")
    shown = median_cpu(sys.executable, "-m", "arena", "--help")
    litellm = median_cpu(sys.executable, "-c", "import litellm", rounds=3)
    code = LIST_MODULES.format(heavy=HEAVY)
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    print(f"python -c pass    {bare:.3f} s CPU")
    print(f"arena --help      {shown:.3f} s CPU, {shown / bare:.1f} times a bare start")
    print(f"import litellm    {litellm:.3f} s CPU, {litellm / shown:.1f} times arena --help")
    print(f"heavy packages loaded by arena --help: {loaded.rpartition('LOADED')[2].strip() or 'none'}")


if __name__ == "__main__":
    main()
