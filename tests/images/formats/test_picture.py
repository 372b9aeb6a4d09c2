"""One file: its pages, and the pixels of each as they are stored."""

import numpy as np
import pytest
from drawing import draw, grey, some_colors
from PIL import Image, ImageCms

from images.formats import picture
from images.formats.picture import decode, open_picture


def stored(path, wanted=(4, 4)):
    """Every page of a file."""
    return list(decode(open_picture(path), wanted))


def only(path):
    (page,) = stored(path)
    return page


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.gif", "a.tif", "a.pgm", "a.dib", "a.apng", "a.tiff"])
def test_grey_bytes_come_back_from_every_format_that_loses_nothing(tmp_path, name):
    draw(tmp_path / name, grey())
    np.testing.assert_array_equal(only(tmp_path / name).values, grey())


def test_grey_bytes_come_back_from_webp(tmp_path):
    draw(tmp_path / "a.webp", grey(), lossless=True)
    np.testing.assert_array_equal(only(tmp_path / "a.webp").values, grey())


@pytest.mark.parametrize("name", ["a.jpg", "a.jpe", "a.jfif", "a.jpeg"])
def test_a_photograph_is_nearly_what_it_was(tmp_path, name):
    smooth = np.add.outer(np.arange(32), np.arange(24)).astype(np.uint8) * 4
    Image.fromarray(smooth).save(tmp_path / name, "JPEG", quality=95)
    assert np.abs(only(tmp_path / name).values - smooth.astype(int)).max() <= 4


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("deep.png", np.array([[0, 257, 65535]], np.uint16)),
        ("deep.tif", np.array([[0, 257, 65535]], np.uint16)),
        ("whole.tif", np.array([[-5, 0, 70000]], np.int32)),
        ("float.tif", np.array([[0, 0.25, 1]], np.float32)),
        ("float.pfm", np.array([[0, 0.25, 1]], np.float32)),
    ],
)
def test_values_of_other_types_are_not_touched(tmp_path, name, values):
    draw(tmp_path / name, values)
    page = only(tmp_path / name)
    assert page.values.tolist() == values.tolist()
    assert page.values.dtype.isnative
    assert page.opacity is None


def test_sixteen_bits_of_the_other_byte_order_are_the_same_numbers(tmp_path):
    Image.fromarray(np.array([[1, 258]], np.uint16)).save(tmp_path / "a.tif")
    content = (tmp_path / "a.tif").read_bytes()
    big = Image.frombytes("I;16B", (2, 1), b"\x00\x01\x01\x02")
    big.save(tmp_path / "b.tif")
    assert content != (tmp_path / "b.tif").read_bytes()
    assert (
        only(tmp_path / "a.tif").values.tolist() == only(tmp_path / "b.tif").values.tolist() == [[1, 258]]
    )


def test_colours_become_luminance(tmp_path):
    draw(tmp_path / "colours.png", np.diag([255] * 3).astype(np.uint8)[None])
    assert only(tmp_path / "colours.png").values.tolist() == [[76, 150, 29]]


def test_palettes_and_single_bits_are_what_they_look_like(tmp_path):
    palette = Image.frombytes("P", (2, 1), b"\x01\x00")
    palette.putpalette([255, 0, 0, 0, 255, 0])
    palette.save(tmp_path / "palette.png")
    assert only(tmp_path / "palette.png").values.tolist() == [[150, 76]]
    draw(tmp_path / "bits.png", np.array([[True, False]]))
    assert only(tmp_path / "bits.png").values.tolist() == [[255, 0]]


def test_inks_of_print_become_what_they_look_like(tmp_path):
    inks = Image.fromarray(np.array([[[0, 0, 0, 0], [0, 0, 0, 255]]], np.uint8), "CMYK")
    inks.save(tmp_path / "print.tif")
    assert only(tmp_path / "print.tif").values.tolist() == [[255, 0]]


def test_lightness_is_the_first_channel_of_lab(tmp_path):
    Image.frombytes("LAB", (2, 1), bytes([10, 128, 128, 200, 128, 128])).save(tmp_path / "lab.tif")
    assert only(tmp_path / "lab.tif").values.tolist() == [[10, 200]]


def transparent(mode, *bands):
    return Image.merge(mode, [Image.fromarray(np.array([band], np.uint8)) for band in bands])


@pytest.mark.parametrize(
    "image",
    [
        transparent("RGBA", [255, 7], [255, 7], [255, 7], [0, 128]),
        transparent("LA", [255, 7], [0, 128]),
    ],
)
def test_opacity_is_kept_beside_the_grey(tmp_path, image):
    image.save(tmp_path / "a.png")
    page = only(tmp_path / "a.png")
    assert page.values.tolist() == [[255, 7]]
    assert page.opacity.tolist() == [[0, 128]]


def test_a_transparent_colour_of_a_palette_or_of_grey_is_opacity(tmp_path):
    palette = Image.frombytes("P", (2, 1), b"\x01\x00")
    palette.putpalette([255, 255, 255, 0, 0, 0])
    palette.save(tmp_path / "palette.png", transparency=0)
    assert only(tmp_path / "palette.png").opacity.tolist() == [[255, 0]]
    Image.fromarray(np.array([[5, 6]], np.uint8)).save(tmp_path / "grey.png", transparency=5)
    assert only(tmp_path / "grey.png").opacity.tolist() == [[0, 255]]


def test_what_is_opaque_all_over_has_no_opacity(tmp_path):
    transparent("LA", [1, 2], [255, 255]).save(tmp_path / "a.png")
    assert only(tmp_path / "a.png").opacity is None


@pytest.mark.parametrize("name", ["photo.png", "photo.tif"])
@pytest.mark.parametrize("small", [True, False])
def test_a_turned_photograph_is_turned_back(tmp_path, monkeypatch, name, small):
    monkeypatch.setattr(picture, "SMALL", 16_384 if small else 1)
    exif = Image.Exif()
    exif[0x0112] = 6
    draw(tmp_path / name, grey(2, 3), exif=exif)
    opened = open_picture(tmp_path / name)
    assert [page.size for page in opened.pages] == [(3, 2)]
    (page,) = decode(opened, (3, 2))
    assert page.values.tolist() == np.rot90(grey(2, 3), -1).tolist()


def test_each_page_of_a_stack_is_a_picture_and_a_smaller_copy_is_none(tmp_path, monkeypatch):
    pages = [Image.fromarray(grey(4, 3, first)) for first in (0, 50, 100)]
    pages[0].save(tmp_path / "stack.tif", save_all=True, append_images=pages[1:])
    for small in (16_384, 1):
        monkeypatch.setattr(picture, "SMALL", small)
        found = stored(tmp_path / "stack.tif")
        assert [page.values[0, 0] for page in found] == [0, 50, 100]
    copy = Image.fromarray(grey(2, 2))
    copy.encoderinfo = {"tiffinfo": {0x00FE: 1}}
    pages[0].save(tmp_path / "pyramid.tif", save_all=True, append_images=[copy])
    assert len(stored(tmp_path / "pyramid.tif")) == 1


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_of_an_animation_the_first_frame_counts(tmp_path, name):
    frames = [Image.fromarray(np.full((4, 4, 3), level, np.uint8)) for level in (30, 90, 200)]
    frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:], duration=40, lossless=True)
    opened = open_picture(tmp_path / name)
    assert opened.is_animation
    (page,) = decode(opened, (4, 4))
    assert np.abs(page.values.astype(int) - 30).max() <= 1


def test_what_is_in_a_file_counts_and_not_its_ending(tmp_path):
    Image.fromarray(grey()).save(tmp_path / "a.jpg", "PNG")
    np.testing.assert_array_equal(only(tmp_path / "a.jpg").values, grey())


def test_profiles_and_damaged_metadata_do_not_matter(tmp_path):
    draw(tmp_path / "a.png", grey(), icc_profile=b"no profile at all")
    np.testing.assert_array_equal(only(tmp_path / "a.png").values, grey())


def test_a_large_photograph_is_decoded_when_its_size_is_known_and_nearly_as_by_means(tmp_path):
    rows, columns = np.mgrid[:512, :768] / 40
    photo = (127 + 60 * np.sin(rows) + 60 * np.cos(columns * 1.3)).astype(np.uint8)
    Image.fromarray(photo).save(tmp_path / "a.jpg", quality=95)
    opened = open_picture(tmp_path / "a.jpg")
    assert [(page.size, page.stored) for page in opened.pages] == [((512, 768), None)]
    (page,) = decode(opened, (32, 48))
    assert page.values.shape == (128, 192)
    means = photo.reshape(128, 4, 192, 4).mean(axis=(1, 3))
    assert np.abs(page.values - means).max() < 3


def test_an_enormous_picture_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "LARGEST_PICTURE", 100)
    draw(tmp_path / "a.png", grey(1, 101))
    with pytest.raises(ValueError, match="101×1 pixels are too many"):
        open_picture(tmp_path / "a.png")


@pytest.mark.parametrize("content", [b"text", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_what_is_no_picture_is_an_error(tmp_path, content):
    (tmp_path / "b.png").write_bytes(content)
    with pytest.raises(ValueError, match="its content is none of PNG, JPEG, BMP"):
        open_picture(tmp_path / "b.png")


def test_an_empty_file_is_an_error_of_its_own(tmp_path):
    (tmp_path / "b.png").touch()
    with pytest.raises(ValueError, match="the file is empty"):
        open_picture(tmp_path / "b.png")


def colors(path):
    """The colours of the only page of a file."""
    (page,) = decode(open_picture(path, has_colors=True), (4, 4))
    return page.colors


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.tif", "a.ppm", "a.webp"])
@pytest.mark.parametrize("small", [True, False])
def test_colours_come_back_beside_the_very_same_luminance(tmp_path, monkeypatch, name, small):
    monkeypatch.setattr(picture, "SMALL", 16_384 if small else 1)
    (shown,) = some_colors(1)
    draw(tmp_path / name, shown, lossless=True)
    np.testing.assert_array_equal(colors(tmp_path / name), shown)
    (page,) = decode(open_picture(tmp_path / name, has_colors=True), (4, 4))
    np.testing.assert_array_equal(page.values, only(tmp_path / name).values)
    assert only(tmp_path / name).colors is None  # they were not asked for


def test_the_colours_of_palettes_of_inks_and_below_opacity_are_those_of_pillow(tmp_path):
    (shown,) = some_colors(1, 5, 6)
    palette = Image.fromarray(shown).quantize(16)
    palette.save(tmp_path / "palette.png", transparency=3)
    np.testing.assert_array_equal(colors(tmp_path / "palette.png"), np.asarray(palette.convert("RGB")))
    inks = Image.fromarray(shown).convert("CMYK")
    inks.save(tmp_path / "print.tif")
    np.testing.assert_array_equal(colors(tmp_path / "print.tif"), shown)
    inks.save(tmp_path / "print.jpg", quality=95)
    printed = Image.open(tmp_path / "print.jpg")
    assert printed.mode == "CMYK"
    np.testing.assert_array_equal(colors(tmp_path / "print.jpg"), np.asarray(printed.convert("RGB")))
    veiled = Image.fromarray(np.dstack([shown, shown[..., :1]]))
    veiled.save(tmp_path / "veiled.png")
    np.testing.assert_array_equal(colors(tmp_path / "veiled.png"), shown)


def test_the_colours_of_lab_are_those_of_a_profile(tmp_path):
    (shown,) = some_colors(1)
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lab = ImageCms.profileToProfile(Image.fromarray(shown), *profiles, outputMode="LAB")
    lab.save(tmp_path / "lab.tif")
    differences = np.abs(colors(tmp_path / "lab.tif").astype(int) - shown)
    assert np.median(differences) <= 1 and differences.max() <= 16  # what is left of 8 bits


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P", "I;16", "F"])
def test_a_picture_of_greys_has_no_colours_whatever_its_type(tmp_path, mode):
    image = Image.fromarray(grey()).convert("I" if mode == "I;16" else mode).convert(mode)
    image.save(tmp_path / ("a.tif" if mode == "F" else "a.png"))
    assert colors(next(tmp_path.iterdir())) is None
