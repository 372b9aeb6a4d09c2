"""Fingers on sliders and on a canvas, as touches that a screen reports; `test_map.py` has the map."""

import numpy as np
import pytest


class Fingers:
    """Touches of a page."""

    def __init__(self, page):
        self.page = page
        page.driver.execute_cdp_cmd(
            "Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1}
        )

    def lift(self):
        self.page.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})

    def spot(self, selector, across=0.5, down=0.5):
        """A spot of the window within an element, which is scrolled to."""
        box = self.page.call(
            "const part = document.querySelector(args[0]); part.scrollIntoView({block: 'center'});"
            "const {left, top, width, height} = part.getBoundingClientRect();"
            "return [left, top, width, height]",
            selector,
        )
        return np.array([box[0] + across * box[2], box[1] + down * box[3]])

    def drag(self, start, end, steps=5):
        """Move a finger from a spot to another."""
        self._touch("touchStart", [start])
        for step in range(1, steps + 1):
            self._touch("touchMove", [start + (end - start) * step / steps])
        self._touch("touchEnd", [])
        self.page.settle()

    def _touch(self, kind, spots):
        points = [{"x": float(x), "y": float(y)} for x, y in spots]
        self.page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def fingers(opened, denoising_result):
    """On the page of a run with four latent numbers."""
    fingers = Fingers(opened(denoising_result, width=360, height=740))
    yield fingers
    fingers.lift()


def test_a_finger_moves_the_time_slider(fingers, denoising_result):
    page = fingers.page
    codes = "return (await ready).run.codes.map((code) => Array.from(code))"
    scrolled = "return scrollY"
    end, start = fingers.spot("#moment", 0.97), fingers.spot("#moment", 0.02)
    before = page.call(scrolled)
    fingers.drag(end, start)
    moment = page.call("return (await ready).time.moment")
    assert moment <= 2
    assert page.text("epoch").startswith(f"epoch {denoising_result.moments[moment].epoch},")
    earlier = denoising_result.moments[moment].model.encode(denoising_result.pixels).means
    np.testing.assert_allclose(page.call(codes), earlier, rtol=1e-4, atol=1e-4)
    assert page.call(scrolled) == before
    fingers.drag(start, end)
    np.testing.assert_allclose(page.call(codes), denoising_result.codes.means, rtol=1e-5, atol=1e-5)


def test_a_finger_moves_the_slider_of_a_latent_number(fingers):
    page = fingers.page
    before = page.code()[0]
    slider = "#sliders label:nth-child(2) input"
    share = (
        "const input = document.querySelector(args[0]);"
        "return (input.value - input.min) / (input.max - input.min)"
    )
    at = 0.04 + 0.92 * page.call(share, slider)
    fingers.drag(fingers.spot(slider, at), fingers.spot(slider, 0.9))
    assert page.call(share, slider) == pytest.approx(0.93, abs=0.06)
    after = page.code()[0]
    assert after[1] > before[1] + 0.1
    np.testing.assert_allclose(np.delete(after, 1), np.delete(before, 1), atol=1e-6)


def test_a_finger_draws_a_picture(fingers, denoising_result):
    page = fingers.page
    scrolled = "return scrollY"
    start, end = fingers.spot("#own-input", 0.1, 0.07), fingers.spot("#own-input", 0.1, 0.93)
    before = page.call(scrolled)
    fingers.drag(start, end)
    rows, columns = denoising_result.data.cell[:2]
    drawn = np.array(page.call("return Array.from((await ready).own.picture)")).reshape(rows, columns)
    assert (drawn[:, 0] == 1).all()  # a line down the first column
    assert drawn[:, 1:].sum() == 0
    assert page.call(scrolled) == before
