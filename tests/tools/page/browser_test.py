"""Every page that kaomon-clinic makes, opened in Chromium: no word on the console, readable on a telephone and on A4, and nothing
that axe-core finds wrong for people with a screen reader.

usage: browser_test.py KAOMON-CLINIC KAOMON-PHOTO SOURCE-TREE FOLDER-FOR-PYTHON-PACKAGES
With KAOMON_SCREENSHOTS=FOLDER the pages are left there as pictures and PDFs, to be looked at.
"""
import base64
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import browser

CTL, WORKER, SOURCE, PACKAGES = sys.argv[1:5]
PHONE, DESKTOP, A4 = 360, 1280, 696  # CSS pixels; of A4 what the margins of style.cpp leave: 210 mm - 2 * 13 mm

# The one list of what makes a page: its file in the clinic's folder, the command, and the exit codes that go with a page.
MAKERS = [
    ("introduction.html", ["introduce", "page", "--open", "2027-04", "--prefecture", "宮城県", "--kind", "clinic",
                           "--today", "2026-12-20"], (0,)),
    ("reader-change.html", ["procure", "change", "--today", "2026-12-20"], (7,)),
    ("network.html", ["network", "--line", "ipvpn-east", "--patience", "50"], (7,)),
    ("quote-request.html", ["procure", "quote", "--today", "2026-12-20"], (0,)),
    ("order.html", ["procure", "order", "--today", "2026-12-20"], (0,)),
    ("certificate.html", ["certificate", "{folder}/device.pem", "--issued", "2026-11-20"], (0, 7)),
    ("rehearsal.html", ["rehearse", "--simulated", f"{SOURCE}/models/demo/obama2.jpg", "--simulated-card", f"{SOURCE}/models/demo/obama.jpg",
                        "--config", "{folder}/kaomond.toml",
                        "--patience", "50"], (7,)),
    ("index.html", ["procure", "order", "--today", "2026-12-20"], (0,)),
]


class Browser(browser.Browser):
    def open(self, file, width, media=""):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media})
        self.size(width, 800, mobile=width == PHONE)
        self.driver.get(file.as_uri())

    def beyond(self, width):
        """What sticks out on the right; what is there for screen readers only is one pixel wide and not counted."""
        return self.driver.execute_script("""
            return [...document.querySelectorAll('body *')].filter(one => {
                const box = one.getBoundingClientRect();
                return box.width > 1 && box.right > arguments[0] + 0.5 && !one.closest('thead');
            }).map(one => one.outerHTML.slice(0, 120))""", width)

    def pdf(self):
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True,
                                                                               "printBackground": True})["data"])

    def picture(self):
        height = self.driver.execute_script("return Math.ceil(document.documentElement.getBoundingClientRect().height) + 20")
        width = self.driver.execute_script("return innerWidth")
        return self.capture(captureBeyondViewport=True, clip={"x": 0, "y": 0, "width": width, "height": height, "scale": 1})


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        cls.folder = pathlib.Path(cls.place.name)
        cls.browser = Browser(cls.folder / "chromium", PACKAGES)
        cls.addClassCleanup(cls.browser.driver.quit)
        (cls.folder / "kaomond.toml").write_text(
            f'[face]\nmodels = "{SOURCE}/models"\n[photo]\nworker = "{WORKER}"\nbudget_ms = 2000\n')
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1095", "-subj",
                        "/C=JP/O=Test/CN=device-0001", "-addext", "extendedKeyUsage=clientAuth", "-addext",
                        "basicConstraints=CA:FALSE", "-keyout", "/dev/null", "-out", str(cls.folder / "device.pem")],
                       check=True, capture_output=True, timeout=60)
        for language in ("ja", "en"):
            cls.make(language)

    @classmethod
    def make(cls, language):
        clinic = cls.folder / language
        environment = {**os.environ, "LANG": "C.UTF-8", "HOME": str(cls.folder)}

        def ctl(arguments, codes):
            ended = subprocess.run([CTL, "--folder", str(clinic), "--lang", language, *arguments], env=environment,
                                   capture_output=True, text=True, timeout=300, check=False)
            if ended.returncode not in codes:
                raise RuntimeError(f"{arguments} ended with {ended.returncode}: {ended.stdout}{ended.stderr}")

        ctl(["profile", "name=みかん内科クリニック", "contact.person=三間 葵", "contact.telephone=089-000-0000",
             "contact.address=愛媛県松山市一番町四丁目4番地2", "order.vendor=有限会社れもんシステム", "desk.count=2", "network.line=ipvpn-west"], (0,))
        ctl(["introduce", "plan", "--open", "2027-04", "--prefecture", "愛媛県", "--kind", "clinic", "--today", "2026-11-24"], (0,))
        ctl(["introduce", "done", "1", "--on", "2026-11-20", "--today", "2026-11-24"], (0,))
        for _, arguments, codes in MAKERS:
            ctl([argument.replace("{folder}", str(cls.folder)) for argument in arguments], codes)

    def each(self, look):
        for language in ("ja", "en"):
            for file, _, _ in MAKERS:
                with self.subTest(page=f"{language}/{file}"):
                    look(self.folder / language / file)

    def keep(self, file, name, content):
        if place := os.environ.get("KAOMON_SCREENSHOTS"):
            (pathlib.Path(place) / f"{file.parent.name}-{file.stem}-{name}").write_bytes(content)

    def test_on_a_telephone_nothing_is_cut_off(self):
        def look(file):
            self.browser.open(file, PHONE)
            self.assertEqual(self.browser.driver.execute_script("return document.documentElement.scrollWidth"), PHONE)
            self.assertEqual(self.browser.beyond(PHONE), [])
            self.keep(file, "phone.png", self.browser.picture())

        self.each(look)

    def test_on_a4_nothing_is_cut_off(self):
        def look(file):
            self.browser.open(file, A4, media="print")
            self.assertEqual(self.browser.beyond(A4), [])
            pdf = self.browser.pdf()
            sizes = [tuple(round(float(number)) for number in box.split()[2:])
                     for box in re.findall(r"/MediaBox \[([^]]*)\]", pdf.decode("latin-1"))]
            self.assertTrue(sizes)
            self.assertEqual(set(sizes), {(595, 842)})  # points
            self.keep(file, "a4.pdf", pdf)

        self.each(look)

    def sheets(self, file):
        """The words on every sheet of A4, as poppler reads them, without the margins' lines."""
        self.browser.open(file, A4, media="print")
        with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
            pdf.write(self.browser.pdf())
            pdf.flush()
            text = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", pdf.name, "-"], check=True, capture_output=True,
                                  text=True, timeout=60).stdout
        sheets = text.split("\f")[:-1]
        return ["\n".join(line for line in sheet.splitlines()
                          if "Kaomon が作成" not in line and "made by Kaomon" not in line) for sheet in sheets]

    def test_no_sheet_is_nearly_empty(self):
        def look(file):
            for number, sheet in enumerate(self.sheets(file), 1):
                self.assertGreater(len(sheet.split()), 12, f"sheet {number}: {sheet}")

        self.each(look)

    def test_what_goes_on_the_wall_is_one_sheet_and_begins_with_what_staff_does(self):
        for language, words in (("ja", "職員がすること"), ("en", "What staff does")):
            sheets = self.sheets(self.folder / language / "rehearsal.html")
            self.assertEqual(len(sheets), 1)
            headings = self.browser.driver.execute_script("return [...document.querySelectorAll('h2')].map(one => one.textContent)")
            self.assertIn(words, headings[0])

    def test_no_table_is_split_from_its_head(self):
        """A sheet does not end with the name or the head of a table."""
        for file in (self.folder / "ja/order.html", self.folder / "ja/quote-request.html", self.folder / "ja/introduction.html"):
            self.browser.open(file, A4, media="print")
            captions = set(self.browser.driver.execute_script(
                "return [...document.querySelectorAll('caption, h2, h3')].map(one => one.textContent)"))
            for sheet in self.sheets(file):
                last = [line.strip() for line in sheet.splitlines() if line.strip()][-1]
                self.assertNotIn(last, captions, file)

    def test_no_label_of_the_time_line_lies_on_another(self):
        for language in ("ja", "en"):
            for today in ("2026-11-24", "2026-11-29", "2026-12-31", "2027-02-01", "2027-03-30"):
                file = self.folder / language / "line.html"
                said = subprocess.run([CTL, "--folder", str(self.folder / language), "--lang", language, "introduce", "page",
                                       "--today", today], env={**os.environ, "HOME": str(self.folder)}, check=False, timeout=60)
                self.assertIn(said.returncode, (0, 7))
                file.write_text((self.folder / language / "introduction.html").read_text())
                self.browser.open(file, DESKTOP)
                over = self.browser.driver.execute_script("""
                    const boxes = [...document.querySelectorAll('.timeline text')].map(one => [one.textContent, one.getBoundingClientRect()]);
                    const bars = [...document.querySelectorAll('.timeline rect')].map(one => one.getBoundingClientRect());
                    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
                    const found = [];
                    boxes.forEach(([name, box], at) => boxes.slice(at + 1).forEach(([other, second]) => {
                        if (meet(box, second)) found.push(name + ' / ' + other); }));
                    const titles = boxes.filter(([name]) => /^[①-⑨]/.test(name));
                    titles.forEach(([name, box]) => bars.forEach(bar => { if (meet(box, bar)) found.push(name + ' / a bar'); }));
                    return found""")
                self.assertEqual(over, [], f"{language} {today}")
                file.unlink()

    def test_every_page_leads_home(self):
        for language in ("ja", "en"):
            for file, _, _ in MAKERS:
                self.browser.open(self.folder / language / file, DESKTOP)
                links = self.browser.driver.execute_script("return [...document.links].map(one => one.getAttribute('href'))")
                self.assertEqual("index.html" in links, file != "index.html", file)

    def test_no_word_of_ours_leaves_the_house(self):
        for file in ("quote-request", "order"):
            for kind in ("html", "csv"):
                text = (self.folder / "ja" / f"{file}.{kind}").read_text()
                text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
                self.assertNotRegex(re.sub(r"<[^>]*>", "", text), r"ipvpn|ipsec-|kaomon-clinic|not_measured|built_in")
            self.assertIn("御中", (self.folder / "ja" / f"{file}.html").read_text())

    def test_the_console_stays_empty(self):
        def look(file):
            self.browser.console()
            self.browser.open(file, DESKTOP)
            self.assertEqual(self.browser.console(), [])
            self.keep(file, "desktop.png", self.browser.picture())

        self.each(look)

    def test_axe_finds_nothing(self):
        def look(file):
            for width in (PHONE, DESKTOP):
                self.browser.open(file, width)
                self.assertEqual(self.browser.violations(), [])

        self.each(look)

    def test_the_index_leads_to_every_page(self):
        for language in ("ja", "en"):
            clinic = self.folder / language
            self.browser.open(clinic / "index.html", DESKTOP)
            links = self.browser.driver.execute_script("return [...document.links].map(one => one.getAttribute('href'))")
            self.assertEqual(set(links), {file for file, _, _ in MAKERS} - {"index.html"})
            for link in links:
                self.assertTrue((clinic / link).is_file(), link)

    def test_what_is_simulated_says_so_on_every_sheet(self):
        for file in (self.folder / "ja/rehearsal.html", self.folder / "en/rehearsal.html"):
            text = file.read_text()
            self.assertIn('class="simulated"', text)
            self.assertIn("@top-center", text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
