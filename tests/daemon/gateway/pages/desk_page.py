"""One of the two pages in Chromium, beside the server that stands in for the gateway."""
import os
import pathlib
import sys
import tempfile
import time
import unittest

SOURCE, PACKAGES = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(SOURCE) / "tests/tools/page"))

import browser  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
import views  # noqa: E402
from stand_in import StandIn  # noqa: E402

SIZES = [(1024, 600), (1280, 800), (800, 1280)]
MEASURE = (pathlib.Path(__file__).parent / "measure.js").read_text()


def until(true, seconds=20.0, what="it did not come"):
    """Waits for something; returns the seconds that it took."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise AssertionError(what() if callable(what) else what)
        time.sleep(0.02)
    return time.monotonic() - began


class DeskPage(unittest.TestCase):
    page = ""

    @classmethod
    def setUpClass(cls):
        profile = tempfile.TemporaryDirectory()
        cls.addClassCleanup(profile.cleanup)
        cls.browser = browser.Browser(profile.name, PACKAGES)
        cls.addClassCleanup(cls.browser.driver.quit)
        cls.driver = cls.browser.driver

    def setUp(self):
        self.desk = StandIn()
        self.addCleanup(self.desk.server_close)
        self.addCleanup(self.desk.shutdown)
        self.desk.tell("Attach", **views.screen())
        self.desk.tell("Follow", **views.staff())
        self.desk.tell("Watch", status=views.status())
        self.errors_expected = False
        self.browser.size(1024, 600)

    def tearDown(self):
        self.driver.get("about:blank")
        said = self.browser.console()
        if not self.errors_expected:
            self.assertEqual(said, [])

    def open(self):
        self.driver.get("about:blank")
        self.driver.get(f"{self.desk.address}/{self.page}#token={self.desk.token}")

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, selector):
        return self.js("const one = document.querySelector(arguments[0]); return one && one.checkVisibility() ? one.innerText : ''", selector)

    def press(self, *keys):
        for key in keys:
            ActionChains(self.driver, 0).send_keys(key).perform()

    def measure(self, text, target):
        return self.js(MEASURE, text, target)

    def keep(self, name):
        if place := os.environ.get("KAOMON_SCREENSHOTS"):
            pathlib.Path(place).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(place) / f"{self.page}-{name}.png").write_bytes(self.browser.capture())
