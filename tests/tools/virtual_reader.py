"""What tests in Python need of the virtual reader: two ports and a PC/SC service of their own."""
import os
import pathlib
import socket

SOURCE = pathlib.Path(__file__).parents[2]
VPCD = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"


def free_port_pair():
    """Two neighbouring ports: vpcd listens on CHANNELID and CHANNELID + 1. Below the ephemeral ones."""
    for port in range(20000 + os.getpid() % 10000, 32000, 2):
        try:
            with socket.create_server(("", port)), socket.create_server(("", port + 1)):
                return port
        except OSError:
            continue
    raise RuntimeError("no free ports")


def pcscd(folder, name, port):
    """The command that serves one reader of that name at FOLDER/pcscd.comm."""
    readers = folder / "readers"
    readers.mkdir()
    (readers / "vpcd").write_text(
        f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{port}\nLIBPATH {VPCD}\nCHANNELID {port}\n')
    return "systemd-socket-activate", "-l", str(folder / "pcscd.comm"), str(SOURCE / "tools/private_pcscd"), str(readers)
