"""One side in a process of its own: `python -m benchmarks.worker MODULE THREADS`.

Libraries that share a process share its threads and its imports. Each line of standard input is a task
in JSON. A new task is prepared and run once to warm up, and its numbers are those of that first run;
then, and whenever the line comes again, it is run and timed. Each answer is a line of JSON.
"""

import importlib
import json
import os
import sys

from benchmarks.timing import Run, Work, timed


def confine(threads: int) -> None:
    """Leave this process as many cores as threads; libraries ask for that number when they are loaded."""
    if threads and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])


def main(module_name: str, threads: int) -> None:
    """Answer task after task."""
    confine(threads)
    # What libraries print is no answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    module = importlib.import_module(module_name)
    prepared: dict[str, tuple[Work, list[float]]] = {}
    for line in sys.stdin:
        if line not in prepared:
            work: Work = module.prepare(json.loads(line))
            prepared[line] = work, work()
        work, numbers = prepared[line]
        run = Run(timed(work).seconds, numbers)
        print(json.dumps(vars(run)), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
