"""`review` in a terminal of its own: real keys, real colours, and no terminal at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from realpolitik.app.cli import main; main()", "review"]
SECONDS = 60


@pytest.fixture
def folder(tmp_path: Path, repository: Path) -> Path:
    copy = tmp_path / "iraq"
    shutil.copytree(repository / "examples" / "iraq-2020", copy)
    return copy


class Seat:
    """A program in a terminal."""

    def __init__(self, words: list[str], rows: int = 24, columns: int = 80, **environment: str) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self.master, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        known = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            words,
            stdin=child,
            stdout=child,
            stderr=child,
            env={**known, "TERM": "xterm", **environment},
            start_new_session=True,
        )
        os.close(child)
        os.set_blocking(self.master, False)
        self.shown = ""

    def until(self, words: str) -> str:
        """What is shown until the words stand there; what stood before them is forgotten."""
        end = time.monotonic() + SECONDS
        while words not in self.shown:
            assert time.monotonic() < end, self.shown
            try:
                self.shown += os.read(self.master, 65_536).decode("utf-8", "replace")
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:
                assert words in self.shown, self.shown
        before, _, self.shown = self.shown.partition(words)
        return before

    def press(self, keys: str) -> None:
        """Press keys as soon as the program waits for single ones; what comes earlier is thrown away by design."""
        import termios

        end = time.monotonic() + SECONDS
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            assert time.monotonic() < end, self.shown
            time.sleep(0.02)
        os.write(self.master, keys.encode())

    def enter(self, line: str) -> None:
        os.write(self.master, f"{line}\n".encode())

    def end(self) -> int:
        code = self.process.wait(SECONDS)
        os.close(self.master)
        return code


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_accept_correct_and_quit_with_real_keys(folder: Path) -> None:
    seat = Seat([*COMMAND, str(folder), "--reviewer", "Jo"])
    first = seat.until("q quit")
    assert "1 of " in first
    assert "\x1b[7m" in first
    seat.press("a")
    second = seat.until("q quit")
    assert "2 of " in second
    seat.press("c")
    seat.until("leave all as it was):")
    seat.enter("x")
    assert "2 of " in seat.until("q quit")
    seat.press("\x1b[D")
    assert "accepted by Jo" in seat.until("q quit")
    seat.press("q")
    assert "1 accepted" in seat.until("open.")
    assert seat.end() == 0
    [line] = (folder / "review.jsonl").read_text().splitlines()
    assert json.loads(line)["verdict"] == "accepted"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_no_colour_in_a_tiny_terminal_and_ctrl_c(folder: Path) -> None:
    seat = Seat([*COMMAND, str(folder)], rows=5, columns=20, NO_COLOR="1")
    shown = seat.until("quit")
    assert "[[" in shown
    assert "\x1b[7m" not in shown
    seat.press("\x03")
    seat.until("interrupted")
    assert seat.end() == 130
    assert not (folder / "review.jsonl").exists()


def test_without_a_terminal(folder: Path) -> None:
    found = subprocess.run(
        [*COMMAND, str(folder)], input="q", capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert found.returncode == 2
    assert "a person at a terminal" in found.stderr
    assert "Traceback" not in found.stderr
