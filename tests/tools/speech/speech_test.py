"""The patient's sentences as sound, in English: every one is there, small enough, and a recogniser hears in it what the table says."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
MISSING = [name for name in ("espeak-ng", "opusenc", "opusdec") if shutil.which(name) is None]


@unittest.skipIf(MISSING, f"no {' and no '.join(MISSING)} on this machine (Debian: espeak-ng, opus-tools)")
class Speech(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.place.cleanup)
        cls.folder = pathlib.Path(cls.place.name)
        subprocess.run([ROOT / "tools/speech/make", cls.folder, "--language", "en"], check=True, timeout=300)
        table = json.loads((ROOT / "daemon/gateway/pages/assets/texts.json").read_text())
        cls.spoken = sorted([key for key, entry in table["patient"].items() if entry.get("spoken")] + list(table["reasons"]))

    def read_back(self, folder):
        return subprocess.run([ROOT / "tools/speech/read_back", folder, "--packages", BUILD / "recogniser"], capture_output=True, text=True, timeout=600)

    def test_every_sentence_has_a_file_that_is_heard_as_it_is_written(self):
        index = json.loads((self.folder / "index.json").read_text())
        self.assertEqual(index, {"all": ["tone"], "en": self.spoken})
        for key in self.spoken:
            self.assertLess((self.folder / "en" / f"{key}.opus").stat().st_size, 30_000, key)
        ended = self.read_back(self.folder)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)

    def test_sentences_that_stand_under_others_names_are_found(self):
        with tempfile.TemporaryDirectory() as other:
            mixed = pathlib.Path(other) / "en"
            shutil.copytree(self.folder / "en", mixed)
            for key, next_key in zip(self.spoken[:8], self.spoken[8:16]):
                shutil.copy(self.folder / "en" / f"{next_key}.opus", mixed / f"{key}.opus")
            ended = self.read_back(other)
            self.assertEqual(ended.returncode, 1, ended.stdout + ended.stderr)
            for key in self.spoken[:8]:
                self.assertIn(f"en/{key}: ", ended.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
