"""`make bench`: every script in turn. One that lacks its data says so in a line."""

import subprocess
import sys

SCRIPTS = ("desk", "clock", "search", "gaps", "reload")

for script in SCRIPTS:
    print(f"\n== {script}", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{script}"], check=False)
