"""kaomon-simcard faces-folder: marked test files, and never where a live system looks.

usage: faces_folder_test.py KAOMON-SIMCARD
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

SIMCARD = sys.argv[1]


class FacesFolder(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        self.folder = self.place / "kaomon-test-faces"

    def run_tool(self, into, *options):
        return subprocess.run([SIMCARD, "faces-folder", "--into", str(into), *options], capture_output=True, text=True, timeout=60,
                              cwd=self.place, check=False)

    def made(self):
        ended = self.run_tool(self.folder, "--json")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return json.loads(ended.stdout)

    def parsed(self):
        """Every file by what it is an example of, read by its declaration."""
        return {file["en"]: ElementTree.fromstring((self.folder / file["file"]).read_bytes().replace(b'"Shift_JIS"', b'"utf-8"')
                                                   .decode("cp932" if "Shift_JIS" in file["en"] else "utf-8").encode())
                for file in self.made()["files"]}

    def test_names_and_marks(self):
        told = self.made()
        self.assertEqual((told["folder"], told["test"]), (str(self.folder), True))
        names = {file["file"] for file in told["files"]}
        self.assertEqual({path.name for path in self.folder.iterdir()}, names | {"README.txt"})
        self.assertGreaterEqual(len(names), 11)
        readme = (self.folder / "README.txt").read_text()
        self.assertIn("実在の人のものは一つもありません", readme)
        for file in told["files"]:
            self.assertRegex(file["file"], r"^OQSsiquc01res_face_KAOMONTEST\d\d_20\d{12}\.xml$")
            self.assertIn(file["file"], readme)
            self.assertIn(file["ja"], readme)
            data = (self.folder / file["file"]).read_bytes()
            declared = re.match(rb'<\?xml version="1.0" encoding="([\w-]+)"', data)[1].decode()
            self.assertEqual(declared, "Shift_JIS" if "Shift_JIS" in file["en"] else "UTF-8")
            text = data.decode("cp932" if declared == "Shift_JIS" else declared)
            self.assertIn("<!-- KAOMON TEST 試験用。実在の人ではありません。 -->", text)
            self.assertIn(f"<CharacterCodeIdentifier>{int(declared == 'Shift_JIS')}<", text)

    def test_every_person_is_nobody(self):
        for what, root in self.parsed().items():
            self.assertEqual(root.findtext("MessageHeader/MedicalInstitutionCode"), "0000000000", what)
            self.assertRegex(root.findtext("MessageHeader/ArbitraryFileIdentifier"), "^KAOMONTEST")
            for person in root.iter("ResultOfQualificationConfirmation"):
                self.assertRegex(person.findtext("Name"), "^試[験●]　花子$")
                self.assertEqual(person.findtext("InsurerNumber"), "00000000")
                self.assertIn("実在しません", person.findtext("InsurerName"))

    def test_each_is_what_it_says(self):
        seen = {what: (root.findtext("MessageHeader/SegmentOfResult"), root.findtext("MessageBody/QualificationValidity"),
                       len(list(root.iter("ResultOfQualificationConfirmation")))) for what, root in self.parsed().items()}
        self.assertEqual(seen["valid"], ("1", "1", 1))
        self.assertEqual(seen["not valid"], ("1", "2", 1))
        self.assertEqual(seen["none"], ("1", "4", 0))
        self.assertEqual(seen["several"], ("1", "5", 2))
        self.assertEqual(seen["in progress"], ("2", None, 0))
        self.assertEqual(seen["error"], ("9", None, 0))

    def test_never_where_something_is_or_a_live_system_looks(self):
        (self.place / "OQS/face").mkdir(parents=True)
        (self.place / "looks-harmless").symlink_to(self.place / "OQS")
        full = self.place / "kaomon-test-faces-full"
        full.mkdir()
        (full / "a").touch()
        (self.place / "kaomon-test-faces-file").touch()
        (self.place / "kaomon-test-faces-live").symlink_to(self.place / "OQS/face")
        for into, why in ((self.place / "faces", "must begin with kaomon-test-faces"), (self.place, "must begin with"),
                          (self.place / "OQS/face", "must begin with"), (self.place / "OQS/kaomon-test-faces", "of the terminal"),
                          (self.place / "x/Face/kaomon-test-faces", "of the terminal"), ("OQS/kaomon-test-faces", "of the terminal"),
                          (self.place / "looks-harmless/kaomon-test-faces", "of the terminal"), (full, "not empty"),
                          (self.place / "kaomon-test-faces-live", "must begin with"), (self.place / "kaomon-test-faces-file", "no folder"),
                          ("/proc/kaomon-test-faces", "/proc/kaomon-test-faces")):
            with self.subTest(into):
                ended = self.run_tool(into)
                self.assertEqual(ended.returncode, 1, ended.stdout)
                self.assertIn(why, ended.stderr)
        self.assertEqual([path for path in self.place.rglob("*.xml")], [])

    def test_an_empty_folder_is_taken_once(self):
        self.folder.mkdir()
        self.assertIn("test files and README.txt", self.run_tool("kaomon-test-faces/").stdout)
        self.assertIn("not empty", self.run_tool(self.folder).stderr)

    def test_help_is_in_japanese_too(self):
        ended = subprocess.run([SIMCARD, "faces-folder", "--help"], capture_output=True, text=True, timeout=60, check=True)
        for words in ("試験用フォルダーを作る", "決して置かないでください", "Exit codes:", "終了コード"):
            self.assertIn(words, ended.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
