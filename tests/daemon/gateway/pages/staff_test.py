"""The staff's page in a real Chromium, against a server that stands in for gateway and daemon (stand_in.py).

usage: staff_test.py SOURCE-TREE FOLDER-FOR-PYTHON-PACKAGES [TEST...]
With KAOMON_SCREENSHOTS=FOLDER every view is left there as a picture, in both languages at every size.
"""
import sys
import time
import unittest

from selenium.webdriver.common.keys import Keys

from desk_page import SIZES, DeskPage, until
from views import ATTRIBUTES, BOTH_FAILED, FACE_FAILED, STAFF, reason, staff, status

TEXT, TARGET = 18, 48  # CSS pixels: read at a desk, with a mouse


class Staff(DeskPage):
    page = "staff"

    def show(self, name, **more):
        follow, watch = STAFF[name]
        self.desk.tell("Watch", status=watch)
        self.desk.tell("Follow", **(follow | more))
        time.sleep(0.15)

    def begin(self, name, **more):
        follow, watch = STAFF[name]
        self.desk.tell("Follow", **(follow | more))
        self.desk.tell("Watch", status=watch)
        self.open()
        until(lambda: self.text("#state"))
        until(lambda: self.text("#health"))

    def speak(self, language):
        if self.js("return document.documentElement.lang") != language:
            self.js("document.getElementById('english').click()")

    def measured(self, name, size):
        for language in ("ja", "en"):
            self.speak(language)
            time.sleep(0.05)
            with self.subTest(view=name, language=language, size=size):
                self.assertEqual(self.measure(TEXT, TARGET), [])
                self.keep(f"{name}-{language}-{size[0]}x{size[1]}")
        self.speak("ja")

    def test_every_view_is_clear_and_whole(self):
        for size in SIZES:
            self.browser.size(*size)
            self.begin("idle")
            for name in STAFF:
                self.show(name)
                self.measured(name, size)
            self.show("number")
            self.press("b")
            self.measured("number-form", size)
            self.show("number", hint=reason("access_number_unchecked"))
            self.press(Keys.ESCAPE, "b")
            self.measured("number-compared", size)
            self.press(Keys.ESCAPE)
            self.show("method")
            self.press("v")
            self.measured("visual-who", size)
            self.press("1")
            self.measured("visual-whether", size)
            self.press(Keys.ESCAPE)
            self.show("consent")
            self.press("c", "2")
            self.measured("consent-whether", size)

    def test_axe_finds_nothing(self):
        self.begin("idle")
        for language in ("ja", "en"):
            self.speak(language)
            for name in STAFF:
                self.show(name)
                with self.subTest(view=name, language=language):
                    self.assertEqual(self.browser.violations("wcag2aaa"), [])
            self.show("number")
            self.press("b")
            self.assertEqual(self.browser.violations("wcag2aaa"), [])
            self.press(Keys.ESCAPE)
            self.show("method")
            self.press("v", "1")
            self.assertEqual(self.browser.violations("wcag2aaa"), [])
            self.press(Keys.ESCAPE)

    def provided(self):
        until(lambda: self.desk.heard("Provide"))
        return [{name: value for name, value in one.items() if name != "idempotency_key"} for one in self.desk.heard("Provide")]

    def test_tries_are_told_before_one_is_spent(self):
        self.begin("number")
        self.assertIn("あと9回", self.text("#tries"))
        self.assertIn("有効期限：2035年2月17日", self.text("#tries"))
        self.press("b")
        self.assertIn("あと9回", self.text("#number_tries"))

    def test_number_in_its_parts(self):
        self.begin("number")
        self.assertIn("番号を入力する", self.text("#next_act"))
        self.press("b", *"081345", Keys.ENTER)
        self.assertEqual(self.provided(), [{"access_number": {"era_year": "08", "security_code": "1345"}}])
        self.assertRegex(self.desk.heard("Provide")[0]["idempotency_key"], r"^[0-9a-f-]{36}$")
        until(lambda: self.text("#said") == "送りました")
        self.assertEqual(self.js("return [...document.querySelectorAll('input[inputmode]')].map(one => one.value).join('')"), "")

    def test_a_digit_too_few_is_not_sent(self):
        self.begin("number")
        self.press("b", *"0813", Keys.ENTER)
        until(lambda: self.text("#said") == "数字が足りません")
        self.assertEqual(self.desk.heard("Provide"), [])

    def test_number_compared_with_the_card(self):
        self.begin("number", hint=reason("access_number_unchecked"))
        self.press("b", *"05010120351234")
        self.js("document.getElementById('compared').click()")
        self.press(Keys.ENTER)
        self.js("document.querySelector('#number [type=submit]').click()")
        self.assertEqual(self.provided()[0], {"access_number": {"number": "05010120351234", "compared": True}})

    def test_visual_check_in_two_touches(self):
        for keys, confirmed in ((("v", "2", "y"), True), (("v", "2", "n"), False)):
            self.begin("method")
            self.press(*keys)
            self.assertEqual(self.provided(), [{"visual_check": {"staff": "tanaka", "reason": "pin_failed", "confirmed": confirmed}}])
            self.desk.calls.clear()

    def test_the_reason_that_what_failed_suggests(self):
        for earlier, likely in (
                (FACE_FAILED, "face_failed"), (BOTH_FAILED, "pin_failed"), ([], "cannot_face_camera"),
                ([{"method": "face", "reason": reason("card_without_photo")}], "no_photo"),
                ([{"method": "face", "reason": reason("camera_lost")}], "device_fault"),
                ([{"method": "pin", "reason": reason("pin_locked")}], "card_locked")):
            self.begin("method", earlier=earlier)
            self.press("v")
            self.assertEqual(self.js("return document.getElementById('reason').value"), likely)

    def test_nobody_is_entered_for_visual_checks(self):
        self.begin("method", staff=[])
        self.press("v")
        self.assertIn("登録されていません", self.text("#visual_check"))

    def test_consent_for_who_cannot_answer(self):
        self.begin("consent")
        self.press("c", "1", "n")
        self.assertEqual(self.provided(), [{"consent": {"given": False, "staff": "sato"}}])

    def test_the_bell(self):
        self.begin("help")
        self.assertIn("呼んでいます", self.text("#bell"))
        self.press("h")
        until(lambda: self.desk.heard("HelpGiven"))
        self.show("help", help=False)
        self.assertEqual(self.text("#bell"), "")

    def test_what_is_refused_ends_in_a_sentence(self):
        self.desk.answers["Provide"] = lambda _: ("org.kaomon.Staff.Refused", {"reason": reason("staff_not_configured"), "detail": "x"})
        self.begin("method")
        self.press("v", "1", "y")
        until(lambda: self.text("#said") == reason("staff_not_configured")["ja"])

    def test_a_lost_connection_says_so_and_keeps_the_key_of_a_press(self):
        self.errors_expected = True
        self.begin("method")
        self.desk.answers["Provide"] = lambda _: None
        self.press("v", "1", "y")
        until(lambda: self.desk.heard("Provide"))
        self.desk.answers["Provide"] = lambda _: {"repeated": True}
        self.desk.open = False
        self.desk.cut()
        until(lambda: "つなぎ直しています" in self.text("#lost"))
        self.assertEqual(self.text("#state"), "")
        self.desk.open = True
        self.assertLess(until(lambda: self.text("#state")), 8, "3 s, and what a busy machine takes")
        until(lambda: len(self.desk.heard("Provide")) == 2)
        self.assertEqual(len({one["idempotency_key"] for one in self.desk.heard("Provide")}), 1)

    def test_who_may_not_is_told(self):
        self.desk.refuse["Follow"] = ("org.varlink.service.PermissionDenied", {})
        self.open()
        until(lambda: "権限がありません" in self.text("#lost"))

    def test_a_form_ends_with_its_visit(self):
        self.begin("method")
        self.press("v", "1")
        self.show("idle")
        self.assertEqual(self.text("#visual_check"), "")
        self.assertEqual(self.text("#next_act"), "")

    def test_a_wait_counts_down(self):
        self.begin("number", hint=reason("entry_delayed"), retry_after_ms=30000)
        self.assertRegex(self.text("#tries"), "あと(30|29)秒")
        until(lambda: "あと28秒" in self.text("#tries"))

    def test_health_and_alarm(self):
        self.begin("faults")
        for word in ("no_reader", "camera_lost", "audit_unwritable", "clock_invalid"):
            self.assertIn(reason(word)["ja"], self.text("#health"))
        self.assertIn("カードが残っています", self.text("#alarm"))
        self.assertIn("確認できず", self.text("#last"))
        self.assertIn("顔", self.text("#last"))

    def test_markup_is_text(self):
        nasty = "<img src=x onerror=alert(1)>"
        self.begin("method", staff=[nasty], attributes=[nasty], earlier=[{"method": nasty, "reason": {**reason("no_match"), "ja": nasty}}])
        self.desk.tell("Watch", status=status(reader=nasty))
        self.press("v")
        until(lambda: nasty in self.text("#health"))
        for selector in ("#earlier", "#visual_check"):
            self.assertIn(nasty, self.text(selector))
        self.assertEqual(self.js("return document.querySelectorAll('img').length"), 0)

    def test_the_token_stays_in_this_tab_and_a_reload_goes_on(self):
        self.begin("idle")
        self.assertEqual(self.driver.current_url, f"{self.desk.address}/staff")
        self.assertNotIn(self.desk.token, self.driver.page_source)
        for name in STAFF:
            self.show(name)
            before = self.text("#state")
            self.driver.refresh()
            until(lambda: self.text("#state") == before)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
