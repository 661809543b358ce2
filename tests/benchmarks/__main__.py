"""Every benchmark, one after the other, each as a process of its own: python tests/benchmarks."""

import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run them in the order of their names."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"\n{path.name}", flush=True)
        subprocess.run([sys.executable, str(path)], check=True)


if __name__ == "__main__":
    main()
