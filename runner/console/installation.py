"""What to type where a package is missing."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# As they are imported.
PACKAGES = (
    "numpy",
    "scipy",
    "autograd",
    "matplotlib",
    "PIL",
    "fontTools",
    "pydantic",
    "joblib",
    "rich",
)


def remedy(error: ModuleNotFoundError) -> str | None:
    """A sentence for a package that is not installed; None for any other module: a fault of ours."""
    package = (error.name or "").partition(".")[0]
    if package not in PACKAGES:
        return None
    enter = ".venv\\Scripts\\activate" if sys.platform == "win32" else "source .venv/bin/activate"
    if (ROOT / ".venv").exists():
        return f"{package} is not installed for this Python; enter the environment that has it: {enter}"
    return (
        f"{package} is not installed for this Python; set everything up with: make run,"
        f" or install into this one: {Path(sys.executable).name} -m pip install -r requirements.txt"
    )
