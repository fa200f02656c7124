"""kaomon-simdesk as a vendor meets it: photographs in, a desk to join, a verified visit; and what it says where it cannot.

usage: simdesk_test.py SOURCE-TREE PROGRAMS [TEST...]
"""
import contextlib
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

SOURCE, PROGRAMS = (pathlib.Path(one).resolve() for one in sys.argv[1:3])
SIMDESK = SOURCE / "tools/simdesk/kaomon-simdesk"
PHOTOS = SOURCE / "models/demo"
HOLDER = ("--portrait", PHOTOS / "obama.jpg", "--face", PHOTOS / "obama2.jpg")
WAIT = 120  # seconds, generous: the machine may be busy


def grey_wall(side):
    """A JPEG of one grey: one bit says that a block is as bright as the one before, another that nothing more comes."""
    def segment(marker, body):
        return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
    one_code = bytes([1] + [0] * 15) + b"\0"
    blocks = (side // 8) ** 2
    return (b"\xff\xd8" + segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC0, b"\x08" + side.to_bytes(2, "big") * 2 + b"\1\1\x11\0")
            + segment(0xC4, b"\x00" + one_code) + segment(0xC4, b"\x10" + one_code) + segment(0xDA, b"\1\1\0\0\x3f\0")
            + bytes(blocks // 4) + b"\xff\xd9")


def environment(folder, **more):
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "LC_ALL")}
    return {**clean, "LANG": "C.UTF-8", "KAOMON_PROGRAMS": str(PROGRAMS), "TMPDIR": str(folder), **more}


class Simdesk:
    """One that runs, in a folder of its own; the first line it prints is `line`."""

    def __init__(self, *options):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="simdesk-test-", dir="/tmp"))
        self.told = open(self.folder / "told", "w+", encoding="utf-8")
        self.process = subprocess.Popen([SIMDESK, *map(str, options), "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=self.told, text=True, env=environment(self.folder))
        ready, _, _ = select.select([self.process.stdout], [], [], WAIT)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            self.close()
            raise AssertionError(self.said())
        self.line = json.loads(line)

    def said(self):
        return (self.folder / "told").read_text(encoding="utf-8")

    def parts(self):
        """The command lines of what it started, by process id."""
        found = {}
        for child in pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            with contextlib.suppress(OSError):  # it may just have ended
                found[int(child)] = pathlib.Path(f"/proc/{child}/cmdline").read_text().split("\0")
        return found

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT)
        self.process.stdout.close()
        self.told.close()
        return self.process.returncode


class ADesk(unittest.TestCase):
    def desk(self, *options):
        desk = Simdesk(*options)
        self.addCleanup(shutil.rmtree, desk.folder)
        self.addCleanup(desk.close)
        return desk

    def verify(self, desk, *options):
        return subprocess.run([PROGRAMS / "kaomonctl", "--socket", desk.line["socket"], "verify", "--json", "--number-from", "-", *options],
                              input=desk.line["access_number"], capture_output=True, text=True, timeout=WAIT)

    def visit(self, desk, after=None):
        """The caller's program of the visit that runs."""
        end = time.monotonic() + WAIT
        while True:
            visits = [pid for pid, words in desk.parts().items() if "--at-desk" in words and pid != after]
            if visits:
                return visits[0]
            self.assertLess(time.monotonic(), end, desk.said())
            self.assertIsNone(desk.process.poll(), desk.said())
            time.sleep(0.1)

    def test_is_joined_by_the_first_line_and_verifies_the_holder(self):
        desk = self.desk(*HOLDER, "--keep")
        ended = self.verify(desk)
        verdict = json.loads(ended.stdout.splitlines()[-1])
        self.assertEqual(verdict["decision"], "verified", ended.stdout + ended.stderr)
        self.assertEqual(verdict["claims"]["simulated"], ["card", "camera"])
        self.assertEqual(desk.line["simulated"], ["card", "camera"])
        self.assertNotEqual(ended.returncode, 0, "a simulated result is none unless that is allowed")
        for page in "patient", "staff":
            address, token = desk.line[page].split("#")
            self.assertTrue(token)
            with urllib.request.urlopen(address, timeout=WAIT) as answer:
                self.assertIn(b"<html", answer.read())
        self.assertEqual(desk.close(), 143)
        self.assertEqual([left for left in desk.folder.iterdir() if left.name != "told"], [], "what it made is gone")

    def test_somebody_else_is_not_the_holder_but_staff_may_know_better(self):
        desk = self.desk("--portrait", PHOTOS / "obama.jpg", "--face", PHOTOS / "biden.jpg", "--keep")
        ended = self.verify(desk, "--staff", desk.line["staff_id"], "--staff-reason", "face_failed")
        claims = json.loads(ended.stdout.splitlines()[-1])["claims"]
        self.assertEqual((claims["decision"], claims["reason"]), ("verified", "staff_confirmed"), ended.stdout + ended.stderr)

    def test_runs_visits_by_itself(self):
        desk = self.desk(*HOLDER)
        first = self.visit(desk)
        os.kill(first, signal.SIGTERM)
        self.visit(desk, after=first)
        self.assertIn(f"on the card: era year {desk.line['era_year']}, security code {desk.line['security_code']}", desk.said())

    def test_says_which_part_has_died(self):
        desk = self.desk(*HOLDER, "--keep")
        gateway = [pid for pid, words in desk.parts().items() if words[0].endswith("kaomon-gateway")]
        os.kill(gateway[0], signal.SIGKILL)
        self.assertEqual(desk.process.wait(WAIT), 1)
        self.assertIn("kaomon-gateway has stopped", desk.said())


class WithoutADesk(unittest.TestCase):
    def refused(self, *options, **more):
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            ended = subprocess.run([SIMDESK, *map(str, options)], capture_output=True, text=True, timeout=WAIT, stdin=subprocess.DEVNULL,
                                   env=environment(folder, **more))
            self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended.stderr)
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])
        return ended.stderr

    def test_a_picture_that_is_no_portrait(self):
        with tempfile.TemporaryDirectory() as folder:
            wall = pathlib.Path(folder) / "wall.jpg"
            wall.write_bytes(grey_wall(512))
            self.assertRegex(self.refused("--portrait", wall, "--face", PHOTOS / "obama2.jpg"), "wall.jpg shows no face\n.*photograph of one person")
            self.assertRegex(self.refused("--portrait", PHOTOS / "obama.jpg", "--face", wall, "--lang", "ja"), "wall.jpg に顔が見つかりません。\n.*一人の顔")
            text = pathlib.Path(folder) / "letter.jpg"
            text.write_text("a letter")
            self.assertRegex(self.refused("--portrait", PHOTOS / "obama.jpg", "--face", text), "letter.jpg: .*\n.*JPEG photograph")
        self.assertIn("/nowhere.jpg", self.refused("--portrait", "/nowhere.jpg", "--camera"))

    def test_the_card_s_own_photograph_before_the_camera(self):
        self.assertIn("another one of the same person", self.refused("--portrait", PHOTOS / "obama.jpg", "--face", PHOTOS / "obama.jpg"))

    def test_wrong_usage(self):
        self.assertIn("--portrait FILE", self.refused())
        self.assertIn("--face FILE", self.refused("--portrait", PHOTOS / "obama.jpg"))
        self.assertIn("どちらか一つ", self.refused(*HOLDER, "--camera", "--lang", "ja"))
        self.assertIn("--nonsense", self.refused("--nonsense", LANG="ja_JP.UTF-8"))
        self.assertIn("/dev/nowhere", self.refused("--portrait", PHOTOS / "obama.jpg", "--camera", "/dev/nowhere"))

    def test_packages_that_are_missing(self):
        with tempfile.TemporaryDirectory() as folder:  # a dpkg that knows of no package
            dpkg = pathlib.Path(folder) / "dpkg"
            dpkg.write_text("#!/bin/sh\nexit 1\n")
            dpkg.chmod(0o755)
            path = f"{folder}:{os.environ['PATH']}"
            self.assertIn("sudo apt install vsmartcard-vpcd", self.refused(*HOLDER, PATH=path))
            self.assertIn("sudo apt install kaomon vsmartcard-vpcd のあと", self.refused(*HOLDER, "--lang", "ja", PATH=path, KAOMON_PROGRAMS=folder))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
