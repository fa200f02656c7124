"""kaomon-clinic procure, and its CSV as others read it.

usage: procure_test.py KAOMON-CLINIC
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CTL = sys.argv[1]


class Procure(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.place.name) / "clinic"

    def tearDown(self):
        self.place.cleanup()

    def ctl(self, *arguments, code=0):
        ended = subprocess.run([CTL, "--folder", str(self.folder), *arguments], capture_output=True, text=True,
                               env={**os.environ, "HOME": self.place.name}, timeout=60, check=False)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return ended

    def test_the_csv_survives_quotes_commas_and_formulas(self):
        self.ctl("profile", 'name=みかん"内科", 小児科', "order.vendor==HYPERLINK(1)", "contact.telephone=+81-89-000-0000",
                 "contact.address=@1-2-3")
        self.ctl("procure", "quote", "--today", "2026-11-24")
        with open(self.folder / "quote-request.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        self.assertTrue(all(len(row) == 3 for row in rows))
        values = {row[1]: row[2] for row in rows}
        self.assertEqual(values["医療機関の名前"], 'みかん"内科", 小児科')
        for item in ("システム事業者", "電話", "住所"):
            self.assertTrue(values[item].startswith("'"), values[item])
        self.assertTrue((self.folder / "quote-request.csv").read_bytes().startswith(b"\xef\xbb\xbf"))

    def test_what_is_missing_is_listed_and_a_named_file_is_written(self):
        self.assertIn("空欄のままの項目", self.ctl("procure", "order", "--today", "2026-11-24").stdout)
        out = pathlib.Path(self.place.name) / "out.html"
        said = json.loads(self.ctl("procure", "order", "--json", "--html", str(out)).stdout)
        self.assertEqual(said["html"], str(out))
        self.assertIn("発注書", out.read_text())
        self.assertIn("Order", (self.ctl("--lang", "en", "procure", "order", "--html", str(out)), out.read_text())[1])
        self.assertIn("書けません", self.ctl("procure", "order", "--html", "/nowhere/x.html", code=3).stderr)
        self.assertIn("という日はありません", self.ctl("procure", "order", "--today", "2027-02-30", code=3).stderr)
        self.assertIn('<a href="order.html">', (self.folder / "index.html").read_text())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
