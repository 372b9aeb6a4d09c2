"""Streams of random numbers are separate and start anew for each key."""

from itertools import product

from training.streams import Stream, generator


def test_no_two_streams_share_their_numbers():
    unkeyed = [generator(seed, stream).random() for seed, stream in product((0, 1, 2), Stream)]
    keyed = [generator(seed, s, key).random() for seed, s, key in product((0, 1), Stream, (1, 2, 3))]
    assert len(set(unkeyed + keyed)) == len(unkeyed) + len(keyed)


def test_the_same_key_gives_the_same_numbers():
    assert generator(3, Stream.NOISE, 7).random() == generator(3, Stream.NOISE, 7).random()
