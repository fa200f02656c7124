"""Chromium for the tests of pages, and axe-core to run in it."""
import base64
import contextlib
import os
import pathlib
import subprocess
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


def axe(packages):
    """axe-core as the package axe-playwright-python carries it (4.12.1), installed once beside the build."""
    place = pathlib.Path(packages) / "axe-playwright-python-0.1.8"
    script = place / "axe_playwright_python/axe.min.js"
    if not script.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as fresh:  # several tests may be the first
            subprocess.run(["/usr/bin/python3", "-m", "pip", "install", "--quiet", "--root-user-action=ignore", "--no-deps", "--target",
                            f"{fresh}/axe", "axe-playwright-python==0.1.8"], check=True, timeout=200)
            with contextlib.suppress(OSError):
                os.rename(f"{fresh}/axe", place)
    return script.read_text()


class Browser:
    def __init__(self, profile, packages):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                     "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)
        self.axe = axe(packages)

    def size(self, width, height, mobile=False):
        """CSS pixels."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile})

    def console(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def violations(self, *more_tags):
        self.driver.execute_script(self.axe)
        return self.driver.execute_async_script("""
            const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice', ...arguments[0]]}).then(
                found => done(found.violations.map(one => one.id + ': ' + one.help + ' ' +
                    one.nodes.map(node => node.html.slice(0, 160)).join(' | '))),
                why => done(['axe did not run: ' + why]))""", list(more_tags))

    def capture(self, **how):
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.captureScreenshot", how)["data"])
