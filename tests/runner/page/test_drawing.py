"""`drawing.js` in a browser: what takes longer than a frame is there coarsely at once, then as it is."""

import pytest
from browsing import computing

from runner.page.html_page import own_script

WAIT = "const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));"
BUSY = (
    "const busy = (milliseconds) => {"
    "const end = performance.now() + milliseconds; while (performance.now() < end); };"
)


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after `drawing.js`; `args` are the values."""
    return computing(browser, f"{own_script('network/drawing.js')} {WAIT} {BUSY}")


def test_cells_come_coarse_first_and_each_once(compute):
    order = compute("return coarseToFine(15, 15)")
    assert sorted(order) == list(range(225))
    assert order[:4] == [0, 8, 8 * 15, 8 * 15 + 8]
    assert set(order[:16]) == {15 * row + column for row in range(0, 15, 4) for column in range(0, 15, 4)}
    assert compute("return coarseToFine(1, 15)")[:3] == [0, 8, 4]


def test_a_cell_shows_the_finest_picture_that_there_is(compute):
    script = (
        "const pictures = []; for (const i of args[0]) pictures[i] = `${i}`;"
        "return finest(pictures, args[1], 15)"
    )
    assert compute(script, [], 7) is None
    assert compute(script, [0], 224) == "0"
    assert compute(script, [0, 8 * 15 + 8], 224) == str(8 * 15 + 8)
    assert compute(script, [0, 224], 224) == "224"


def test_work_is_parted_into_frames_and_all_of_it_is_done(compute):
    at_once, pauses, done = compute(
        "let pauses = 0; const order = [];"
        "inFrames([0, 1, 2, 3, 4, 5].map((i) => () => { busy(7); order.push(i); }), () => pauses++);"
        "const atOnce = order.length; await wait(500); return [atOnce, pauses, order]"
    )
    assert 1 <= at_once <= 4
    assert pauses >= 2
    assert done == [0, 1, 2, 3, 4, 5]
    assert compute("let pauses = 0; inFrames([], () => pauses++); return pauses") == 1


def test_a_slow_network_draws_coarsely_at_once_and_finely_when_the_code_rests(compute):
    at_once, all_drawn = compute(
        "const decode = timed((code) => { busy(25); return `fine ${code}`; });"
        "const run = { decode, coarse: () => 'coarse' };"
        "const drawn = [], drawing = new Drawing(run, (picture) => drawn.push(picture));"
        "for (const code of [1, 2, 3]) drawing.show(code);"
        "const atOnce = [...drawn]; await wait(500); return [atOnce, drawn]"
    )
    assert at_once == ["fine 1", "coarse", "coarse"]
    assert all_drawn == [*at_once, "fine 3"]


def test_a_quick_network_draws_every_code_at_once(compute):
    drawn = compute(
        "const run = { decode: timed((code) => code) }, drawn = [];"
        "const drawing = new Drawing(run, (picture) => drawn.push(picture));"
        "for (const code of [1, 2, 3]) drawing.show(code); return drawn"
    )
    assert drawn == [1, 2, 3]
