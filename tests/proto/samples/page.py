"""The sample that is a page, in a real browser, with a person before it. Same words as sample.Sample."""
import pathlib
import re
import time
import urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from simulated_desk import WAIT
from gateway import TOKEN, Gateway

# The page has no exit code: how the line begins with which it ends.
ENDS = {0: "verified ", 1: "not_verified ", 2: "undecided ", 4: "no result: ", 5: "not to be trusted: ", 6: "no result: "}


def open_browser(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                 "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}"):
        options.add_argument(word)
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


class Page:
    def __init__(self, browser, command):
        self.browser, self.awaited = browser, set()
        options = parsed(command)
        self.gateway = Gateway(options.pop("socket")) if "socket" in options else None
        address = self.gateway.address if self.gateway else options.pop("page")
        keys = pathlib.Path(options.pop("keys")).read_text() if "keys" in options else None
        number = options.pop("number-from", None)
        browser.get(address + "/empty")
        browser.execute_script("localStorage.clear(); if (arguments[0]) localStorage.kaomonKeys = arguments[0]", keys)
        options.setdefault("token", TOKEN)
        browser.get(address + "/assets/verify.html#" + urllib.parse.urlencode(options))
        if number:
            self.key_in(pathlib.Path(number).read_text().strip())

    def find(self, pattern):
        for number, line in enumerate(str(self).splitlines()):
            if number not in self.awaited and re.search(pattern, line, re.I):
                self.awaited.add(number)
                return line
        return None

    def says(self, pattern):
        end = time.monotonic() + WAIT
        while not (line := self.find(pattern)):
            if time.monotonic() > end:
                raise AssertionError(f"never said {pattern!r}, but:\n{self}")
            time.sleep(0.02)
        return line

    def __str__(self):
        return self.browser.execute_script("return document.getElementById('log').textContent")

    def key_in(self, line):
        if line in ("yes", "no", ""):
            return self.browser.find_element(By.CSS_SELECTOR, f'button[value="{line or "cancel"}"]').click()
        self.browser.find_element(By.ID, "keyed").send_keys(line)
        self.browser.find_element(By.CSS_SELECTOR, "button:not([value])").click()

    def ends(self, code, pattern):
        if not (line := self.says(pattern)).startswith(ENDS[code]):
            raise AssertionError(f"ended with {line!r} instead of {ENDS[code]!r}")

    def close(self):
        self.browser.get("about:blank")
        if self.gateway:
            self.gateway.shutdown()
            self.gateway.server_close()


def parsed(words):
    options, name = {}, None
    for word in map(str, words):
        if word.startswith("--"):
            name = word[2:]
        options[name] = "" if word.startswith("--") else word
    return options
