"""Streams of random numbers are separate and start anew for each key."""

from itertools import product

import numpy as np

from training.streams import Stream, generator


def test_no_two_streams_share_their_numbers():
    unkeyed = [generator(seed, stream).random() for seed, stream in product((0, 1, 2), Stream)]
    keyed = [generator(seed, s, key).random() for seed, s, key in product((0, 1), Stream, (1, 2, 3))]
    assert len(set(unkeyed + keyed)) == len(unkeyed) + len(keyed)


def test_the_same_key_gives_the_same_numbers():
    assert generator(3, Stream.NOISE, 7).random() == generator(3, Stream.NOISE, 7).random()


def test_the_numbers_of_the_streams_are_part_of_every_result():
    names = "WEIGHTS", "BATCHES", "NOISE", "TEST_NOISE", "SAMPLES"
    assert [Stream[name] for name in names] == [0, 1, 2, 3, 4]
    assert (Stream.VALIDATION, Stream.EVALUATION) == (2, 3)
    first = np.random.default_rng((4, 1, 2)).random(3)
    np.testing.assert_array_equal(generator(4, Stream.BATCHES, 2).random(3), first)
