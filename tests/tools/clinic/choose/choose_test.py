"""kaomon-clinic choose as a clinic meets it: on its simulators, and through a real pcscd with the simulated card.

usage: choose_test.py KAOMON-CLINIC KAOMON-SIMCARD SIMCARD_PORTRAIT SOURCE
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
import virtual_reader  # noqa: E402

CTL, SIMCARD, PORTRAIT, SOURCE = sys.argv[1:5]
STILL = pathlib.Path(SOURCE) / "models/demo/obama.jpg"


class Choose(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.place.name)
        self.folder = self.root / "clinic"
        self.env = {**os.environ, "HOME": self.place.name, "PCSCLITE_CSOCK_NAME": str(self.root / "pcscd.comm")}
        self.processes = []

    def tearDown(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()
        self.place.cleanup()

    def start(self, *command, **more):
        process = subprocess.Popen(command, env=self.env, **more)
        self.processes.append(process)
        return process

    def command(self, *arguments):
        return [CTL, "--folder", str(self.folder), "choose", *arguments]

    def ctl(self, *arguments, code=0):
        ended = subprocess.run(self.command(*arguments), capture_output=True, text=True, env=self.env, timeout=200,
                               check=False)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return ended

    def measure_simulated(self, name, fault, *more, code=0):
        return self.ctl("measure", "--name", name, "--simulate-reader", fault, "--taps", "6", *more, code=code)

    def desk(self):
        """A pcscd of its own, and a simulated card whose coming and going a FIFO rules."""
        (self.root / "portrait.jpg").touch()
        subprocess.run([PORTRAIT, str(self.root / "portrait.jpg")], check=True, timeout=60)
        issued = subprocess.run([SIMCARD, "issue", "--portrait", str(self.root / "portrait.jpg"), "--out",
                                 str(self.root / "card"), "--json"], capture_output=True, check=True, timeout=60)
        port = virtual_reader.free_port_pair()
        pcscd = self.start(*virtual_reader.pcscd(self.root, "Choose PCD", port), stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        self.start(SIMCARD, "serve", "--card", str(self.root / "card"), "--port", str(port), "--fault",
                   str(self.root / "fault"), "--absent", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return json.loads(issued.stdout), pcscd

    def tell(self, word):
        for _ in range(200):  # until it is made, and read
            try:
                fifo = os.open(self.root / "fault", os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                time.sleep(0.05)
                continue
            os.write(fifo, (word + "\n").encode())
            os.close(fifo)
            return
        self.fail("nobody reads the FIFO")

    def hands(self, process, words):
        """Does what the program asks on standard error, as a person would; `words` may do something else."""
        said = []

        def obey():
            for line in process.stderr:
                said.append(line)
                for part, do in words:
                    if part in line:
                        do()
        thread = threading.Thread(target=obey)
        thread.start()
        return thread, said

    def test_four_readers_in_order_and_a_page_that_says_it_is_simulated(self):
        for name, fault in (("A", "mute"), ("B", "small-block"), ("C", "tap-loss"), ("D", "none")):
            said = self.measure_simulated(name, fault).stdout
            self.assertIn("【模擬】", said)
        listed = self.ctl("list").stdout
        self.assertEqual(len(listed.splitlines()), 4)
        out = self.root / "out.html"
        ranked = json.loads(self.ctl("compare", "--json", "--html", str(out)).stdout)
        self.assertEqual([one["name"] for one in ranked["readers"]], ["D", "B", "C", "A"])
        self.assertEqual(ranked["simulated"], ["A", "B", "C", "D"])
        page = out.read_text()
        kept = (self.folder / "comparison.html").read_text()
        self.assertIn('<a href="index.html">', kept)
        self.assertNotIn("index.html", page, "which is not beside it")
        self.assertEqual(page, re.sub(r'<nav class="home">.*?</nav>\n', "", kept))
        self.assertIn("@top-center", page)
        self.assertTrue("一度に 128 バイトしか運べない" in page)
        self.assertIn('<a href="comparison.html">', (self.folder / "index.html").read_text())
        english = self.ctl("--lang", "en", "compare").stdout
        self.assertIn("4. × A (simulated)", english)
        self.ctl("forget", "A")
        self.assertEqual(len(json.loads(self.ctl("list", "--json").stdout)["candidates"]), 3)

    def test_a_camera_on_the_simulator(self):
        self.assertTrue(STILL.exists(), "run tools/models/fetch --demo")
        said = json.loads(self.ctl("measure", "--name", "A", "--simulate-camera", "none", "--still", str(STILL),
                                   "--models", SOURCE + "/models", "--frames", "3", "--json").stdout)
        found = {one["word"]: one for one in said["criteria"]}
        for word in ("gate_pass", "gate_dark", "gate_behind", "eyes", "sharpness", "frame_rate", "jitter",
                     "first_frame", "age", "noise", "colour"):
            self.assertNotEqual(found[word]["grade"], "not_measured", word)
        self.assertEqual(said["simulated"], "camera: none")

    def test_a_reader_behind_the_real_pcscd(self):
        issued, _ = self.desk()
        number = self.root / "number"
        number.write_text(issued["access_number"] + "\n")
        process = self.start(*self.command("measure", "--name", "A", "--only", "reader", "--taps", "3", "--no-unplug",
                                           "--number-from", str(number), "--json"),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        thread, said = self.hands(process, [("カードを置いてください", lambda: self.tell("insert")),
                                            ("カードを離してください", lambda: self.tell("pull"))])
        out = process.stdout.read()
        self.assertEqual(process.wait(100), 0, out + "".join(said))
        thread.join()
        measured = json.loads(out)
        found = {one["word"]: one for one in measured["criteria"]}
        self.assertIn("Choose PCD", measured["id"])
        self.assertIn("virtual reader", measured["simulated"])
        self.assertEqual(found["taps"]["value"], 0)
        self.assertGreaterEqual(found["largest_block"]["value"], 256)
        self.assertEqual(found["contactless"]["grade"], "pass")
        self.assertEqual(len([one for one in measured["series"] if one["word"] == "photo_read"][0]["samples"]), 5)
        text = json.dumps(measured)
        self.assertNotIn(issued["access_number"], text)
        shown = json.loads(subprocess.run([SIMCARD, "show", "--card", str(self.root / "card"), "--json"],
                                          capture_output=True, check=True, timeout=60).stdout)
        self.assertNotIn('"tries_left": 9', json.dumps(shown))

    def test_a_service_that_dies_in_the_middle_keeps_what_was_measured(self):
        _, pcscd = self.desk()
        process = self.start(*self.command("measure", "--name", "A", "--only", "reader", "--taps", "9"),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        thread, said = self.hands(process, [("（3/9）", pcscd.kill), ("カードを置いてください", lambda: self.tell("insert")),
                                            ("カードを離してください", lambda: self.tell("pull"))])
        out = process.stdout.read()
        self.assertEqual(process.wait(100), 7, out + "".join(said))
        thread.join()
        self.assertIn("測定の途中で使えなくなりました", out)
        kept = json.loads((self.folder / "measurements/readers/A.json").read_text())
        self.assertEqual({one["word"]: one for one in kept["criteria"]}["free_data"]["grade"], "pass")

    def test_ctrl_c_keeps_what_was_measured(self):
        self.desk()
        process = self.start(*self.command("measure", "--name", "A", "--only", "reader"), stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
        thread, said = self.hands(process, [("（3/50）", lambda: process.send_signal(signal.SIGINT)),
                                            ("カードを置いてください", lambda: self.tell("insert")),
                                            ("カードを離してください", lambda: self.tell("pull"))])
        out = process.stdout.read()
        self.assertEqual(process.wait(100), 7, out + "".join(said))
        thread.join()
        self.assertIn("途中で終えました。ここまでの測定は残してあります。", "".join(said))
        kept = json.loads((self.folder / "measurements/readers/A.json").read_text())
        self.assertEqual({one["word"]: one for one in kept["criteria"]}["taps"]["value"], 0)

    def test_what_cannot_be_done_is_one_sentence_and_a_code(self):
        self.assertIn("サービスが動いていません", self.ctl("measure", "--name", "A", "--only", "reader", code=8).stderr)
        self.assertIn("もう一度測って", self.ctl("measure", "--name", "A", "--only", "camera", "--camera", "/nowhere",
                                          code=8).stderr)
        self.assertIn("比べる測定がありません", self.ctl("compare", code=3).stderr)
        self.assertIn("使えません", self.ctl("measure", "--name", "../A", "--simulate-reader", "none", code=3).stderr)
        self.assertIn("--still", self.ctl("measure", "--name", "A", "--simulate-camera", "none", "--still", "/nowhere",
                                          code=3).stderr)
        self.assertIn("という候補はありません", self.ctl("forget", "Z", code=3).stderr)
        self.ctl("measure", "--name", "A", "--simulate-reader", "broken", code=3)
        self.assertFalse((self.folder / "measurements").exists(), "nothing is kept of nothing")

    def test_a_reader_that_vanishes_and_a_damaged_file(self):
        self.assertIn("× 測定の終わり", self.measure_simulated("A", "vanishes", code=7).stdout)
        self.measure_simulated("B", "none")
        damaged = self.folder / "measurements/readers/B.json"
        damaged.write_text("{")
        ended = self.ctl("compare")
        self.assertIn("1. ", ended.stdout)
        self.assertIn("B", ended.stdout)
        self.assertTrue(damaged.with_name("B.json.bad").exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
