"""kaomonctl --lang ja: help, usage errors and stories in one language.

usage: japanese_test.py KAOMONCTL
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

CTL = sys.argv[1]
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")  # three words in a row

COMMAND = re.compile(r"kaomonctl( [a-z-]+)*")  # what is typed stays as it is


def ctl(*arguments, lang="C.UTF-8"):
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "LANG": lang, "LC_ALL": ""}
        return subprocess.run([CTL, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False)


def commands(*path):
    """Every command there is, as a path, out of the English help."""
    said = ctl("--lang", "en", *path, "--help").stdout
    yield path
    if "\nSubcommands:\n" in said:
        for line in said.split("\nSubcommands:\n", 1)[1].splitlines():
            if name := re.match(r"  ([a-z-]+)(\s|$)", line):
                yield from commands(*path, name.group(1))
            elif not line.startswith("  "):
                break


class Japanese(unittest.TestCase):
    def test_every_help_is_japanese(self):
        all_commands = list(commands())
        self.assertGreater(len(all_commands), 30)
        for path in all_commands:
            with self.subTest(command=" ".join(path)):
                ended = ctl("--lang", "ja", *path, "--help")
                self.assertEqual(ended.returncode, 0)
                self.assertIn("使い方: ", ended.stdout)
                for line in ended.stdout.splitlines():
                    self.assertIsNone(ENGLISH.search(COMMAND.sub("", line)), line)
                    for word in ("Options", "OPTIONS", "Subcommands", "Positionals", "REQUIRED", "TEXT", "INT "):
                        self.assertNotIn(word, line)

    def test_help_follows_the_language_of_the_environment(self):
        self.assertIn("使い方: ", ctl("status", "--help", lang="ja_JP.UTF-8").stdout)
        self.assertIn("Usage: ", ctl("status", "--help").stdout)
        self.assertIn("Usage: ", ctl("--lang", "en", "status", "--help", lang="ja_JP.UTF-8").stdout)
        self.assertIn("Record a step as done", ctl("manual", lang="ja_JP.UTF-8").stdout)  # the page of the package is English

    def test_usage_errors_are_japanese(self):
        for arguments, words in ((["frobnicate"], "知らない命令です: frobnicate"),
                                 ([], "命令を一つ指定してください"),
                                 (["introduce"], "命令を一つ指定してください"),
                                 (["introduce", "done"], "STEP が必要です"),
                                 (["introduce", "done", "10"], "STEP に「10」は使えません"),
                                 (["introduce", "plan", "--open"], "--open に値がありません"),
                                 (["verify", "--deadline", "x"], "--deadline に「x」は使えません"),
                                 (["verify", "--staff-denies"], "--staff-denies を使うときは --staff も要ります"),
                                 (["verify", "--era-year", "5", "--security-code-from", "x", "--number-from", "y"], "一緒に使えません"),
                                 (["choose", "measure", "--name", "A", "--only", "printer"], "使えるもの: reader"),
                                 (["verify", "--pin-from", "/nowhere"], "が見つかりません"),
                                 (["status"], "kaomond につながりません")):
            with self.subTest(arguments=arguments):
                ended = ctl("--lang", "ja", "--socket", "/nowhere/kaomon.sock", *arguments)
                self.assertIn(ended.returncode, (3, 4))
                self.assertIn(words, ended.stderr)
                self.assertIsNone(ENGLISH.search(ended.stderr.replace("systemctl status kaomond", "")), ended.stderr)

    def test_the_offices_commands_speak_japanese_without_being_told(self):
        self.assertIn("使い方", ctl("introduce", "done").stderr)
        self.assertIn("is required", ctl("--lang", "en", "introduce", "done").stderr)
        self.assertIn("required", ctl("check-result").stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
