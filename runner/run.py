"""One run, from its config to a finished folder, and going on with one that was interrupted."""

from array import array
from pathlib import Path
from time import perf_counter
from typing import Any

from runner.config.errors import UserError, listed
from runner.config.file import load_config
from runner.config.keys import Config
from runner.config.usage import passed_over
from runner.console.signals import Interrupted, asking_to_stop, naming_the_way_back
from runner.console.terminal import Terminal
from runner.experiment import Experiment, prepare
from runner.files import write_pages, write_pictures, write_tables
from runner.result.last_words import last_words
from runner.result.moments import FILE as MOMENTS
from runner.result.moments import moments_bytes
from runner.result.result import Result
from runner.result.training_state import finished_state, finished_training
from runner.storage.checkpoints import (
    CheckpointError,
    CheckpointStore,
    OtherConfigError,
    TimedCheckpoints,
    remove_checkpoints,
)
from runner.storage.folder import OutputFolder, dated
from runner.storage.record import DIVERGED, RunRecord, json_text, reading_lines, status
from training.watch import ResumeError, Stop, Watch

EXIT_DIVERGED = 3


def run_and_save(config: Config, results: Path, name: str | None, terminal: Terminal) -> int:
    """Train into a new folder of `results`, say what was learned. Returns the exit code.

    Raises UserError before anything is written if the config cannot be run, and Interrupted after a
    signal, when all that was reached is saved.
    """
    experiment = prepare(config)
    folder = OutputFolder.make(results, name or run_name(config))
    folder.become_latest()
    with folder.alone():
        return _exit_code(train_into(folder, config, experiment, terminal))


def resume_run(path: Path, terminal: Terminal) -> int:
    """Go on with a run from its last saved state. Returns the exit code.

    Raises UserError if its config is not the one it was started with, otherwise as `run_and_save`.
    """
    # A run that was killed before its first line of run.json has nothing to tell yet.
    record = RunRecord.read(path) if (path / "run.json").exists() else None
    if record and record.is_settled:
        remove_checkpoints(path)  # A kill may have come before.
        terminal.say(f"{path} is finished ({record.status}); there is nothing to go on with")
        return EXIT_DIVERGED if record.status == "failed" else 0
    config, folder = load_config(path / "config.json"), OutputFolder(path)
    with folder.alone():
        folder.remove_leftovers()
        return _exit_code(train_into(folder, config, prepare(config), terminal))


def train_into(folder: OutputFolder, config: Config, experiment: Experiment, terminal: Terminal) -> Result:
    """Train from where the folder's checkpoint is, and fill the folder; the status comes last.

    A file that cannot be made is named, and kept from nothing else; the training stays in the checkpoint.
    Raises Interrupted after a signal; the files then show what was reached.
    """
    started = perf_counter()
    store = _checkpoints(folder, config, experiment, terminal)
    folder.write("config.json", json_text(config.model_dump()))
    data = experiment.data
    with (
        status(folder, data=data.facts, data_sha256=data.sha256) as facts,
        naming_the_way_back(folder.path, terminal.say),
    ):
        _say_what_is_learned(experiment, facts, terminal)
        result, signals = _trained(experiment, config, store, terminal)
        # What took long comes first: whatever fails from here on, the network is there.
        folder.write("model.npz", result.model_bytes())
        if config.plots:
            folder.write(MOMENTS, moments_bytes(result.best.moments))
        for line in last_words(result):
            terminal.say(line)
        # Who interrupts a run waits for its pictures, but not for the pages as well.
        missing = _write_files(result, folder, terminal, has_pages=not signals)
        seconds = store.seconds + perf_counter() - started
        folder.write("summary.json", json_text({**result.summary, "total_seconds": seconds}))
        if missing:
            facts["missing"] = missing
            _keep_for_later(result, store, seconds - store.seconds, folder)
            terminal.say(f"log.txt says more; once it is mended: python main.py --resume {folder.path}")
        terminal.say(f"{seconds:.1f} s in all; look into {folder.path}")
        folder.write("log.txt", terminal.log)
        if signals:
            raise Interrupted(signals[0])
        if result.diverged:
            facts |= {"status": "failed", "reason": DIVERGED}
    if not missing:
        # Not before run.json says that they are not needed any more: a kill in between would lose all.
        remove_checkpoints(folder.path)
    return result


def _say_what_is_learned(experiment: Experiment, facts: dict[str, Any], terminal: Terminal) -> None:
    """What was read, on what it trains, if that is not the processor, and which keys nothing comes of."""
    accelerator = experiment.trainer.accelerator
    facts["trained_on"] = accelerator or "processor"
    first, *others = reading_lines(experiment.data.facts)
    for line in [f"{first}; on {accelerator}" if accelerator else first, *others]:
        terminal.say(line)
    for line in passed_over(experiment.config):
        terminal.say(f"  {line}")


def _keep_for_later(result: Result, store: CheckpointStore, seconds: float, folder: OutputFolder) -> None:
    """Let the checkpoint be the whole training, so that `--resume` makes files without another one."""
    if result.is_partial:
        return  # The training goes on first, from where its own checkpoint is.
    state = finished_state(result.training, result.training_seconds, result.data.cell)
    try:
        store.write(state, array("d"), seconds)
    except OSError as error:
        raise UserError(f"{folder.path}: cannot be written ({error.strerror})") from None


def _checkpoints(
    folder: OutputFolder, config: Config, experiment: Experiment, terminal: Terminal
) -> CheckpointStore:
    """The checkpoints of the folder, the newest usable one loaded; says what is lost of them.

    A new run begins with a checkpoint of nothing, which knows its config; that of a sweep's run is known.

    Raises UserError if they belong to another config or to other data.
    """
    store = CheckpointStore(folder.path, {**config.model_dump(), "data": experiment.data.sha256})
    try:
        for complaint in store.load():
            terminal.say(f"checkpoint: {complaint}; going on from the one before")
    except OtherConfigError as error:
        raise UserError(
            f"{folder.path}: was started with another {listed(error.keys)};"
            " put that back, or start a new run with: python main.py"
            f" {folder.path / 'config.json'}"
        ) from None
    except CheckpointError as error:
        terminal.say(f"checkpoint: {error}; starting from the beginning")
    if not store.state and not folder.is_one_of_many:
        try:
            store.begin()
        except OSError as error:
            raise UserError(f"{folder.path}: cannot be written ({error.strerror})") from None
    return store


def _trained(
    experiment: Experiment, config: Config, store: CheckpointStore, terminal: Terminal
) -> tuple[Result, list[int]]:
    """The result, and the signals that ended the training early; a finished training is not repeated."""
    if (finished := finished_training(store.state, config)) is not None:
        return experiment.result(*finished), []
    with terminal.progress(config.epochs, experiment.trainer.measure) as report:
        watch = Watch(report, TimedCheckpoints(store, terminal.say), Stop())

        def request_stop() -> bool:
            watch.stop.request()
            return watch.has_begun

        with asking_to_stop(request_stop) as signals:
            try:
                result = experiment.run(watch)
            except ResumeError as error:
                raise UserError(f"{error}; start a new run with the same config.json") from None
    return result, signals if result.is_partial else []


def _exit_code(result: Result) -> int:
    return EXIT_DIVERGED if result.diverged else 0


def _write_files(
    result: Result, folder: OutputFolder, terminal: Terminal, has_pages: bool
) -> dict[str, str]:
    """Write tables, pictures and pages, as far as they are wanted. Returns what is missing, and why."""
    missing = write_tables(result, folder, terminal)
    if result.config.plots:
        missing |= write_pictures(result, folder, terminal)
        if result.config.explorer and has_pages:
            missing |= write_pages(result, folder, terminal)
    return missing


def run_name(config: Config) -> str:
    """`2026-11-22_143005_default_adam_z2`: when, what, how, and the size of the bottleneck."""
    words = [config.mode.lower(), config.minimizer, f"z{config.latent_layer_neurons}"]
    if config.data != Config(mode=config.mode).data:
        words.insert(1, config.data)
    return dated("_".join(words))
