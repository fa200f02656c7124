"""What the patient's page does, in a real Chromium, against a server that stands in for gateway and daemon (stand_in.py).

usage: patient_test.py SOURCE-TREE FOLDER-FOR-PYTHON-PACKAGES [TEST...]
With KAOMON_SCREENSHOTS=FOLDER every view is left there as a picture.
"""
import json
import sys
import time
import unittest

from selenium.webdriver.common.keys import Keys

from desk_page import until
from patient_page import FACE, JPEG, TEXTS, PatientPage
from views import PATIENT, reason, screen


class Patient(PatientPage):
    def test_the_token_stays_in_this_tab(self):
        self.begin("rest")
        self.assertEqual(self.driver.current_url, f"{self.desk.address}/patient")
        self.assertNotIn(self.desk.token, self.driver.page_source)
        self.driver.refresh()
        until(lambda: self.view() == "rest")

    def test_number_by_keys_alone(self):
        self.begin("number")
        self.assertIn("9", self.text("#tries"))
        self.press(Keys.NUMPAD8, Keys.ENTER, Keys.NUMPAD1, "2", Keys.BACKSPACE, "3", "4", "5", "9")
        self.assertEqual(self.js("return [...document.querySelectorAll('#number .box')].map(one => one.textContent).join('')"), "081345")
        self.press(Keys.ENTER)
        until(lambda: self.desk.heard("Enter"))
        self.assertEqual(self.view(), "working")
        self.assertEqual(self.js("return [...document.querySelectorAll('.box')].map(one => one.textContent).join('')"), "")
        entered = self.desk.heard("Enter")[0]
        self.assertEqual(entered["access_number"], {"era_year": "08", "security_code": "1345"})
        self.assertEqual(entered["screen"], "s1")
        self.assertRegex(entered["idempotency_key"], r"^[0-9a-f-]{36}$")

    def test_a_number_that_the_card_refused(self):
        self.begin("number")
        self.press(*"081345", Keys.ENTER)
        until(lambda: self.desk.heard("Enter"))
        self.show("working")
        self.show("number", tries_left=8)
        self.assertIn("番号が違う", self.text("#sentence"))
        self.assertIn("8", self.text("#tries"))
        self.press(*"091345", Keys.ENTER)
        until(lambda: len(self.desk.heard("Enter")) == 2)
        self.assertNotEqual(*(one["idempotency_key"] for one in self.desk.heard("Enter")))

    def test_number_then_consent_then_the_camera(self):
        """The order of a desk whose caller wants attributes."""
        self.begin("number")
        self.press(*"081345", Keys.ENTER)
        until(lambda: self.view() == "working")
        self.show("consent", tries_left=9)
        self.press("1")
        until(lambda: self.view() == "working")
        self.show("working", tries_left=9)
        self.show("look", tries_left=9)
        self.show("number", tries_left=8)
        self.assertIn("番号が違う", self.text("#sentence"))

    def test_a_number_that_changes_nothing_is_asked_for_again(self):
        self.begin("number")
        self.press(*"081345", Keys.ENTER)
        until(lambda: self.view() == "working")
        until(lambda: self.view() == "number")
        self.assertIn("番号が違う", self.text("#sentence"))

    def test_what_is_refused_ends_in_a_sentence(self):
        for word, said in (("entry_delayed", "少し待って"), ("pin_malformed", "4桁"), ("too_many_inputs", "スタッフ")):
            with self.subTest(word=word):
                self.desk.answers["Enter"] = lambda _, word=word: ("org.kaomon.Screen.Refused", {"reason": reason(word), "detail": "x"})
                self.begin("pin")
                self.press(*"1234", Keys.ENTER)
                until(lambda: said in self.text("#sentence"), what=lambda: self.text("#sentence"))
                self.assertEqual(self.view(), "pin")

    def test_one_press_keeps_its_key_over_a_lost_connection(self):
        self.desk.answers["Enter"] = lambda _: None
        self.begin("pin")
        self.assertEqual(self.js("return document.querySelectorAll('#tries b.left').length"), 3)
        self.press(*"1234", Keys.ENTER)
        until(lambda: self.desk.heard("Enter"))
        self.desk.answers["Enter"] = lambda sent: {"repeated": False} if sent["screen"] == "s2" else (
            "org.kaomon.Screen.NoSuchScreen", {"screen": sent["screen"], "reason": reason("screen_unknown")})
        self.desk.tell("Attach", **(PATIENT["pin"] | {"screen": "s2"}))
        self.desk.cut()
        until(lambda: any(one["screen"] == "s2" for one in self.desk.heard("Enter")))
        self.assertEqual(self.view(), "working")
        self.assertEqual(len({one["idempotency_key"] for one in self.desk.heard("Enter")}), 1)
        self.assertEqual({one["pin"] for one in self.desk.heard("Enter")}, {"1234"})

    def test_what_was_keyed_in_for_one_visit_never_reaches_another(self):
        self.desk.answers["Enter"] = lambda _: ("org.kaomon.Screen.NoSuchScreen", {"screen": "s1", "reason": reason("screen_unknown")})
        self.begin("pin")
        self.press(*"1234", Keys.ENTER)
        until(lambda: self.desk.heard("Enter"))
        self.desk.tell("Attach", **screen())
        self.desk.cut()
        until(lambda: self.view() == "rest")
        self.desk.tell("Attach", **(PATIENT["pin"] | {"screen": "s2"}))
        until(lambda: self.view() == "pin")
        time.sleep(1.2)
        self.assertEqual({one["screen"] for one in self.desk.heard("Enter")}, {"s1"})

    def test_the_pin_is_never_seen(self):
        self.begin("pin")
        self.press(*"1234")
        self.assertEqual(self.text("#pin .fields").replace("\n", ""), "●●●●")
        self.show("working")
        self.show("pin", hint=reason("pin_wrong"), pin_tries_left=2)
        self.assertEqual(self.text("#pin .fields").replace("\n", ""), "")
        self.assertEqual(self.js("return [...document.querySelectorAll('#tries b')].map(one => one.className)"), ["left", "left", "spent"])
        self.assertIn("暗証番号が違います", self.text("#sentence"))

    def test_consent_by_one_key(self):
        for key, given in (("1", True), ("2", False)):
            self.begin("consent")
            box = [self.js("const box = document.getElementById(arguments[0]).getBoundingClientRect(); return [box.width, box.height]", one)
                   for one in ("yes", "no")]
            self.assertEqual(*box)
            self.press(key)
            until(lambda: self.desk.heard("Consent"))
            self.assertEqual(self.desk.heard("Consent")[-1], {"screen": "s1", "given": given})
            self.assertEqual(self.view(), "working")
            self.show("number")
            self.desk.calls.clear()

    def test_markup_is_text(self):
        nasty = "<img src=x onerror=alert(1)><b>名</b>"
        self.begin("consent", requester=nasty, purpose={"word": "check-in", "sentence": nasty}, attributes=["name", nasty], clinic=nasty)
        for selector in ("#who", "#purpose", "#what"):
            self.assertIn(nasty, self.js("return document.querySelector(arguments[0]).textContent", selector))
        self.show("rest", clinic=nasty)
        self.assertEqual(self.text("#clinic"), nasty)
        self.assertEqual(self.js("return document.querySelectorAll('#who *, #what *, #purpose *, #clinic *').length"), 0)

    def test_the_light_is_answered_when_it_is_shown(self):
        self.begin("look")
        took = []
        for step, (red, green, blue) in enumerate([(0, 211, 0), (255, 137, 255), (0, 196, 255)], 7):
            began = time.monotonic()
            self.desk.tell("Attach", **PATIENT["look"], light={"step": step, "red": red, "green": green, "blue": blue})
            until(lambda: any(one["step"] == step for one in self.desk.heard("Shown")))
            took.append(time.monotonic() - began)
            self.assertEqual(self.js("""
                const box = document.getElementById('light').getBoundingClientRect();
                return [getComputedStyle(document.getElementById('light')).backgroundColor, box.width, box.height,
                        document.elementFromPoint(500, 560).id]"""), [f"rgb({red}, {green}, {blue})", 1024, 600, "light"])
            time.sleep(0.5)
        self.assertEqual([one["step"] for one in self.desk.heard("Shown")], [7, 8, 9])
        self.assertLess(sorted(took)[1], 2, "told at once, not with the page's next question; the machine may be busy")
        self.show("look")
        self.assertTrue(self.js("return document.getElementById('light').hidden"))

    def test_the_mirror(self):
        self.begin("look", hint=reason("face_off_centre"))
        until(lambda: self.desk.looking)
        self.assertEqual(self.desk.heard("Preview"), [{"screen": "s1"}])
        for face, drawing, key in ((FACE, "right", "move_right"), (FACE | {"left": 0.0}, "left", "move_left"),
                                   (FACE | {"left": 0.35, "top": 0.6}, "up", "move_up"), (FACE | {"left": 0.35, "top": 0.0}, "down", "move_down")):
            self.desk.show_face(JPEG, face)
            until(lambda: self.js("return document.getElementById('look').dataset.drawing") == drawing)
            until(lambda: self.text("#sentence") == TEXTS["patient"][key]["ja"])
        self.assertEqual(self.js("return getComputedStyle(document.getElementById('face')).transform"), "matrix(-1, 0, 0, 1, 0, 0)")
        self.show("working")
        until(lambda: not self.desk.looking)
        self.assertFalse(self.js("return document.getElementById('face').hasAttribute('src')"))
        for word, drawing in (("turn_left", "left"), ("look_up", "up"), ("face_too_far", "nearer"), ("face_too_dark", "brighter"), ("hold_still", "still")):
            self.show("look", hint=reason(word))
            until(lambda: self.js("return document.getElementById('look').dataset.drawing") == drawing)
            self.keep(f"look-{word}-1024x600")

    def test_help_from_every_view(self):
        self.begin("rest")
        for name in PATIENT:
            self.show(name)
            self.desk.calls.clear()
            self.press(Keys.F1)
            until(lambda: self.desk.heard("Help"))
            self.assertEqual(self.desk.heard("Help")[0], {"screen": "s1", "wanted": True})
        for key in (Keys.ESCAPE, "*"):
            self.desk.calls.clear()
            self.press(key)
            until(lambda: self.desk.heard("Help"))
        self.show("number", help=True)
        self.assertIn("呼びました", self.text("#call"))
        self.keep("number-help-1024x600")

    def test_staff_is_called_for_whoever_gets_no_result(self):
        self.begin("rest")
        self.show("done")
        self.assertEqual(self.desk.heard("Help"), [])
        self.begin("rest")
        self.show("not_now")
        until(lambda: self.desk.heard("Help"))
        self.assertEqual(self.desk.heard("Help"), [{"screen": "s1", "wanted": True}])

    def test_the_card_is_asked_for_after_the_result(self):
        self.begin("rest")
        self.show("done")
        self.desk.tell("Attach", **screen(card_present=True))
        time.sleep(1)
        self.assertEqual(self.view(), "done")
        until(lambda: self.view() == "take_card")
        self.show("take_card")
        self.show("rest")

    def test_a_lost_connection_says_so_and_comes_back_within_three_seconds(self):
        self.errors_expected = True  # a refused WebSocket is an error on every console
        self.begin("number")
        self.press("0", "8")
        for down in (0.1, 4.0):
            self.desk.open = False
            self.desk.cut()
            until(lambda: self.view() == "lost")
            self.assertIn("つなぎ直しています", self.text("#sentence"))
            self.assertEqual(self.measure(32, 64), [])
            self.keep("lost-ja-1024x600")
            time.sleep(down)
            self.desk.open = True
            self.assertLess(until(lambda: self.view() == "number"), 8, "3 s, and what a busy machine takes")

    def test_a_reload_in_every_view(self):
        self.begin("rest")
        self.speak("en")
        for name in PATIENT:
            self.show(name)
            self.driver.refresh()
            until(lambda: self.view() == name, what=lambda: f"{self.view()} instead of {name}")
            if name == "put_card":
                self.speak("en")  # after a rest it is Japanese
            elif name != "rest":
                self.assertEqual(self.js("return document.documentElement.lang"), "en")

    def test_a_second_screen_says_so(self):
        self.desk.refuse["Attach"] = ("org.kaomon.Screen.ScreenAttached", {"reason": reason("screen_attached")})
        self.open()
        until(lambda: self.text("#sentence") == TEXTS["patient"]["other_screen"]["ja"])
        del self.desk.refuse["Attach"]
        until(lambda: self.view() == "rest")

    def test_a_language_lasts_for_a_visit(self):
        self.begin("rest")
        self.press("/")
        self.assertEqual(self.js("return document.documentElement.dataset.language"), "ja-easy")
        self.speak("en")
        self.show("put_card")
        self.assertEqual(self.text("#sentence"), TEXTS["patient"]["put_card"]["en"])
        self.show("rest")
        until(lambda: self.js("return document.documentElement.lang") == "ja")

    def test_a_reason_that_the_table_lacks_is_said_in_english(self):
        self.begin("look", hint={"word": "brand_new", "who_can_act": "patient", "ja": "新しい理由です。", "en": "a new reason"})
        self.assertEqual(self.text("#sentence"), "新しい理由です。")
        for language in ("ko", "ja-easy"):
            self.speak(language)
            until(lambda: self.text("#sentence") == "a new reason")

    def test_speech(self):
        self.desk.speech = json.dumps({"ja": ["put_card"], "all": ["tone"]}).encode()
        self.begin("rest")
        self.js("window.said = []; HTMLMediaElement.prototype.play = function () { said.push(new URL(this.src).pathname); return Promise.resolve(); }")
        self.show("put_card")
        self.show("number")
        self.show("look", hint=reason("hold_still"))
        self.assertEqual(self.js("return said"), ["/assets/speech/ja/put_card.opus", "/assets/speech/all/tone.opus"])
        self.errors_expected = True  # the sounds are not there


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
