"""The search for a known data set: every place in its turn, and nothing wrong is ever used.

A stand-in of a few pixels takes the place of MNIST, and a server on this machine that of the web.
"""

import gzip
import hashlib
import sys
from pathlib import Path

import numpy as np
import pytest

from images.errors import DataError
from images.formats.idx import write_idx
from images.known import fetching, sources
from images.known.fetching import run_command
from images.known.sources import FILES, KEYS, KnownSet, cache_folder, find, home, write_file

ARRAYS = {
    "train_images": np.arange(48, dtype=np.uint8).reshape(4, 4, 3),
    "train_labels": np.array([0, 1, 1, 0], np.uint8),
    "test_images": np.arange(24, dtype=np.uint8).reshape(2, 4, 3) + 100,
    "test_labels": np.array([1, 0], np.uint8),
}
CONTENTS = {part: write_idx(array) for part, array in ARRAYS.items()}


def no_package():
    raise DataError("no registry here")


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A machine without any data: its home is `tmp_path`."""
    for name in ("AUTOENCODER_DATA", "XDG_CACHE_HOME", "KERAS_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(sources, "DEBIAN_FOLDER", tmp_path / "debian")
    monkeypatch.setattr(fetching, "SILENCE", 1)
    return tmp_path


@pytest.fixture
def cache(machine):
    return machine / ".cache" / "latent-lab"


@pytest.fixture
def web(web):
    """The server, with the files of the stand-in."""
    web.files = {f"{FILES[part]}.gz": gzip.compress(content) for part, content in CONTENTS.items()}
    return web


def known(*urls, from_package=no_package) -> KnownSet:
    hashes = {part: hashlib.sha256(content).hexdigest() for part, content in CONTENTS.items()}
    return KnownSet("tiny", "tiny-set", ["0", "1"], hashes, urls, "package tiny", from_package)


def put(folder: Path, packed=False, parts=tuple(FILES)) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts:
        content = gzip.compress(CONTENTS[part]) if packed else CONTENTS[part]
        (folder / (FILES[part] + ".gz" * packed)).write_bytes(content)
    return folder


def put_npz(path: Path, **changes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **({KEYS[part]: array for part, array in ARRAYS.items()} | changes))
    return path


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def is_right(parts) -> bool:
    return set(parts) == set(ARRAYS) and all(np.array_equal(parts[part], ARRAYS[part]) for part in ARRAYS)


def flip(path: Path, place=-1):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


# The order of the search

PLACES = {
    "AUTOENCODER_DATA": "own",
    "Keras cache": ".keras/datasets",
    "Debian's folder": "debian",
}


@pytest.mark.parametrize("first", range(len(PLACES)))
def test_the_first_place_that_has_the_data_is_taken(machine, monkeypatch, web, first):
    monkeypatch.setenv("AUTOENCODER_DATA", str(machine / "own"))
    for folder in list(PLACES.values())[first:]:
        put(machine / folder / "tiny-set", packed=True)
    parts, source = find(known(web.url))
    assert is_right(parts)
    place, folder = list(PLACES.items())[first]
    assert source == f"{place} {machine / folder}"
    assert web.asked == []


def test_the_cache_comes_before_the_web_and_after_the_rest(machine, cache, web):
    put(cache / "tiny-set")
    assert find(known(web.url))[1] == f"cache {cache}"
    put(machine / "debian" / "tiny-set")
    assert find(known(web.url))[1] == f"Debian's folder {machine / 'debian'}"
    assert web.asked == []


def test_the_web_comes_before_the_package(cache, web):
    parts, source = find(known(web.url, from_package=pytest.fail))
    assert is_right(parts)
    assert source == f"downloaded from {web.url}, kept in {cache}"


def test_the_package_is_the_last_resort(cache, web):
    web.files.clear()
    parts, source = find(known(web.url, from_package=lambda: CONTENTS))
    assert is_right(parts)
    assert source == f"taken from the package tiny, kept in {cache}"
    assert is_right(find(known())[0])


def test_parts_from_several_places_make_one_set(machine, cache, web):
    put(machine / ".keras" / "datasets" / "tiny-set", parts=("train_images",))
    put(cache / "tiny-set", parts=("train_labels",))
    parts, source = find(known(web.url))
    assert is_right(parts)
    assert source.startswith("Keras cache")
    assert web.asked == [f"{FILES[part]}.gz" for part in ("test_images", "test_labels")]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("folder", [".", "tiny-set"])
def test_files_may_be_packed_and_in_a_folder_of_their_own(cache, folder, packed):
    put(cache / folder, packed)
    assert is_right(find(known())[0])


def test_one_npz_file_is_as_good_as_four(machine):
    put_npz(machine / ".keras" / "datasets" / "tiny.npz")
    assert is_right(find(known())[0])


def test_the_folder_of_keras_can_be_named(machine, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(machine / "keras"))
    put(machine / "keras" / "datasets" / "tiny-set")
    assert find(known())[1].startswith("Keras cache")


# What is wrong is never used


@pytest.mark.parametrize("place", [0, 3, 7, 16, 30, -1])
@pytest.mark.parametrize("part", FILES)
def test_a_file_with_one_flipped_bit_is_not_used(cache, part, place):
    path = put(cache / "tiny-set") / FILES[part]
    flip(path, min(place, len(CONTENTS[part]) - 1))
    with pytest.raises(DataError) as raised:
        find(known())
    assert f"not used: {path} (damaged or not tiny: SHA-256 " in str(raised.value)
    assert f"cache {cache} lacks {FILES[part]};" in str(raised.value)
    assert "Remove what is there but was not used" in str(raised.value)


@pytest.mark.parametrize("content", [b"", CONTENTS["train_images"][:-1], CONTENTS["train_images"] + b"\0"])
def test_a_file_of_another_length_is_not_used(cache, content):
    (put(cache / "tiny-set") / FILES["train_images"]).write_bytes(content)
    with pytest.raises(DataError, match="damaged or not tiny"):
        find(known())


def test_the_search_goes_on_behind_a_wrong_file_and_tells_of_it(machine, cache):
    wrong = put(machine / ".keras" / "datasets" / "tiny-set") / FILES["test_images"]
    flip(wrong)
    put(cache / "tiny-set", packed=True)
    parts, source = find(known())
    assert is_right(parts)
    assert f"; not used: {wrong} (damaged" in source


def test_a_wrong_file_does_not_hide_the_right_one_beside_it(cache):
    put(cache / "tiny-set", packed=True)
    flip(put(cache / "tiny-set", parts=("train_images",)) / FILES["train_images"])
    assert is_right(find(known())[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"x_train": ARRAYS["train_images"] ^ 1},
        {"x_train": ARRAYS["train_images"].astype(float)},
        {"x_train": ARRAYS["train_images"].reshape(4, 12)},
        {"x_train": np.array([None])},
        {"x_train": np.uint8(1)},
    ],
    ids=["one bit", "another type", "another shape", "objects", "one number"],
)
def test_a_wrong_npz_file_is_not_used(machine, changes):
    path = put_npz(machine / ".keras" / "datasets" / "tiny.npz", **changes)
    with pytest.raises(DataError) as raised:
        find(known())
    assert f"not used: {path} (" in str(raised.value)


def test_a_wrong_file_in_the_cache_is_set_aside_when_the_right_one_comes(cache, web):
    path = put(cache / "tiny-set") / FILES["test_labels"]
    flip(path)
    wrong = path.read_bytes()
    assert is_right(find(known(web.url))[0])
    assert path.read_bytes() == CONTENTS["test_labels"]
    assert path.with_name(f"{path.name}.damaged").read_bytes() == wrong
    assert find(known())[1] == f"cache {cache}"


# Downloads


def test_a_download_lands_once(cache, web):
    assert is_right(find(known(web.url))[0])
    assert sorted(web.asked) == sorted(web.files)
    assert files_in(cache) == sorted(f"tiny-set/{name}" for name in FILES.values())
    for part, name in FILES.items():
        assert (cache / "tiny-set" / name).read_bytes() == CONTENTS[part]
    web.asked.clear()
    assert is_right(find(known(web.url))[0])
    assert web.asked == []


BROKEN = {
    "cut off": lambda good: good[: len(good) // 2],
    "empty": lambda good: b"",
    "a page of words": lambda good: b"<html>Please log in</html>",
    "another content": lambda good: gzip.compress(bytes(20)),
    "a flipped bit": lambda good: good[:12] + bytes([good[12] ^ 8]) + good[13:],
    "not packed": gzip.decompress,
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_download_never_stays(cache, web, broken):
    name = f"{FILES['test_images']}.gz"
    web.files[name] = broken(web.files[name])
    with pytest.raises(DataError, match=f"download from {web.url}: {name}: "):
        find(known(web.url))
    kept = [FILES[part] for part in ("train_images", "train_labels")]
    assert files_in(cache) == sorted(f"tiny-set/{file}" for file in kept)


def test_a_connection_that_breaks_is_told(cache, web):
    web.promises = 1000
    for name, content in web.files.items():
        web.files[name] = content[:-10]
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte\.gz: a gzip file that is cut off"):
        find(known(web.url))
    assert files_in(cache) == []


def test_the_next_server_is_asked_for_what_the_first_has_not(web):
    assert is_right(find(known(f"{web.url}/nothing-here", web.url))[0])
    assert web.asked[0] == "nothing-here/train-images-idx3-ubyte.gz"
    assert sorted(web.asked[1:]) == sorted(web.files)


def test_data_that_cannot_be_kept_can_be_used(machine, web):
    (machine / ".cache").write_text("a file where a folder should be")
    parts, source = find(known(web.url))
    assert is_right(parts)
    assert "could not be written" in source


def test_nothing_half_written_stays(machine, monkeypatch):
    def full(path, content):
        with path.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device")

    path = machine / "folder" / "file"
    write_file(path, b"old")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, b"new")
    assert files_in(machine) == ["folder/file"]
    assert path.read_bytes() == b"old"


def test_a_package_with_another_content_is_not_used(cache):
    with pytest.raises(DataError, match="package tiny: damaged or not tiny: SHA-256"):
        find(known(from_package=lambda: CONTENTS | {"train_images": CONTENTS["test_images"]}))
    assert not cache.exists()


# Nothing was found


def test_one_message_tells_all_that_was_tried_and_the_remedy(machine, cache):
    with pytest.raises(DataError) as raised:
        find(known("http://127.0.0.1:1"))
    lines = str(raised.value).splitlines()
    assert lines[0] == "the data set tiny was not found; tried in this order:"
    assert [line.removeprefix("  - ").split(" ")[0] for line in lines[1:7]] == [
        "AUTOENCODER_DATA:",
        "Keras",
        "Debian's",
        "cache",
        "download",
        "package",
    ]
    assert lines[1].endswith("AUTOENCODER_DATA: not set")
    assert "train-images-idx3-ubyte.gz: <urlopen error" in lines[5]
    assert lines[6].endswith("package tiny: no registry here")
    assert lines[7].endswith(f"into {cache / 'tiny-set'}: {', '.join(FILES.values())};")
    assert lines[8].startswith(f"or tiny.npz into {cache}; AUTOENCODER_DATA")
    assert len(lines) == 9


def test_doing_as_the_message_says_helps(cache):
    with pytest.raises(DataError):
        find(known())
    put(cache / "tiny-set")
    assert is_right(find(known())[0])


# Folders


def test_the_cache_is_where_the_user_wants_it(machine, monkeypatch):
    assert cache_folder() == machine / ".cache" / "latent-lab"
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert cache_folder() == Path("/elsewhere/latent-lab")
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cache_folder() == machine / ".cache" / "latent-lab"
    monkeypatch.setenv("AUTOENCODER_DATA", "/data")
    assert cache_folder() == Path("/data")
    monkeypatch.setenv("AUTOENCODER_DATA", "~/data")
    assert cache_folder() == machine / "data"


def test_downloads_go_to_the_folder_that_is_named(machine, monkeypatch, web):
    monkeypatch.setenv("AUTOENCODER_DATA", str(machine / "data"))
    find(known(web.url))
    assert len(files_in(machine / "data" / "tiny-set")) == 4
    assert not (machine / ".cache").exists()


def test_a_folder_that_is_named_is_searched_once(machine, monkeypatch):
    monkeypatch.setenv("AUTOENCODER_DATA", str(machine / "data"))
    with pytest.raises(DataError) as raised:
        find(known())
    assert str(raised.value).count(f"{machine / 'data'} has none of its files") == 1


def homeless():
    raise RuntimeError("Could not determine home directory.")


def test_a_machine_without_home_folder_has_one_for_temporary_files(monkeypatch):
    monkeypatch.setenv("HOME", "")
    assert home().is_absolute()
    monkeypatch.setattr(Path, "home", homeless)
    assert home().is_dir()
    assert cache_folder() == home() / ".cache" / "latent-lab"


def test_a_command_that_does_not_end_is_a_step_that_failed(monkeypatch, tmp_path):
    monkeypatch.setattr(fetching, "PATIENCE", 0.2)
    command = [sys.executable, "-c", "import time; time.sleep(9)"]
    with pytest.raises(DataError, match=r"package tiny: .*timed out after 0\.2 seconds"):
        find(known(from_package=lambda: run_command(command, str(tmp_path))))
