"""A service that was started for somebody ends with them, however they end."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("how", ["closed", "killed"])
def test_the_service_ends_when_its_input_does(tmp_path: Path, how: str) -> None:
    command = [sys.executable, "-m", "account_service", "serve", "--until-input-ends"]
    command += ["--database", str(tmp_path / "service.db"), "--port", "0"]
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        with subprocess.Popen(
            command, stdin=holder.stdout, stdout=subprocess.PIPE, text=True
        ) as service:
            assert service.stdout is not None
            assert json.loads(service.stdout.readline())["event"] == "listening"
            if how == "killed":
                holder.kill()
            assert holder.stdin is not None
            holder.stdin.close()
            assert service.wait(60) == 0
        assert holder.stdout is not None
        holder.stdout.close()
