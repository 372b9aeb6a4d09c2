"""Requests that no machine could meet: refused at once, with the largest value that would do."""

from pathlib import Path

from .finding import Finding
from .processes import run, words_of

LARGEST_PEAK = 200 * 2**20  # bytes; the imports of a font run take 100 MiB
LARGEST_LAYERS = [10_000] * 20
# Each with what the message must say.
REQUESTS = [
    ({"latent_layer_neurons": 10**9}, "10000"),
    ({"neurons_per_layer": [10**9]}, "10000"),
    ({"neurons_per_layer": [100] * 1000}, "20"),
    ({"epochs": 10**12}, "10000000"),
    ({"restarts": 10**9}, "10000"),
    ({"noisy_copies": 10**9, "mode": "DAE"}, "10000"),
    # 50,000 weights: the matrix of directions alone is 20 GB.
    ({"minimizer": "powell", "neurons_per_layer": [676]}, "23,170"),
    ({"neurons_per_layer": LARGEST_LAYERS}, "4 GiB"),
    ({"neurons_per_layer": [1000], "restarts": 10_000}, "at most"),
    ({"mode": "DAE", "noisy_copies": 10_000, "neurons_per_layer": [10_000]}, "4 GiB"),
    ({"epochs": 10_000_000, "restarts": 1000, "neurons_per_layer": []}, "at most 263,"),
    ({"sweep": [{"seed": list(range(400))}, {"beta": [1 + i / 400 for i in range(400)]}]}, "100,000"),
]


def oversized(workspace: Path, requests=REQUESTS) -> Finding:
    workspace.mkdir(parents=True, exist_ok=True)
    (workspace / "config.json").write_text("{}")
    failures, peaks = [], []
    for keys, largest in requests:
        ended = run([*words_of(keys), "--quiet"], workspace)
        peaks.append(ended.peak_bytes)
        wrong = ended.failures(2)
        wrong += [] if largest in ended.complained else [f"does not name {largest}: {ended.complained!r}"]
        wrong += ["something was written"] * (len(list(workspace.iterdir())) > 1)
        wrong += [f"{ended.peak_bytes / 2**20:.0f} MiB were used"] * (ended.peak_bytes > LARGEST_PEAK)
        failures += [f"{str(keys)[:80]}: {line}" for line in wrong]
    return Finding(
        "oversized requests",
        f"{len(requests)}: 10⁹ neurons, 10¹² epochs, Powell on 50,000 weights, …",
        f"{len(failures)} not refused with the largest value; peak {max(peaks) / 2**20:.0f} MiB",
        f"0; ≤ {LARGEST_PEAK / 2**20:.0f} MiB",
        failures,
    )
