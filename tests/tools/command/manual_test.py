"""The manual and the completion know every command that --help knows, however deep, with every option.

usage: manual_test.py PROGRAM
"""
import pathlib
import re
import subprocess
import sys
import unittest

PROGRAM = sys.argv[1]
NAME = pathlib.Path(PROGRAM).name
KNOWN, OF_ALL, EXITS = {"kaomonctl": (("check-result",), "socket", "012345678"),
                        "kaomon-clinic": (("introduce", "plan"), "folder", "0378")}[NAME]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True, timeout=60).stdout


def commands(path=()):
    """Every command without commands below it, and its options, as its --help tells them."""
    told = run("--lang", "en", *path, "--help")
    below = re.search(r"^Subcommands:\n((?:  .*\n?)+)", told, re.M)
    if not below:
        yield path, [option for option in re.findall(r"^  (?:-\w,)?--([\w-]+)", told, re.M) if option != "help"]
        return
    for name in re.findall(r"^  ([a-z][\w-]*)", below.group(1), re.M):
        yield from commands((*path, name))


class Manual(unittest.TestCase):
    every = list(commands())

    def test_it_finds_commands_at_all(self):
        self.assertIn(KNOWN, [path for path, _ in self.every])
        self.assertGreater(len(self.every), 12)

    def test_the_manual_has_a_section_for_each_with_its_options(self):
        sections = {section.split("\n", 1)[0]: section
                    for section in run("manual").replace("\\-", "-").split(f"\n.SS {NAME} ")}
        for path, options in self.every:
            self.assertIn(" ".join(path), sections)
            for option in options:
                self.assertIn(f"--{option}", sections[" ".join(path)], path)

    def test_the_completion_offers_each_with_its_options(self):
        script = run("completion")
        for path, options in self.every:
            offers = re.search(rf"^ *'{'/'.join(path)}'\) offered='(.*)' ;;$", script, re.M)
            self.assertTrue(offers, path)
            for option in [*options, OF_ALL, "lang"]:
                self.assertIn(f"--{option}", offers.group(1).split(), path)

    def test_the_manual_has_the_exit_codes_of_help_and_no_other(self):
        status = run("manual").split(".SH EXIT STATUS\n", 1)[1]
        self.assertEqual(re.findall(r"^\.B (\d)$", status, re.M), list(EXITS))
        self.assertEqual(re.findall(r"^  (\d)  ", run("--lang", "en", "--help"), re.M), list(EXITS))

    def completed(self, *words):
        line = " ".join([NAME, *words])
        return subprocess.run(["/bin/bash", "-c", f"source <({PROGRAM} completion); COMP_WORDS=({line} ''); "
                               f"COMP_CWORD={len(words) + 1}; _{NAME.replace('-', '_')}; echo \"${{COMPREPLY[@]}}\""],
                              check=True, capture_output=True, text=True, timeout=60).stdout.split()

    def test_bash_completes_commands_and_choices(self):
        self.assertIn(KNOWN[0], self.completed())
        self.assertIn(KNOWN[-1], self.completed(*KNOWN[:-1]))
        self.assertEqual(self.completed("--lang"), ["en", "ja"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
