"""PROGRAM --lang ja: help and usage errors in one language.

usage: japanese_test.py PROGRAM
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv[1]
NAME = pathlib.Path(PROGRAM).name
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")  # three words in a row

COMMAND = re.compile(rf"{NAME}( [a-z-]+)*")  # what is typed stays as it is


def run(*arguments, lang="C.UTF-8"):
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "LANG": lang, "LC_ALL": ""}
        return subprocess.run([PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False)


def commands(*path):
    """Every command there is, as a path, out of the English help."""
    said = run("--lang", "en", *path, "--help").stdout
    yield path
    if "\nSubcommands:\n" in said:
        for line in said.split("\nSubcommands:\n", 1)[1].splitlines():
            if name := re.match(r"  ([a-z-]+)(\s|$)", line):
                yield from commands(*path, name.group(1))
            elif not line.startswith("  "):
                break


ERRORS = {
    "kaomonctl": ((["frobnicate"], "知らない命令です: frobnicate"),
                  ([], "命令を一つ指定してください"),
                  (["evaluate"], "命令を一つ指定してください"),
                  (["verify", "--deadline", "x"], "--deadline に「x」は使えません"),
                  (["verify", "--deadline"], "--deadline に値がありません"),
                  (["verify", "--staff-denies"], "--staff-denies を使うときは --staff も要ります"),
                  (["verify", "--era-year", "5", "--security-code-from", "x", "--number-from", "y"], "一緒に使えません"),
                  (["verify", "--staff-reason", "tired"], "使えるもの: face_failed"),
                  (["verify", "--pin-from", "/nowhere"], "が見つかりません"),
                  (["--socket", "/nowhere/kaomon.sock", "status"], "kaomond につながりません")),
    "kaomon-clinic": ((["frobnicate"], "知らない命令です: frobnicate"),
                      ([], "命令を一つ指定してください"),
                      (["introduce"], "命令を一つ指定してください"),
                      (["introduce", "done"], "STEP が必要です"),
                      (["introduce", "done", "10"], "STEP に「10」は使えません"),
                      (["introduce", "plan", "--open"], "--open に値がありません"),
                      (["choose", "measure", "--name", "A", "--only", "printer"], "使えるもの: reader")),
}[NAME]


class Japanese(unittest.TestCase):
    def test_every_help_is_japanese(self):
        all_commands = list(commands())
        self.assertGreater(len(all_commands), 12)
        for path in all_commands:
            with self.subTest(command=" ".join(path)):
                ended = run("--lang", "ja", *path, "--help")
                self.assertEqual(ended.returncode, 0)
                self.assertIn("使い方: ", ended.stdout)
                for line in ended.stdout.splitlines():
                    self.assertIsNone(ENGLISH.search(COMMAND.sub("", line)), line)
                    for word in ("Options", "OPTIONS", "Subcommands", "Positionals", "REQUIRED", "TEXT", "INT "):
                        self.assertNotIn(word, line)

    def test_usage_errors_are_japanese(self):
        for arguments, words in ERRORS:
            with self.subTest(arguments=arguments):
                ended = run("--lang", "ja", *arguments)
                self.assertIn(ended.returncode, (3, 4))
                self.assertIn(words, ended.stderr)
                self.assertIsNone(ENGLISH.search(ended.stderr.replace("systemctl status kaomond", "")), ended.stderr)

    def test_without_the_option_kaomonctl_follows_the_environment_and_kaomon_clinic_is_japanese(self):
        for lang in ("ja_JP.UTF-8", "C.UTF-8"):
            japanese = NAME == "kaomon-clinic" or lang == "ja_JP.UTF-8"
            self.assertIn("使い方: " if japanese else "Usage: ", run("--help", lang=lang).stdout)
            self.assertIn("命令を一つ" if japanese else "A subcommand is required", run(lang=lang).stderr)
            self.assertIn("Usage: ", run("--lang", "en", "--help", lang=lang).stdout)
            self.assertIn("A subcommand is required", run("--lang", "en", lang=lang).stderr)

    def test_the_page_of_the_package_is_english(self):
        self.assertIn("JSON instead of sentences", run("manual", lang="ja_JP.UTF-8").stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
