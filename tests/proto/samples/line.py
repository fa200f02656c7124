"""The line between a sample and kaomond, where a test needs it to break or to lie."""
import contextlib
import json
import os
import socket
import threading


def messages(connection):
    received = b""
    while chunk := connection.recv(65536):
        *whole, received = (received + chunk).split(b"\0")
        yield from map(json.loads, whole)


class Line:
    """A socket at `path` that hands on what comes to the socket `to`.

    change  from a reply to the reply that the sample gets
    cut     from a call's method and a reply to whether the line breaks there, before the sample has the reply. Once
    """

    def __init__(self, path, to, change=lambda reply: reply, cut=lambda method, reply: False):
        self.path, self.to, self.change, self.cut = path, to, change, cut
        self.was_cut = False
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(path))
        self.server.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(near,), daemon=True).start()

    def carry(self, near):
        with near, socket.socket(socket.AF_UNIX) as far:
            far.connect(str(self.to))
            called = []
            threading.Thread(target=self.send, args=(near, far, called), daemon=True).start()
            for reply in messages(far):
                if not self.was_cut and self.cut(called[-1], reply):
                    self.was_cut = True
                    return near.shutdown(socket.SHUT_RDWR)  # closing alone would wait for the thread that reads
                try:
                    near.sendall(json.dumps(self.change(reply)).encode() + b"\0")
                except OSError:
                    return
            with contextlib.suppress(OSError):
                near.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def send(near, far, called):
        """What is called, until the sample hangs up: so does the line."""
        with contextlib.suppress(OSError):
            for call in messages(near):
                called.append(call["method"].rpartition(".")[2])
                far.sendall(json.dumps(call).encode() + b"\0")
            far.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.server.close()
        os.unlink(self.path)
