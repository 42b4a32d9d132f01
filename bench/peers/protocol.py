"""What every peer speaks, so that a driver can time it and Understudy in turns.

One line in, one line out: `step N` does the work N times and answers {"seconds", "steps", "rss_mib"}; `quit` ends.
"""

import json
import sys
import time


def rss_mib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


def serve(step):
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            break
        steps = int(words[1])
        begin = time.perf_counter()
        for _ in range(steps):
            step()
        seconds = time.perf_counter() - begin
        print(json.dumps({"seconds": seconds, "steps": steps, "rss_mib": rss_mib()}), flush=True)
