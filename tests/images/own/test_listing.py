"""Which files of a folder are read, as which part and class; and that what is not read is told."""

import os
from pathlib import Path

import pytest
from drawing import draw, grey

from images.errors import DataError
from images.own.listing import ENDINGS, list_folder


@pytest.fixture
def tree(tmp_path):
    """Returns a function that makes files, empty ones, and lists their folder."""

    def make(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return list_folder(tmp_path)

    return make


def facts(listing):
    return [(file.inside.as_posix(), file.part, file.class_name) for file in listing.files]


def test_pictures_beside_each_other_are_in_natural_order_without_classes(tree):
    listing = tree("p10.png", "p2.PNG", "p1.jpeg", "q.webp")
    names = ["p1.jpeg", "p2.PNG", "p10.png", "q.webp"]
    assert facts(listing) == [(name, "train", None) for name in names]
    assert listing.remarks == []


def test_each_sub_folder_is_a_class_with_all_that_is_below_it(tree):
    listing = tree("c10/a.png", "c2/b.png", "c2/more/a.png", "c2/more/even/9.png", "empty/notes.txt")
    assert facts(listing) == [
        ("c2/b.png", "train", "c2"),
        ("c2/more/a.png", "train", "c2"),
        ("c2/more/even/9.png", "train", "c2"),
        ("c10/a.png", "train", "c10"),
    ]
    assert listing.remarks == ["passed over, not read as pictures: 1 (notes.txt)"]


@pytest.mark.parametrize(
    ("train", "test"), [("train", "test"), ("Training", "TESTING"), ("train", "valid")]
)
def test_folders_named_as_parts_are_the_parts(tree, train, test):
    listing = tree(f"{test}/cat/2.png", f"{train}/cat/1.png", f"{train}/dog/1.png")
    assert facts(listing) == [
        ("cat/1.png", "train", "cat"),
        ("dog/1.png", "train", "dog"),
        ("cat/2.png", "test", "cat"),
    ]
    assert listing.remarks == [f"the parts are its folders {train} and {test}"]


def test_a_validation_part_beside_a_test_part_is_left_out_and_told(tree):
    listing = tree("train/1.png", "val/2.png", "val/3.png", "test/4.png")
    assert facts(listing) == [("1.png", "train", None), ("4.png", "test", None)]
    assert "left out, as there is a test part: 2 in val" in listing.remarks


@pytest.mark.parametrize(
    "names", [("train/1.png", "car/2.png"), ("test/1.png", "val/2.png"), ("train/1.png", "training/1.png")]
)
def test_a_folder_that_only_happens_to_be_called_so_is_a_class(tree, names):
    listing = tree(*names)
    assert {part for _, part, _ in facts(listing)} == {"train"}
    assert len({class_name for _, _, class_name in facts(listing)}) == 2


def test_a_folder_in_a_folder_stands_for_it(tree):
    listing = tree("faces/images/cat/1.png", "faces/images/dog/1.png", "__MACOSX/faces/._1.png")
    assert [file.class_name for file in listing.files] == ["cat", "dog"]
    assert listing.remarks[0] == f"read from {Path('faces', 'images')} in it"


def test_one_class_stays_a_class(tree):
    assert facts(tree("cat/1.png")) == [("cat/1.png", "train", "cat")]


def test_what_is_passed_over_is_counted_with_its_reason(tree):
    listing = tree(
        *("1.png", ".DS_Store", ".hidden.png", "Thumbs.db", "a.heic", "b.txt", "c.csv", "d.svg", "png"),
    )
    assert facts(listing) == [("1.png", "train", None)]
    assert listing.remarks == [
        "passed over, not read as pictures: 5 (a.heic, b.txt, c.csv and 2 more)",
        "passed over, hidden or of the system: 3 (.DS_Store, .hidden.png, Thumbs.db)",
    ]


def test_a_link_back_to_its_own_folder_is_not_followed(tmp_path):
    draw(tmp_path / "cat" / "1.png", grey())
    (tmp_path / "cat" / "again").symlink_to(tmp_path)
    draw(tmp_path.parent / "elsewhere" / "2.png", grey())
    (tmp_path / "dog").symlink_to(tmp_path.parent / "elsewhere")
    listing = list_folder(tmp_path)
    assert [file.class_name for file in listing.files] == ["cat", "dog"]
    assert listing.remarks == ["passed over, links to a folder they are in: 1 (again)"]


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_endings_are_known_in_any_case(tree, ending):
    assert len(tree(f"a{ending}", f"b{ending.upper()}").files) == 2


def test_names_that_are_no_text_are_written_out(tmp_path):
    path = tmp_path / os.fsdecode(b"cl\xe9")
    try:
        path.mkdir()
    except OSError:
        pytest.skip("a file system whose names are text")
    draw(path / "1.png", grey())
    assert [file.class_name for file in list_folder(tmp_path).files] == ["cl\\udce9"]


@pytest.mark.parametrize(
    "names", [("a.png", "cat/a.png"), ("train/cat/a.png", "test/a.png", "test/cat/a.png")]
)
def test_pictures_beside_classes_are_refused(tree, names):
    with pytest.raises(DataError, match="pictures beside sub-folders; move each into that of its class"):
        tree(*names)


def test_a_folder_without_pictures_is_refused_with_what_it_has(tree):
    with pytest.raises(DataError, match=r"holds no pictures \(.*\.png .*\); it has a\.heic, b\.heic"):
        tree("a.heic", "b.heic")
