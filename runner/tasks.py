"""What the command line can ask for.

Each step is imported when its turn has come, so that help and mistakes are answered at once.
"""

from runner.command_line import Options


def run(options: Options) -> int:
    """Check every config, then load what trains them, then run them in turn."""
    from runner.config_file import load_config

    configs = [load_config(path, options.overrides) for path in options.configs]
    from runner.run import run_and_save

    return max([run_and_save(config, options) for config in configs])


def decode(options: Options) -> int:
    """Decode latent points of a finished run."""
    from runner.decode import decode_and_save
    from runner.terminal import Terminal

    decode_and_save(options.folder, options.points, Terminal(options.quiet))
    return 0


def data(options: Options) -> int:
    """Fetch and verify the image data sets, and say where they are."""
    from runner.errors import UserError
    from runner.terminal import Terminal
    from vae.datasets import DataError, fetch_all

    terminal = Terminal(options.quiet)
    try:
        for images in fetch_all():
            terminal.say(f"{images.name}: {images.source}")
    except DataError as error:
        raise UserError(str(error)) from None
    return 0


TASKS = {"run": run, "decode": decode, "data": data}
