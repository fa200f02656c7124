"""The manual and the completion know every command that --help knows, however deep, with every option.

usage: manual_test.py KAOMONCTL
"""
import re
import subprocess
import sys
import unittest

CTL = sys.argv[1]


def ctl(*arguments):
    return subprocess.run([CTL, *arguments], check=True, capture_output=True, text=True, timeout=60).stdout


def commands(path=()):
    """Every command without commands below it, and its options, as its --help tells them."""
    told = ctl(*path, "--help")
    below = re.search(r"^Subcommands:\n((?:  .*\n?)+)", told, re.M)
    if not below:
        yield path, [option for option in re.findall(r"^  (?:-\w,)?--([\w-]+)", told, re.M) if option != "help"]
        return
    for name in re.findall(r"^  ([a-z][\w-]*)", below.group(1), re.M):
        yield from commands((*path, name))


class Manual(unittest.TestCase):
    every = list(commands())

    def test_it_finds_commands_at_all(self):
        self.assertIn(("introduce", "plan"), [path for path, _ in self.every])
        self.assertGreater(len(self.every), 15)

    def test_the_manual_has_a_section_for_each_with_its_options(self):
        sections = {section.split("\n", 1)[0].replace("\\-", "-"): section.replace("\\-", "-")
                    for section in ctl("manual").split("\n.SS kaomonctl ")}
        for path, options in self.every:
            self.assertIn(" ".join(path), sections)
            for option in options:
                self.assertIn(f"--{option}", sections[" ".join(path)], path)

    def test_the_completion_offers_each_with_its_options(self):
        script = ctl("completion")
        for path, options in self.every:
            offers = re.search(rf"^ *'{'/'.join(path)}'\) offered='(.*)' ;;$", script, re.M)
            self.assertTrue(offers, path)
            for option in [*options, "folder", "lang"]:
                self.assertIn(f"--{option}", offers.group(1).split(), path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
