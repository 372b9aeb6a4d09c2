"""What a run takes beside its training, for ever more pictures: seconds and memory, measured and drawn.

`make size` (`python -m tools.size_figure`) writes docs/size.png; it takes five minutes on a quiet machine.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from runner.figures.style import BLUE, DOTS_PER_INCH, GREEN, INK, ORANGE, PALE, label_plainly
from tools.reference import DOCUMENTS, ROOT

COUNTS = 100, 300, 1000, 3000, 10_000
COLORS = {"DEFAULT": BLUE, "DAE": ORANGE, "VAE": GREEN}
MEASURES = "seconds of processors beside the training", "MiB at most"
# Of so few pictures each is drawn: what grows with their number shows from here on.
FEW = 1000
WORDS = ["data=font", "font_set=many.bdf", "epochs=1", "batch_size=100", "--name", "run"]
PROGRAM = """
import json, sys
from time import process_time
sys.path.insert(0, sys.argv[1])
from main import main
from runner.experiment import Experiment
run, trained = Experiment.run, []
def timed(self, watch):
    begun = process_time()
    result = run(self, watch)
    trained.append(process_time() - begun)
    return result
Experiment.run = timed
begun = process_time()
assert main(sys.argv[2:]) == 0
# Linux's own mark: getrusage counts what the parent held before this program began, too.
(peak,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps([process_time() - begun - trained[0], int(peak) / 1024]))
"""


def font(count: int) -> str:
    """A BDF font of so many random pictures of 8×8 pixels."""
    rows = np.random.default_rng(0).integers(0, 256, (count, 8), np.uint8)
    head = f"STARTFONT 2.1\nFONT -random\nSIZE 8 75 75\nFONTBOUNDINGBOX 8 8 0 0\nCHARS {count}\n"
    box = "SWIDTH 500 0\nDWIDTH 8 0\nBBX 8 8 0 0\nBITMAP\n"
    glyphs = [
        f"STARTCHAR g{index}\nENCODING {0x4E00 + index}\n{box}" + "\n".join(f"{row:02X}" for row in glyph)
        for index, glyph in enumerate(rows.tolist())
    ]
    return head + "\nENDCHAR\n".join(glyphs) + "\nENDCHAR\nENDFONT\n"


def measure(mode: str, count: int) -> tuple[float, float]:
    """Both measures of a run on so many pictures, in a process of its own, with all its files."""
    with TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "many.bdf").write_text(font(count), encoding="ascii")
        (here / "config.json").write_bytes((ROOT / "config.json").read_bytes())
        words = [f"mode={mode}", *WORDS, *["noisy_copies=1"] * (mode == "DAE")]
        command = [sys.executable, "-c", PROGRAM, str(ROOT), *words]
        done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def exponent(counts, values) -> float:
    """With which power of the count the values grow, from FEW pictures on."""
    many = np.asarray(counts) >= FEW
    return float(np.polyfit(np.log(np.asarray(counts)[many]), np.log(np.asarray(values)[many]), 1)[0])


def draw(found: dict[str, np.ndarray], counts) -> Figure:
    """`found` has the measures `(counts, 2)` by mode."""
    figure = Figure(figsize=(9, 3.8), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle("What a run takes beside its training", color=INK, fontsize=12, x=0.01, ha="left")
    for axes, name, column in zip(figure.subplots(1, 2), MEASURES, (0, 1), strict=True):
        for mode, values in found.items():
            power = exponent(counts, values[:, column])
            label = f"{mode}: n^{power:.2f}"
            axes.plot(counts, values[:, column], marker="o", color=COLORS[mode], label=label)
        axes.set(xscale="log", yscale="log", xlabel="pictures of 8×8 pixels", ylabel=name)
        for axis in (axes.xaxis, axes.yaxis):
            label_plainly(axis)
        axes.grid(color=PALE)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
        axes.legend(frameon=False, fontsize=8, ncols=3, loc="lower left", bbox_to_anchor=(0, 1))
    return figure


def main() -> None:
    """Measure and draw."""
    found = {}
    for mode in COLORS:
        found[mode] = np.array([measure(mode, count) for count in COUNTS])
        for count, (seconds, memory) in zip(COUNTS, found[mode], strict=True):
            print(f"{mode} {count:6}: {seconds:6.1f} s, {memory:5.0f} MiB")
    draw(found, COUNTS).savefig(DOCUMENTS / "size.png")


if __name__ == "__main__":
    main()
