"""The patient's page, from view to view."""
import json
import pathlib
import time

import views
from desk_page import DeskPage, until
from views import PATIENT

LANGUAGES = ["ja", "ja-easy", "en", "zh-Hans", "ko", "vi", "pt-BR"]
TEXTS = json.loads((pathlib.Path(views.__file__).resolve().parents[4] / "daemon/gateway/pages/assets/texts.json").read_text())
FACE = {"left": 0.6, "top": 0.3, "width": 0.3, "height": 0.4}
# A grey picture of 8 x 8: what is in it does not matter here.
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c231c"
    "1c2837292c30313434341f27393d38323c2e333432ffc0000b080008000801011100ffc4001f0000010501010101010100000000000000000102030405060708090a0bff"
    "c400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728"
    "292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2"
    "b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00a8ffd9")


class PatientPage(DeskPage):
    page = "patient"

    def view(self):
        return self.js("return document.body.dataset.view")

    def show(self, name, **more):
        if name in ("done", "not_now"):
            self.desk.tell("Attach", **PATIENT["working"])
            until(lambda: self.view() == "working")
        self.desk.tell("Attach", **(PATIENT[name] | more))
        until(lambda: self.view() == name, what=lambda: f"{self.view()} instead of {name}")

    def begin(self, name, **more):
        self.desk.tell("Attach", **(PATIENT[name] | more))
        self.open()
        until(lambda: self.view() == name, what=lambda: f"{self.view()} instead of {name}")

    def speak(self, language):
        self.js("document.querySelector(`[data-code='${arguments[0]}']`).click()", language)
        until(lambda: self.js("return document.documentElement.dataset.language") == language)
        time.sleep(0.05)
