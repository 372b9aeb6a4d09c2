"""Where runs are executed: processes of this machine, and a real Dask cluster on loopback."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from folders import content, rows

from main import main
from runner.config.errors import UserError
from runner.storage.folder import TEMPORARY
from runner.sweep import workers
from runner.sweep.workers import Execution, WorkerDied, answers
from tools.reference import ROOT


def process_of(_task):
    time.sleep(0.3)
    return os.getpid(), os.environ.get("OPENBLAS_NUM_THREADS"), os.environ.get("TF_NUM_INTRAOP_THREADS")


def die(_task):
    os.kill(os.getpid(), signal.SIGKILL)


def press_ctrl_c(task):
    os.kill(os.getpid(), signal.SIGINT)
    return task


def fail(task):
    raise ZeroDivisionError(task)


@pytest.fixture
def ctrl_c_raises():
    """Ctrl-C raises also where a shell started the tests in the background, which makes them ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("shards", [1, 2, 3, 7, 12])
def test_shards_are_parts_of_the_whole(shards):
    tasks = list(range(10))
    parts = [Execution(shard=(number + 1, shards)).part_of(tasks) for number in range(shards)]
    assert sorted(task for part in parts for task in part) == tasks
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert Execution(shard=(1, shards)).is_shard == (shards > 1)


def test_one_job_is_this_process():
    assert [pid for pid, _, _ in answers(process_of, [1], Execution(jobs=1))] == [os.getpid()]


def test_two_jobs_are_two_other_processes_with_one_thread_each(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    found = list(answers(process_of, list(range(6)), Execution(jobs=2)))
    assert len(found) == 6
    pids = {pid for pid, _, _ in found}
    assert len(pids) == 2
    assert os.getpid() not in pids
    assert {threads for _, *threads in map(list, found) for threads in threads} == {"1"}


def test_processes_do_not_hear_of_ctrl_c():
    assert sorted(answers(press_ctrl_c, [1, 2, 3], Execution(jobs=2))) == [1, 2, 3]


@pytest.mark.usefixtures("ctrl_c_raises")
def test_this_process_hears_of_ctrl_c():
    with pytest.raises(KeyboardInterrupt):
        list(answers(press_ctrl_c, [1], Execution(jobs=1)))
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_tasks_that_nobody_waits_for_are_cancelled_in_silence(recwarn):
    found = answers(process_of, list(range(6)), Execution(jobs=2))
    next(found)
    found.close()
    assert not recwarn.list


def test_a_single_task_is_not_run_in_this_process():
    ((pid, *_),) = answers(process_of, [1], Execution(jobs=2))
    assert pid != os.getpid()


def test_a_death_is_told_and_the_next_tasks_have_new_processes():
    with pytest.raises(WorkerDied):
        list(answers(die, [1], Execution(jobs=2)))
    assert len(list(answers(process_of, [1, 2], Execution(jobs=2)))) == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_a_task_is_no_death(jobs):
    with pytest.raises(ZeroDivisionError):
        list(answers(fail, [1, 2], Execution(jobs=jobs)))


def test_no_task_is_no_answer():
    assert list(answers(fail, [], Execution(jobs=2))) == []


# Dask


def test_without_dask_its_installation_is_named(monkeypatch, here, capsys):
    for name in ("distributed", "distributed.comm"):
        monkeypatch.setitem(sys.modules, name, None)
    assert main(["sweep.json", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    said = capsys.readouterr().err
    assert said == "error: --scheduler: needs Dask; install it with: pip install distributed\n"
    assert not (here / "results").exists()


@pytest.fixture
def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:{}", "127.0.0.1:{}", "127.0.0.1", "host:x", "nowhere"]
)
def test_an_address_without_a_scheduler_is_one_clear_line_before_anything_is_made(
    here, capsys, closed_port, address
):
    pytest.importorskip("distributed", reason="needs Dask")
    address = address.format(closed_port)
    start = time.monotonic()
    assert main(["sweep.json", "--scheduler", address]) == 2
    assert time.monotonic() - start < 8
    said = capsys.readouterr().err
    assert said.startswith(f"error: --scheduler: nothing answers at {address} (")
    assert said.count("\n") == 1
    assert not (here / "results").exists()


def test_what_is_no_scheduler_is_told(monkeypatch):
    pytest.importorskip("distributed", reason="needs Dask")
    monkeypatch.setattr(workers, "SECONDS_FOR_SCHEDULER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as other:
        execution = Execution(scheduler=f"tcp://127.0.0.1:{other.getsockname()[1]}")
        execution.check()
    with pytest.raises(UserError, match="is no scheduler"):  # it has gone meanwhile
        list(answers(process_of, [1], execution))


@contextmanager
def dask(folder, workers):
    """A scheduler with so many worker processes of one thread, started in the project; its file."""
    pytest.importorskip("distributed", reason="needs Dask")
    file = folder / "scheduler.json"
    common = ["--no-dashboard", "--scheduler-file", str(file)]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0", *common]
    worker = ["worker", "--nthreads", "1", "--local-directory", str(folder), *common]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            cwd=ROOT,
            start_new_session=True,  # its children are ended with it
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in (scheduler, *[worker] * workers)
    ]
    try:
        yield file
    finally:
        for process in reversed(processes):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler with two workers."""
    with dask(tmp_path_factory.mktemp("cluster"), workers=2) as file:
        yield scheduler_address(file, workers=2)


def scheduler_address(file, workers):
    from distributed import Client

    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        if workers:
            client.wait_for_workers(workers, timeout=60)
        return client.scheduler.address


@pytest.mark.usefixtures("ctrl_c_raises")
def test_ctrl_c_ends_the_wait_for_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "SECONDS_FOR_WORKERS", 20)
    with dask(tmp_path, workers=0) as file:
        execution = Execution(scheduler=scheduler_address(file, workers=0))
        ctrl_c = threading.Timer(2, os.kill, [os.getpid(), signal.SIGINT])
        start = time.monotonic()
        ctrl_c.start()
        with pytest.raises(KeyboardInterrupt):
            list(answers(process_of, [1], execution))
        assert 2 <= time.monotonic() - start < 15


def test_a_cluster_leaves_the_same_files(cluster, swept, here):
    assert main(["sweep.json", "--quiet", "--name", "cluster", "--scheduler", cluster]) == 1
    assert content(here / "results" / "cluster") == content(swept[0])


def kill_two_workers(address, folder, killed):
    """Kill a process that works for the scheduler once runs have begun, and another one later."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        for begun in (2, 5):
            while len(list(folder.glob("*/run.json"))) < begun:
                time.sleep(0.01)
            pids = [pid for pid in client.run(os.getpid, on_error="ignore").values() if pid not in killed]
            os.kill(pids[0], signal.SIGKILL)
            killed[pids[0]] = len(list(folder.glob("*/run.json")))


def test_workers_killed_at_work_lose_no_run(cluster, here):
    words = ["sweep.json", f'sweep=[{{"seed":{list(range(9))}}}]', "epochs=1500", "--quiet"]
    folder, killed = here / "results" / "cluster", {}
    killer = threading.Thread(target=kill_two_workers, args=(cluster, folder, killed))
    killer.start()
    code = main([*words, "--name", "cluster", "--scheduler", cluster])
    killer.join(timeout=60)
    assert len(killed) == 2
    assert max(killed.values()) < 9
    assert code == 0
    assert main([*words, "--name", "here", "--jobs", "1"]) == 0
    assert content(folder) == content(here / "results" / "here")
    assert [row["status"] for row in rows(folder / "runs.csv")] == ["done"] * 9
    assert not list(folder.rglob(f"*{TEMPORARY}"))
