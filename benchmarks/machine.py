"""What the benchmarks ran on."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("numpy", "scipy", "autograd", "torch", "jax", "tensorflow", "keras")


def facts() -> list[str]:
    """Processor, cores, Python, and the versions of the libraries that are installed."""
    return [
        f"{processor()}, {os.cpu_count()} cores, {platform.system()}",
        f"Python {platform.python_version()}, " + ", ".join(filter(None, map(library, LIBRARIES))),
    ]


def library(name: str) -> str:
    """Name and version, or nothing for a library that is missing."""
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""


def processor() -> str:
    """The name of the processor, as far as the system tells it."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(": ")[2]
    return platform.processor() or platform.machine()
