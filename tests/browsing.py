"""Pages in a real Chromium: how to open them, point at them, and see what they did."""

import json
from pathlib import Path

import numpy as np
import pytest

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def open_browser():
    """A driver of Debian's Chromium; skips the test where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    if not (CHROMIUM.exists() and DRIVER.exists()):
        pytest.skip("no Chromium here; on Debian: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.chrome.service.Service(str(DRIVER))
    return webdriver.Chrome(options=options, service=service)


def computing(driver, scripts: str):
    """A function that runs JavaScript after `scripts` on an empty page; `args` are the values."""
    driver.get("about:blank")

    def call(code: str, *values):
        answer = driver.execute_async_script(
            f"const args = [...arguments], done = args.pop(); {scripts}"
            f"(async () => {{ {code} }})()"
            ".then((value) => ({value}), (error) => ({error: `${error}`}))"
            ".then((answer) => done(JSON.stringify(answer)))",
            *values,
        )
        result = json.loads(answer)
        assert "error" not in result, result["error"]
        return result["value"]

    return call


def choose_scheme(driver, dark: bool):
    """Let what the reader prefers be light or dark."""
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})


class Page:
    """A page of ours, opened from the disk in a window of some width."""

    def __init__(self, driver, path: Path, html: str, width=1200, height=900, dark=False):
        path.write_text(html, encoding="utf-8")
        self.driver = driver
        choose_scheme(driver, dark)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.messages(), self.requests()  # those of the page before
        driver.get(path.as_uri())
        self.settle()

    def settle(self):
        """Wait until the page is ready and has drawn what it was told to draw."""
        self.call(
            "if (typeof ready !== 'undefined') await ready;"
            "for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);"
        )

    def call(self, code: str, *values):
        """Run JavaScript that may await; `values` are its `args`. Returns what it returns."""
        answer = self.driver.execute_async_script(
            f"const args = [...arguments], done = args.pop(), work = async () => {{ {code} }};"
            "work().then((value) => done({value}), (error) => done({error: `${error}`}))",
            *values,
        )
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    def text(self, name: str) -> str:
        return self.call("return byId(args[0]).textContent", name)

    def click(self, selector: str):
        self.driver.find_element("css selector", selector).click()
        self.settle()

    def keys(self, *keys: str):
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()
        self.settle()

    def point(self, place, click=False, kind="mouse"):
        """Move to a place of the map, in its coordinates, and click or tap there."""
        script = "const {map} = await ready; map.element.scrollIntoView({block: 'center'});"
        x, y = self.call(
            script + "const box = map.element.getBoundingClientRect(), spot = map.toSpot(args[0]);"
            "return [box.left + spot[0], box.top + spot[1]]",
            list(map(float, place)),
        )
        self.pointer(x, y, click, kind)

    def pointer(self, x: float, y: float, click=True, kind="mouse"):
        """Move to a spot of the window, and click or tap there."""
        from selenium.webdriver.common.action_chains import ActionBuilder
        from selenium.webdriver.common.actions.pointer_input import PointerInput

        actions = ActionBuilder(self.driver, mouse=PointerInput(kind, kind), duration=0)
        actions.pointer_action.move_to_location(round(x), round(y))
        if click:
            actions.pointer_action.pointer_down().pointer_up()
        actions.perform()
        self.settle()

    def place(self) -> list[float]:
        """Where the point of the map is."""
        return self.call("return (await ready).map.point")

    def code(self) -> np.ndarray:
        """The code `(1, latent)` at the point of the map."""
        return np.array([self.call("const {map} = await ready; return [...map.space.lift(map.point)]")])

    def count(self, selector: str) -> int:
        return self.call("return document.querySelectorAll(args[0]).length", selector)

    def picture(self, selector: str, cell: tuple[int, ...]) -> np.ndarray:
        """The levels of a canvas, one number a channel of a pixel of its picture: 0 is paper, 1 is ink."""
        levels = self.call(
            "const canvas = document.querySelector(args[0]), [rows, columns, count = 1] = args[1];"
            "const {width, height} = canvas, levels = [], copy = new OffscreenCanvas(width, height);"
            "const context = copy.getContext('2d', {willReadFrequently: true});"
            "context.drawImage(canvas, 0, 0);"
            "const {data} = context.getImageData(0, 0, width, height);"
            "for (let i = 0; i < rows * columns; i++) {"
            "const x = Math.floor(((i % columns) + 0.5) * width / columns);"
            "const y = Math.floor((Math.floor(i / columns) + 0.5) * height / rows);"
            "levels.push(...data.slice(4 * (y * width + x), 4 * (y * width + x) + count)); }"
            "const inGrey = () => ['--paper', '--ink'].map((name) => channels(color(name))[0]);"
            "const [paper, ink] = count === 1 ? inGrey() : [255, 0];"
            "return levels.map((level) => (level - paper) / (ink - paper))",
            selector,
            list(cell),
        )
        return np.array(levels)

    def shades(self, *colors: str, tolerance=2) -> list[int]:
        """How many pixels of the map have about each of these colours, `#rrggbb`."""
        return self.call(
            "const canvas = document.querySelector('#map canvas'), {width, height} = canvas;"
            "const copy = new OffscreenCanvas(width, height);"
            "const context = copy.getContext('2d', {willReadFrequently: true});"
            "context.drawImage(canvas, 0, 0);"
            "const {data} = context.getImageData(0, 0, width, height), [colors, tolerance] = args;"
            "return colors.map(channels).map((wanted) => { let count = 0;"
            "const isNear = (i) => wanted.every((value, c) => Math.abs(value - data[i + c]) <= tolerance);"
            "for (let i = 0; i < data.length; i += 4) count += isNear(i);"
            "return count; })",
            colors,
            tolerance,
        )

    def overflow(self) -> float:
        """By how many CSS pixels the page is wider than the window."""
        return self.call("return document.documentElement.scrollWidth - innerWidth")

    def look(self, dark: bool):
        """Let the reader's screen be light or dark."""
        choose_scheme(self.driver, dark)
        self.settle()

    def messages(self) -> list[str]:
        """Warnings and errors of the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] != "INFO"]

    def requests(self) -> list[str]:
        """What was asked of any network since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        urls = [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in urls if not url.startswith(("file:", "data:", "about:"))]
