"""Both pages in a real Chromium at once, before the whole simulated desk: pcscd with a virtual reader, a simulated card and
camera, kaomond, kaomon-gateway. The visit is begun by a caller; patient and staff do the rest on their pages.

usage: whole_desk_test.py SOURCE-TREE BUILD-TREE [TEST...]
With KAOMON_SCREENSHOTS=FOLDER the pages are left there as pictures.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE, BUILD = (pathlib.Path(one).resolve() for one in sys.argv[1:3])
sys.path[:0] = [str(SOURCE / "tests/tools/page"), str(SOURCE / "tests/tools")]

import browser  # noqa: E402
import simulated_desk as simulated  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

HOLDER, ANOTHER = "obama2.jpg#eyes=251,370,374,384", "biden.jpg#eyes=527,322,652,349"
STAFF = "s-07"


def until(holds, seconds=30.0, what="it did not come"):
    end = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > end:
            raise AssertionError(what() if callable(what) else what)
        time.sleep(0.03)
    return found


class Desk(simulated.Desk):
    """With a gateway, and a person before the camera who does what the visit asks."""

    screen = ("screen", "person")

    def __init__(self, programs, still):
        self.still = still
        super().__init__(programs)
        (self.folder / "gateway").mkdir(mode=0o700)
        self.port = simulated.virtual_reader.free_port_pair()
        (self.folder / "gateway.toml").write_text(f"""
port = {self.port}
socket = "{self.socket}"
pages = "{SOURCE}/daemon/gateway/pages"
state = "{self.folder}/gateway"
run = "{self.folder}/gateway"
""", encoding="utf-8")
        self.start("gateway", self.programs / "kaomon-gateway", "--config", self.folder / "gateway.toml")
        until((self.folder / "gateway/staff.token").is_file)
        self.card("pull")

    def configure(self):
        super().configure()
        file = self.folder / "kaomond.toml"
        me = os.geteuid()
        file.write_text(file.read_text(encoding="utf-8")
                        .replace(HOLDER, self.still)
                        .replace('[card]', f'screen_users = ["gateway/patient"]\ngateway_user = "{me}"\n[card]', 1)
                        .replace(f'["{me}:{simulated.STAFF}"]', f'["{me}:{simulated.STAFF}", "gateway/staff:{STAFF}"]')
                        .replace("[audit]", '[screen]\nlight = false\nclinic = "ひまわり医院"\n[audit]', 1)
                        .replace("[result]", '[result]\nattributes = ["name", "address"]', 1), encoding="utf-8")

    def address(self, page):
        return f"http://127.0.0.1:{self.port}/{page}#token={(self.folder / f'gateway/{page}.token').read_text().strip()}"

    def card(self, line):
        (self.folder / "card.fault").write_text(line + "\n", encoding="ascii")
        until(lambda: self.card_lies_there() == (line == "insert"))

    def visit(self, *options):
        """The caller's program; ends with the visit."""
        return subprocess.Popen([self.programs / "kaomonctl", "--socket", self.socket, "verify", "--json", "--at-desk", "--allow-simulated",
                                 *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)


def claims_of(caller):
    """What the caller's program printed last, with the signed claims, and how it ended."""
    said, _ = caller.communicate(timeout=60)
    return json.loads(said.strip().splitlines()[-1]), caller.returncode


class WholeDesk(unittest.TestCase):
    still = HOLDER

    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(BUILD / "bin", cls.still)
        cls.addClassCleanup(cls.desk.close)
        profile = tempfile.TemporaryDirectory()
        cls.addClassCleanup(profile.cleanup)
        cls.browser = browser.Browser(profile.name, BUILD / "python")
        cls.driver = cls.browser.driver
        cls.addClassCleanup(cls.driver.quit)
        cls.pages = {}
        for page in ("patient", "staff"):
            if cls.pages:
                cls.driver.switch_to.new_window("window")
            cls.browser.size(1280, 800)
            cls.driver.get(cls.desk.address(page))
            cls.pages[page] = cls.driver.current_window_handle

    def setUp(self):
        self.desk.card("pull")
        until(lambda: self.view() == "rest", what=self.view)

    def tearDown(self):
        for page in self.pages:
            self.at(page)
            self.assertEqual([one for one in self.browser.console() if "WebSocket connection" not in one], [])

    def at(self, page):
        self.driver.switch_to.window(self.pages[page])

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def view(self):
        self.at("patient")
        return self.js("return document.body.dataset.view")

    def until_view(self, name, seconds=30.0):
        until(lambda: self.view() == name, seconds, lambda: f"{self.view()} instead of {name}: {self.text('#sentence')}")
        self.keep(f"patient-{name}")

    def text(self, selector):
        return self.js("const one = document.querySelector(arguments[0]); return one && one.checkVisibility() ? one.innerText : ''", selector)

    def press(self, *keys):
        for key in keys:
            ActionChains(self.driver, 0).send_keys(key).perform()

    def keep(self, name):
        if place := os.environ.get("KAOMON_SCREENSHOTS"):
            pathlib.Path(place).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(place) / f"desk-{name}.png").write_bytes(self.browser.capture())

    def key_in_the_number(self):
        self.until_view("number")
        self.assertIn("10", self.text("#tries"), "told before the first digit")
        self.press(*self.desk.number[:2], *self.desk.number[-4:], Keys.ENTER)


class OfTheHolder(WholeDesk):
    def test_a_face_from_card_to_result_by_the_keyboard_alone(self):
        caller = self.desk.visit()
        self.until_view("put_card")
        self.desk.card("insert")
        self.key_in_the_number()
        self.until_view("done", 60)
        claims, code = claims_of(caller)
        self.assertEqual((claims["decision"], claims["reason"], code), ("verified", "match", 0), claims)
        self.until_view("take_card")
        self.desk.card("pull")
        self.until_view("rest")
        self.at("staff")
        until(lambda: "本人" in self.text("#last"), what=lambda: self.text("#visit"))
        self.keep("staff-verified")
        self.assertEqual(self.desk.tries(), (10, 3))

    def test_the_own_picture_is_there_while_the_face_is_looked_at(self):
        caller = self.desk.visit()
        self.desk.card("insert")
        self.key_in_the_number()
        self.until_view("look", 60)
        until(lambda: self.js("return document.querySelector('#face').src").startswith("data:image/jpeg"), 10)
        self.keep("patient-look-picture")
        self.assertEqual(claims_of(caller)[0]["decision"], "verified")

    def test_consent_refused_withholds_and_the_face_decides_as_without(self):
        caller = self.desk.visit("--want", "name,address", "--purpose", "check-in", "--purpose-text", "受付の<b>ため</b>に使います。")
        self.desk.card("insert")
        self.key_in_the_number()
        self.until_view("consent")
        self.assertIn("受付の<b>ため</b>に使います。", self.text("#asked"))
        self.press("2")
        self.until_view("done", 60)
        claims, _ = claims_of(caller)
        self.assertEqual(claims["decision"], "verified")
        self.assertEqual(claims["claims"]["attributes"]["values"], {})

    def test_consent_given_tells_what_was_asked_for(self):
        caller = self.desk.visit("--want", "name")
        self.desk.card("insert")
        self.key_in_the_number()
        self.until_view("consent")
        self.press("1")
        claims, _ = claims_of(caller)
        self.assertEqual(list(claims["claims"]["attributes"]["values"]), ["name"])

    def test_a_wrong_number_is_asked_for_again_and_costs_what_it_says(self):
        caller = self.desk.visit()
        self.desk.card("insert")
        self.until_view("number")
        wrong = "0000" if self.desk.number[-4:] != "0000" else "1111"
        self.press(*self.desk.number[:2], *wrong, Keys.ENTER)
        until(lambda: self.view() == "put_card" or (self.view() == "number" and "9" in self.text("#tries")), 30, self.view)
        self.assertEqual(self.desk.tries()[0], 9)
        self.desk.lift_card()
        until(lambda: self.view() == "number", 30, self.view)
        self.assertIn("9", self.text("#tries"))
        self.press(*self.desk.number[:2], *self.desk.number[-4:], Keys.ENTER)
        self.assertEqual(claims_of(caller)[0]["decision"], "verified")
        self.assertEqual(self.desk.tries()[0], 10, "the right number gives the tries back")

    def test_a_card_that_is_lifted_may_come_back(self):
        caller = self.desk.visit()
        self.desk.card("insert")
        self.until_view("number")
        self.desk.card("pull")
        self.until_view("put_card")
        self.desk.card("insert")
        self.key_in_the_number()
        self.assertEqual(claims_of(caller)[0]["decision"], "verified")

    def test_the_bell_reaches_the_staff_and_is_answered(self):
        self.at("patient")
        self.press(Keys.F1)
        self.at("staff")
        until(lambda: self.text("#bell"))
        self.keep("staff-bell")
        self.press("h")
        until(lambda: not self.text("#bell"))
        self.at("patient")
        until(lambda: self.js("return document.querySelector('#call').getAttribute('aria-pressed')") == "false")

    def test_both_pages_come_back_after_a_reload_in_the_middle(self):
        caller = self.desk.visit()
        self.desk.card("insert")
        self.until_view("number")
        self.driver.refresh()
        self.until_view("number", 20)
        self.at("staff")
        self.driver.refresh()
        until(lambda: self.text("#state"), 20)
        self.key_in_the_number()
        self.assertEqual(claims_of(caller)[0]["decision"], "verified")

    def test_a_daemon_that_is_killed_is_said_and_its_pages_come_back_by_themselves(self):
        self.at("patient")
        gone = next(one for one in self.desk.processes if "kaomond" in str(one.args[0]))
        gone.kill()
        gone.wait()
        self.until_view("lost", 15)
        self.desk.start("kaomond", self.desk.programs / "kaomond", "--config", self.desk.folder / "kaomond.toml")
        until(self.desk.answers)
        began = time.monotonic()
        self.until_view("rest", 30)
        self.assertLess(time.monotonic() - began, 10, "a page asks again within 3 s; the machine may be busy")
        self.desk.start("person", self.desk.programs / "kaomonctl", "--socket", self.desk.socket, *self.desk.screen,
                        self.desk.folder / "camera.fault")


class OfAnother(WholeDesk):
    """Somebody else is before the camera: the other methods."""

    still = ANOTHER

    def until_other_methods(self, *options):
        caller = self.desk.visit(*options)
        self.desk.card("insert")
        self.key_in_the_number()
        until(lambda: self.view() == "pin", 60, self.view)
        return caller

    def test_a_pin_on_the_pad(self):
        caller = self.until_other_methods()
        self.keep("patient-pin")
        self.assertEqual(self.js("return document.querySelectorAll('#tries b.left').length"), 3, "before the first digit")
        self.press(*self.desk.pin, Keys.ENTER)
        self.until_view("done")
        claims, _ = claims_of(caller)
        self.assertEqual((claims["decision"], claims["reason"]), ("verified", "pin_accepted"))

    def test_a_visual_check_in_two_touches(self):
        caller = self.until_other_methods()
        self.at("staff")
        until(lambda: self.text("#earlier"), what=lambda: self.text("#visit"))
        self.keep("staff-method")
        self.press("v", "1", "y")
        claims, _ = claims_of(caller)
        self.assertEqual((claims["decision"], claims["reason"]), ("verified", "staff_confirmed"))
        self.assertEqual(claims["claims"]["visual_check"]["staff"], STAFF)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
