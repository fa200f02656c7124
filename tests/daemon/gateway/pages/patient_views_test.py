"""The views of the patient's page in a real Chromium: large, clear and whole in every language at every size. The server beside it
stands in for gateway and daemon (stand_in.py).

usage: patient_views_test.py SOURCE-TREE FOLDER-FOR-PYTHON-PACKAGES [TEST...]
With KAOMON_SCREENSHOTS=FOLDER every view is left there as a picture, in every language at every size.
"""
import re
import sys
import time
import unittest

from selenium.webdriver.common.keys import Keys

import views
from desk_page import SIZES, until
from patient_page import FACE, JPEG, LANGUAGES, TEXTS, PatientPage
from views import PATIENT, screen


class PatientViews(PatientPage):
    def test_every_view_is_large_clear_and_whole_in_every_language(self):
        for width, height in SIZES:
            self.browser.size(width, height)
            self.begin("rest")
            for name in PATIENT:
                self.show(name)
                if name == "look":
                    self.desk.show_face(JPEG, FACE)
                for language in LANGUAGES:
                    with self.subTest(view=name, language=language, size=f"{width}x{height}"):
                        self.speak(language)
                        self.assertEqual(self.measure(32, 64), [])
                        self.keep(f"{name}-{language}-{width}x{height}")
                if name == "number":
                    self.press("0", "8")
                    until(lambda: self.js("return document.querySelector('#number_card').dataset.here") == "1")
                    for language in LANGUAGES:
                        with self.subTest(view="number, second part", language=language, size=f"{width}x{height}"):
                            self.speak(language)
                            self.assertEqual(self.measure(32, 64), [])
                            self.keep(f"number-code-{language}-{width}x{height}")

    def test_every_hint_for_a_patient_has_room(self):
        words = [one for one in TEXTS["reasons"] if one not in ("no_card", "consent_missing")]  # these two have views of their own
        for width, height in SIZES:
            self.browser.size(width, height)
            self.begin("look")
            for language in LANGUAGES:
                self.speak(language)
                for word in words:
                    told = views.REASONS[word]["ja"] if language == "ja" else TEXTS["reasons"][word][language]
                    self.desk.tell("Attach", **screen("capturing_face", word))
                    until(lambda: re.sub(r"\s", "", self.text("#sentence")) == re.sub(r"\s", "", told), what=lambda: f"{self.text('#sentence')} instead of {told}")
                    with self.subTest(word=word, language=language, size=f"{width}x{height}"):
                        self.assertEqual(self.measure(32, 64), [])

    def test_axe_finds_nothing(self):
        self.begin("rest")
        for language in ("ja", "en"):
            self.speak(language)
            for name in PATIENT:
                with self.subTest(view=name, language=language):
                    self.show(name)
                    self.assertEqual(self.browser.violations("wcag2aaa"), [])

    def test_a_purpose_of_the_greatest_length_is_shown_whole(self):
        long = "診療の内容を確かめ、薬を準備し、会計を行い、次回の予約を取り、紹介状を作り、その結果をご家族に伝えるために、受付で使わせていただきます。"
        for width, height in SIZES:
            self.browser.size(width, height)
            self.begin("consent", purpose={"word": "x", "sentence": long})
            self.assertEqual([one for one in self.measure(16, 64)], [])

    def test_who_wants_less_motion_gets_no_light_and_no_movement(self):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
        self.begin("put_card")
        self.assertEqual(self.desk.heard("Attach"), [{"no_light": True}])
        self.assertEqual(self.js("return document.getAnimations().length"), 0)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        self.begin("put_card")
        self.assertEqual(self.desk.heard("Attach")[-1], {})

    def test_the_focus_is_seen_and_goes_everywhere(self):
        self.begin("pin")
        reached = set()
        for _ in range(30):
            self.press(Keys.TAB)
            reached.add(self.js("const one = document.activeElement; return one.dataset.key ?? one.dataset.code ?? one.id"))
            self.assertEqual(self.js("return document.activeElement === document.body ? '6px' : getComputedStyle(document.activeElement).outlineWidth"), "6px")
        self.assertLessEqual({*"0123456789", "ok", "delete", "call", *LANGUAGES}, reached)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
