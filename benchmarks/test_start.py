"""What it costs to start: a fresh interpreter that imports what every command needs."""

import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture


@pytest.mark.parametrize("statement", ["pass", "import realpolitik.registry"])
def test_start(benchmark: BenchmarkFixture, statement: str) -> None:
    command = [sys.executable, "-c", statement]
    done = benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=5)
    assert done.returncode == 0
