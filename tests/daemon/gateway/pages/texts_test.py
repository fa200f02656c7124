"""The one table of texts: no language lacks one, none is used nowhere, and none says what another patient may not hear.

usage: texts_test.py SOURCE-TREE
"""
import json
import pathlib
import re
import sys
import unittest

SOURCE = pathlib.Path(sys.argv[1])
PAGES = SOURCE / "daemon/gateway/pages"
TABLE = json.loads((PAGES / "assets/texts.json").read_text())
LANGUAGES = ["ja", "ja-easy", "en", "zh-Hans", "ko", "vi", "pt-BR"]
REASONS = re.findall(r"^X\((\w+),\s*(\w+),", (SOURCE / "proto/reasons.inc").read_text(), re.M)
CODE = "\n".join(file.read_text() for file in [*PAGES.glob("*.html"), *PAGES.glob("assets/*.mjs")])


def quoted(text):
    return re.findall(r"""["']([a-z0-9_]+)["']""", text)


class Texts(unittest.TestCase):
    def test_the_languages(self):
        self.assertEqual([one["code"] for one in TABLE["languages"]], LANGUAGES)

    def each(self, table, languages):
        for key, entry in table.items():
            with self.subTest(key=key):
                self.assertEqual([one for one in entry if one != "spoken"], languages)
                for language in languages:
                    self.assertRegex(entry[language], r"\S")
                    self.assertEqual(entry[language], entry[language].strip())
                    self.assertEqual("{n}" in entry[language], "{n}" in entry["en"])

    def test_every_language_has_every_text(self):
        self.each(TABLE["patient"], LANGUAGES)

    def test_staff_reads_japanese_and_english(self):
        self.each(TABLE["staff"], ["ja", "en"])

    def test_every_reason_for_the_patient_is_translated(self):
        """The Japanese stands in proto/reasons.inc and comes with the message."""
        self.assertEqual(sorted(TABLE["reasons"]), sorted(word for word, who in REASONS if who == "patient"))
        self.each(TABLE["reasons"], LANGUAGES[1:])

    def test_every_text_is_used(self):
        used = set(quoted(CODE))
        for part in ("patient", "staff"):
            with self.subTest(part=part):
                self.assertEqual([key for key in TABLE[part] if key not in used], [])

    def test_every_text_that_is_used_is_there(self):
        html = {"patient": (PAGES / "patient.html").read_text(), "staff": (PAGES / "staff.html").read_text()}
        for part, text in html.items():
            named = re.findall(r'data-(?:text|label|alt)="(\w+)"', text)
            self.assertEqual([key for key in named if key not in TABLE[part]], [])
        asked = re.findall(r"texts\.text\('(\w+)'", CODE) + re.findall(r"text: '(\w+)'", CODE) + re.findall(r"say\('(\w+)'\)", CODE)
        self.assertTrue(asked)
        self.assertEqual([key for key in asked if key not in TABLE["patient"] and key not in TABLE["staff"]], [])

    def test_no_patient_is_accused(self):
        for key, entry in {**TABLE["patient"], **TABLE["reasons"]}.items():
            text = " ".join(str(one) for one in entry.values())
            self.assertNotRegex(text, r"(?i)不正|疑い|偽|なりすまし|fraud|impostor|suspicio|suspeit|fraude|giả mạo|의심|위조|可疑", key)

    def test_what_is_spoken_tells_no_number(self):
        for key, entry in TABLE["patient"].items():
            if entry.get("spoken"):
                self.assertNotIn("{n}", " ".join(entry[one] for one in LANGUAGES), key)

    def test_easy_japanese_is_short_and_apart(self):
        """Sentences of at most 36 characters, with spaces between the words."""
        for key, entry in {**TABLE["patient"], **TABLE["reasons"]}.items():
            for sentence in re.split("[。？]", entry["ja-easy"]):
                self.assertLessEqual(len(sentence.strip()), 36, key)
                if len(sentence) > 14:
                    self.assertIn(" ", sentence.strip(), key)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
