"""Keras `fit`: a script that learns a problem, `python -m benchmarks.peers.fonts_keras FILE HOW`.

HOW is `epochs` (a call of a batch each, as one writes it) or `repeated` (one epoch over the repeated
set, a hundred steps in each call, which spares most of what an epoch costs).
"""

import json
import sys

import keras
import tensorflow as tf

from benchmarks.peers.problem import Problem, learned, read_problem


def build(problem: Problem):
    """The compiled model with the initial weights."""
    keras.config.set_floatx(str(problem.inputs.dtype))
    model = keras.Sequential([keras.Input((problem.units[0],))])
    for units, activation in zip(problem.units[1:], [*problem.activations[:-1], "linear"], strict=True):
        model.add(keras.layers.Dense(units, activation))
    for layer, (weights, bias) in zip(model.layers, problem.layers, strict=True):
        layer.set_weights([weights.T, bias])
    rates = tf.constant(problem.rates, problem.inputs.dtype)

    class Schedule(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return tf.gather(rates, tf.cast(step, tf.int32))

    def loss(targets, outputs):
        cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits(targets, 2 * outputs)
        return tf.reduce_sum(cross_entropy, axis=-1)

    return model, keras.optimizers.Adam(Schedule(), epsilon=1e-8), loss


def main(path: str, how: str) -> None:
    """Train, and print how many characters were learned."""
    problem = read_problem(path)
    model, optimizer, loss = build(problem)
    inputs, targets, steps = problem.inputs, problem.targets, len(problem.rates)
    if how == "repeated":
        model.compile(optimizer, loss, steps_per_execution=100)
        batches = tf.data.Dataset.from_tensors((inputs, targets)).cache().repeat()
        model.fit(batches, steps_per_epoch=steps, verbose=0)
    else:
        model.compile(optimizer, loss)
        model.fit(inputs, targets, batch_size=len(inputs), epochs=steps, shuffle=False, verbose=0)
    print(json.dumps([learned(model.predict(inputs, verbose=0), targets)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
