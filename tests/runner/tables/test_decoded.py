"""The tables of drawings hold every point that was asked for, pixel by pixel."""

import numpy as np
import pandas
import pytest
from reading import cells, read

from runner.tables.decoded import decoded_points, generated, grid, interpolations


def test_interpolations_are_three_pairs_of_five_steps(default_result):
    table = read(interpolations(default_result))
    assert table.groupby("pair", sort=False)["step"].unique().map(list).to_dict() == {
        kind: [1, 2, 3, 4, 5] for kind in ("closest", "median", "farthest")
    }
    values = table["value"].to_numpy().reshape(3, 5, 35)
    np.testing.assert_array_equal(values, default_result.between.pictures)
    names = default_result.data.judged.names
    pairs = [(pair.kind, names[pair.first], names[pair.second]) for pair in default_result.pairs]
    found = table[["pair", "from", "to"]].drop_duplicates().itertuples(index=False, name=None)
    assert list(found) == pairs


def test_the_grid_holds_every_pixel_top_row_first(any_result):
    table = pandas.DataFrame(cells(grid(any_result)))
    pictures = any_result.grid.pictures
    values = table["value"].to_numpy().astype(pictures.dtype)
    np.testing.assert_array_equal(values, pictures.ravel())
    rows, columns = pictures.shape[:2]
    places = table[["grid_row", "grid_column"]].astype(int).drop_duplicates().to_numpy()
    np.testing.assert_array_equal(places, list(np.ndindex(rows, columns)))
    first = table["z1"].astype(float).to_numpy()[:: pictures.shape[-1]]
    np.testing.assert_array_equal(first, any_result.grid.codes[..., 0].ravel())


@pytest.mark.parametrize("name", ["default_result", "image_result", "letter_vae_result", "grey_result"])
def test_generated_points_are_those_of_the_config(request, name):
    result = request.getfixturevalue(name)
    table = read(generated(result))
    pixels = result.pixels.shape[1]
    points = table[["z1", "z2"]].to_numpy()[::pixels]
    np.testing.assert_array_equal(points, result.config.generate)
    np.testing.assert_array_equal(table["point"][::pixels], range(len(points)))
    values = table["value"].to_numpy().astype(result.generated.pictures.dtype)
    np.testing.assert_array_equal(values, result.generated.pictures.ravel())


def test_without_points_there_are_no_rows(few_result):
    header, rows = generated(few_result)
    assert header == ["point", "z1", "z2", "row", "column", "value"]
    assert list(rows) == []


def test_the_nearest_known_picture_is_named_where_there_is_one(default_result):
    names = default_result.data.judged.names
    decoded = default_result.decode(default_result.codes.means)
    table = read(decoded_points(decoded, names, (7, 5)))
    assert table["nearest"][::35].tolist() == [names[row] for row in decoded.nearest]
    assert table["nearest_distance"][::35].tolist() == decoded.distance.tolist()
    assert table["row"].max() == 6
    assert table["column"].max() == 4
