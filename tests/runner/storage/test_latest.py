"""`latest` leads to the newest run, with and without links."""

from pathlib import Path

from runner.storage.latest import followed, point_to


def without_links(self, target, target_is_directory=False):
    raise OSError("A required privilege is not held by the client")


def test_where_there_are_no_links_a_file_says_which_folder_is_meant(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "symlink_to", without_links)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        point_to(tmp_path / name)
        assert (tmp_path / "latest").read_text() == name
        assert followed(tmp_path / "latest") == tmp_path / name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "latest", "second"]


def test_a_link_and_any_other_path_are_left_as_they_are(tmp_path):
    (tmp_path / "run").mkdir()
    point_to(tmp_path / "run")
    assert followed(tmp_path / "latest") == tmp_path / "latest"
    assert followed(tmp_path / "none") == tmp_path / "none"
