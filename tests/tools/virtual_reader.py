"""What tests in Python need of the virtual reader: two ports and a PC/SC service of their own."""
import os
import pathlib
import socket

SOURCE = pathlib.Path(__file__).parents[2]
VPCD = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"


locks = []  # of the ports that this process has


def free_port_pair():
    """Two neighbouring ports: vpcd listens on CHANNELID and CHANNELID + 1. Below the ephemeral ones. No other test process gets the
    same: an abstract name is the lock, as in tests/component/pcscd.cpp."""
    for port in range(20000 + 2 * (os.getpid() % 5000), 32000, 2):
        lock = socket.socket(socket.AF_UNIX)
        try:
            lock.bind(f"\0kaomon-test-vpcd-{port}")
            with socket.create_server(("", port)), socket.create_server(("", port + 1)):
                locks.append(lock)
                return port
        except OSError:
            lock.close()
    raise RuntimeError("no free ports")


def pcscd(folder, name, port):
    """The command that serves one reader of that name at FOLDER/pcscd.comm."""
    readers = folder / "readers"
    readers.mkdir()
    (readers / "vpcd").write_text(
        f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{port}\nLIBPATH {VPCD}\nCHANNELID {port}\n')
    return "systemd-socket-activate", "-l", str(folder / "pcscd.comm"), str(SOURCE / "tools/private_pcscd"), str(readers)
