"""What the command line can ask for.

Each step is imported when its turn has come, so that help and mistakes are answered at once.
"""

from typing import TYPE_CHECKING

from runner.cli.options import Options

if TYPE_CHECKING:
    from runner.config.keys import Config
    from runner.console.terminal import Terminal


def run(options: Options) -> int:
    """Check every config, then load what trains them, then run them in turn."""
    from runner.config.file import load_config
    from runner.console.terminal import Terminal

    configs = [load_config(path, options.overrides) for path in options.configs]
    return max([_run_one(config, options, Terminal(options.quiet)) for config in configs])


def _run_one(config: "Config", options: Options, terminal: "Terminal") -> int:
    if config.sweep:
        from runner.sweep.sweep import run_sweep

        return run_sweep(config, options.results, options.name, options.execution, terminal)
    from runner.run import run_and_save

    with options.execution.of_a_single_run("this config"):
        return run_and_save(config, options.results, options.name, terminal)


def resume(options: Options) -> int:
    """Go on with an interrupted run or sweep."""
    from runner.config.file import load_config
    from runner.console.terminal import Terminal

    terminal = Terminal(options.quiet)
    if load_config(options.run / "config.json").sweep:
        from runner.sweep.sweep import resume_sweep

        return resume_sweep(options.run, options.execution, terminal)
    from runner.run import resume_run

    with options.execution.of_a_single_run(str(options.run)):
        return resume_run(options.run, terminal)


def compare(options: Options) -> int:
    """What differs between runs, and their numbers side by side."""
    from runner.compare.report import compare_and_save
    from runner.console.terminal import Terminal

    compare_and_save(options.folders, options.results, options.name, Terminal(options.quiet))
    return 0


def decode(options: Options) -> int:
    """Decode latent points of a finished run."""
    from runner.console.terminal import Terminal
    from runner.decode import decode_and_save

    decode_and_save(options.run, options.points, Terminal(options.quiet))
    return 0


def encode(options: Options) -> int:
    """Codes of pictures that a finished run has not seen."""
    from runner.console.terminal import Terminal
    from runner.encode import encode_and_save

    encode_and_save(options.run, options.unseen, Terminal(options.quiet))
    return 0


def export(options: Options) -> int:
    """The network of a finished run as files for another program."""
    from runner.console.terminal import Terminal
    from runner.export import export_and_save

    export_and_save(options.run, Terminal(options.quiet))
    return 0


def runs(options: Options) -> int:
    """What is in a folder of results."""
    from runner.console.terminal import Terminal
    from runner.runs import list_runs

    list_runs(options.run, Terminal(options.quiet))
    return 0


def gallery(options: Options) -> int:
    """All pages of a folder of results, with an index."""
    from runner.console.terminal import Terminal
    from runner.gallery import write_gallery

    write_gallery(options.run, options.name, Terminal(options.quiet))
    return 0


def prune(options: Options) -> int:
    """Remove what failed or was interrupted."""
    from runner.console.terminal import Terminal
    from runner.prune import prune as remove

    remove(options.run, options.is_sure, Terminal(options.quiet))
    return 0


def data(options: Options) -> int:
    """Fetch and verify the image data sets, and say where they are."""
    from images.datasets import DataError, fetch_all
    from runner.config.errors import UserError
    from runner.console.terminal import Terminal

    terminal = Terminal(options.quiet)
    try:
        for images in fetch_all():
            terminal.say(f"{images.name}: {images.source}")
    except DataError as error:
        raise UserError(str(error)) from None
    return 0


TASKS = {
    "run": run,
    "decode": decode,
    "encode": encode,
    "export": export,
    "resume": resume,
    "compare": compare,
    "data": data,
    "runs": runs,
    "gallery": gallery,
    "prune": prune,
}
