"""A sample that is a program, with a person at its keyboard."""
import itertools
import re
import subprocess
import threading
import time

from simulated_desk import WAIT


class Sample:
    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, env=environment)
        self.said, self.awaited, self.changed = [], set(), threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in itertools.chain(self.process.stdout, [None]):
            with self.changed:
                self.said.append(line)
                self.changed.notify()

    def find(self, pattern):
        """Of the lines that were not awaited before: what two threads say has no order."""
        for number, line in enumerate(self.said):
            if line and number not in self.awaited and re.search(pattern, line, re.I):
                self.awaited.add(number)
                return True
        return False

    def says(self, pattern):
        """Waits for a line like that."""
        end = time.monotonic() + WAIT
        with self.changed:
            while not self.find(pattern):
                if None in self.said or not self.changed.wait(end - time.monotonic()):
                    raise AssertionError(f"never said {pattern!r}, but:\n{self}")

    def __str__(self):
        return "".join(filter(None, self.said))

    def key_in(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ends(self, code, pattern):
        """Ends with that code, after a line like that."""
        self.says(pattern)
        if self.process.wait(WAIT) != code:
            raise AssertionError(f"ended with {self.process.returncode} instead of {code}:\n{self}")

    def close(self):
        if self.process.stdin.closed:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
