"""kaomon-clinic rehearse: the whole of it on simulated devices, and what it says where there are none.

usage: rehearse_test.py KAOMON-CLINIC KAOMON-PHOTO SOURCE-TREE
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CTL, WORKER, SOURCE = sys.argv[1:4]
SIMULATED = ["--simulated", f"{SOURCE}/models/demo/obama2.jpg", "--simulated-card", f"{SOURCE}/models/demo/obama.jpg"]


class Rehearse(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.place.name)
        self.folder = self.home / "clinic"
        self.config = self.home / "kaomond.toml"
        self.config.write_text(f'[face]\nmodels = "{SOURCE}/models"\n[photo]\nworker = "{WORKER}"\nbudget_ms = 2000\n')

    def tearDown(self):
        self.place.cleanup()

    def ctl(self, *arguments, code):
        # a socket where no pcscd listens: a reader of this machine is no part of the test
        environment = {**os.environ, "LANG": "C.UTF-8", "PCSCLITE_CSOCK_NAME": str(self.home / "pcscd")}
        ended = subprocess.run([CTL, "--folder", str(self.folder), *arguments], env=environment, capture_output=True,
                               text=True, timeout=300, check=False)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return ended

    def rehearse(self, *arguments, code):
        said = self.ctl("rehearse", "--json", "--config", str(self.config), "--patience", "50", *arguments, code=code)
        return json.loads(said.stdout)

    def test_all_of_it_on_simulated_devices(self):
        self.ctl("profile", "name=みかん内科", "network.line=ipvpn-west", code=0)
        done = self.rehearse(*SIMULATED, "--wait", "60", code=7)  # the line is not there, and no certificate yet
        self.assertEqual(list(done["parts"]), ["reader", "camera", "network", "certificate", "clock", "visit"])
        for part in ("reader", "visit"):
            self.assertEqual(done["parts"][part]["state"], "good", done["parts"][part])
        camera = {check["check"]: check["state"] for check in done["parts"]["camera"]["checks"]}
        self.assertEqual(list(camera), ["first_frame", "frame_rate", "light"])  # the first two are this machine's own
        self.assertEqual(camera["light"], "good")
        self.assertEqual(done["parts"]["certificate"]["state"], "not_checkable")
        self.assertIn("カメラ", done["simulated"])
        self.assertEqual(json.loads((self.folder / "rehearsal.json").read_text()), done)
        page = (self.folder / "rehearsal.html").read_text()
        for text in ("みかん内科", "模擬: カードリーダー、カード、カメラ", "試し受付", "うまくいかないとき"):
            self.assertIn(text, page)
        self.assertIn('href="rehearsal.html"', (self.folder / "index.html").read_text())
        self.assertEqual({path.suffix for path in self.folder.iterdir() if path.is_file()}, {".html", ".json", ".toml"})

    def test_models_and_worker_of_the_tree_are_found(self):
        self.config.write_text("[photo]\nbudget_ms = 2000\n")  # as installed, where nothing is installed
        done = self.rehearse(*SIMULATED, "--wait", "60", code=7)
        self.assertEqual(done["parts"]["visit"]["state"], "good", done["parts"]["visit"])

    def test_without_devices_it_says_so_and_does_the_rest(self):
        self.config.write_text(self.config.read_text() + '[camera]\ndevice = "/dev/no-camera"\n')
        done = self.rehearse("--wait", "1", code=8)
        self.assertEqual(done["verdict"], "failed")
        self.assertEqual([done["parts"][part]["state"] for part in ("reader", "camera", "visit")], ["failed"] * 3)
        self.assertIn("clock", done["parts"])
        self.assertEqual(done["parts"]["network"]["checks"][0]["seen"], "回線の種類がまだ決まっていません。")
        self.assertEqual(done["simulated"], "")

    def test_the_certificate_read_last_is_part_of_it(self):
        pem = self.home / "device.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1095", "-subj", "/CN=device-0001",
                        "-addext", "extendedKeyUsage=clientAuth", "-addext", "basicConstraints=CA:FALSE",
                        "-keyout", "/dev/null", "-out", str(pem)], check=True, capture_output=True, timeout=60)
        self.ctl("certificate", str(pem), code=0)
        done = self.rehearse(*SIMULATED, code=7)
        self.assertEqual(done["parts"]["certificate"]["state"], "good")
        self.assertNotIn("device-0001", json.dumps(done))
        (self.folder / "certificate.json").write_text("{")
        again = self.ctl("rehearse", "--json", "--config", str(self.config), "--patience", "50", *SIMULATED, code=7)
        self.assertIn("certificate.json.bad", again.stderr)
        self.assertEqual(json.loads(again.stdout)["parts"]["certificate"]["state"], "good")

    def test_bad_input_is_one_sentence(self):
        for arguments in (["--config", "/nowhere/else.toml", *SIMULATED],
                          ["--simulated", "/nowhere.jpg", "--simulated-card", "/nowhere.jpg", "--config", str(self.config)],
                          [*SIMULATED[:3], str(self.config), "--config", str(self.config)]):
            ended = self.ctl("rehearse", *arguments, code=3)
            self.assertTrue(ended.stderr.startswith("kaomon-clinic: "), ended.stderr)
        self.assertIn("--simulated-card", self.ctl("rehearse", *SIMULATED[:2], code=3).stderr)
        self.assertIn("/nowhere/else.toml", self.ctl("rehearse", "--config", "/nowhere/else.toml", code=3).stderr)
        self.config.write_text("[face]\nmodels = 5\n")
        self.assertIn("kaomond.toml の2行目", self.ctl("rehearse", "--config", str(self.config), code=3).stderr)
        self.assertIn("face.models", self.ctl("--lang", "en", "rehearse", "--config", str(self.config), code=3).stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
