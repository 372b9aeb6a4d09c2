"""What was read."""

from drawing import some

from images.own.reading import Reading


def test_names_and_remarks_are_only_there_if_there_are_some():
    reading = Reading({"train_images": some()}, [])
    assert (reading.names, reading.remarks) == ({}, [])
