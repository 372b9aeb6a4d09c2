"""What is held back for `patience`: a tenth, chosen by the seed, of pictures that have a test part."""

from dataclasses import replace

import numpy as np
from loading import config

from runner.loading import load_data
from runner.models.held_back import without_held_back


def test_a_tenth_is_held_back_in_the_order_it_had(image_file):
    data = load_data(config(data="images", vae_dataset=str(image_file)))
    rows = np.arange(300, dtype=np.uint16)[:, None]
    counted = replace(data, train=replace(data.train, pixels=rows))
    kept, held_back = without_held_back(counted, 5, 0)
    assert (len(kept), len(held_back)) == (270, 30)
    for part in (kept, held_back):
        assert (np.diff(part[:, 0]) > 0).all()
    assert not set(kept[:, 0]) & set(held_back[:, 0])
    np.testing.assert_array_equal(without_held_back(counted, 5, 0)[1], held_back)
    assert (without_held_back(counted, 5, 1)[1] != held_back).any()


def test_nothing_is_held_back_without_patience_or_a_test_part(image_file):
    data = load_data(config(data="images", vae_dataset=str(image_file)))
    letters = load_data(config())
    for found, patience in ((data, None), (letters, None), (letters, 3)):
        pixels, held_back = without_held_back(found, patience, 0)
        assert pixels is found.train.pixels
        assert held_back is None
