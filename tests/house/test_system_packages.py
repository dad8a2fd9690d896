"""`scripts/system-packages` leaves alone what is there, installs what it may, and otherwise says one line."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "system-packages"
SH = shutil.which("sh") or "/bin/sh"
GNUPG = ("gpg", "gpg-agent", "gpgconf")


@dataclass
class Machine:
    """A PATH of stand-ins: only what is put here exists, and every package manager writes down how it was called."""

    bin: Path
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, body: str = "exit 0") -> None:
        program = self.bin / name
        program.write_text(f"#!{SH}\n{body}\n", encoding="utf-8")
        program.chmod(0o755)

    def manager(self, name: str, *, brings: tuple[str, ...] = GNUPG, exit_code: int = 0) -> None:
        copies = "".join(f'[ "$1" = update ] || cp {self.bin}/true {self.bin}/{one}\n' for one in brings)
        self.add(name, f'echo "{name} $*" >> {self.log}\n{copies}exit {exit_code}')

    def user(self, number: int) -> None:
        self.add("id", f"echo {number}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), **self.environment}
        return subprocess.run(
            [SH, str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, check=False
        )

    @property
    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "bin", tmp_path / "log")
    made.bin.mkdir()
    for name in ("env", "tail", "mktemp", "rm", "cp", "true"):
        real = shutil.which(name)
        assert real is not None
        (made.bin / name).symlink_to(os.path.realpath(real))
    return made


def test_what_is_present_is_left_alone(machine: Machine) -> None:
    """With GnuPG on the machine no package manager is asked, and nothing is said."""
    for name in GNUPG:
        machine.add(name)
    machine.manager("apt-get")
    done = machine.run("gnupg")
    assert (done.returncode, done.stdout, done.stderr, machine.calls) == (0, "", "", [])


def test_root_installs_from_fresh_lists(machine: Machine) -> None:
    """As root on Debian the lists are renewed first, since a new machine has none."""
    machine.user(0)
    machine.manager("apt-get")
    done = machine.run("gnupg")
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.calls == ["apt-get update -qq", "apt-get install -y --no-install-recommends gnupg"]


def test_sudo_is_used_where_it_asks_nobody(machine: Machine) -> None:
    """A user with passwordless sudo needs no second command."""
    machine.user(1000)
    machine.add("sudo", 'shift; exec "$@"')
    machine.manager("dnf")
    assert machine.run("gnupg").returncode == 0
    assert machine.calls == ["dnf install -y gnupg2"]


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "run: sudo apt-get install -y --no-install-recommends gnupg"),
        ("dnf", "run: sudo dnf install -y gnupg2"),
        ("pacman", "run: sudo pacman -S --noconfirm --needed gnupg"),
    ],
)
def test_without_leave_one_line_names_the_command(machine: Machine, manager: str, command: str) -> None:
    """Where a password would be needed: exactly one line, exit code 5, and nothing was tried."""
    machine.user(1000)
    machine.add("sudo", "exit 1")
    machine.manager(manager)
    done = machine.run("gnupg")
    assert (done.returncode, done.stdout, done.stderr) == (5, "", f"setup: missing: gnupg; {command}\n")
    assert machine.calls == []


def test_an_unknown_system_gets_a_line_too(machine: Machine) -> None:
    """Without any known manager the line says what is missing."""
    machine.user(0)
    done = machine.run("gnupg")
    assert done.returncode == 5
    assert done.stderr.splitlines() == [
        "setup: missing: gnupg; install it with your system's package manager, then run this again"
    ]


def test_a_manager_that_fails_or_brings_nothing_is_no_success(machine: Machine) -> None:
    """Neither a failing manager nor one that ends well without the program is taken for an installation."""
    machine.user(0)
    machine.manager("pacman", brings=(), exit_code=1)
    assert machine.run("gnupg").returncode == 5
    machine.manager("pacman", brings=())
    done = machine.run("gnupg")
    assert (done.returncode, done.stderr) == (
        5,
        "setup: missing: gnupg; this did not bring it: pacman -S --noconfirm --needed gnupg\n",
    )


def test_what_only_some_tests_need_stops_nobody(machine: Machine) -> None:
    """`--optional` says the same line and goes on."""
    machine.user(1000)
    machine.manager("apt-get")
    machine.environment["PYTHON"] = "no-such-python"
    done = machine.run("--optional", "venv")
    assert done.returncode == 0
    assert done.stderr == (
        "setup: missing: venv (only some tests need it); "
        "run: sudo apt-get install -y --no-install-recommends python3-venv\n"
    )


def test_an_unknown_name_is_a_mistake_of_the_caller(machine: Machine) -> None:
    """A misspelt program is not taken for one that is missing."""
    done = machine.run("gnupgg")
    assert (done.returncode, done.stderr) == (
        2,
        (
            "system-packages: `gnupgg` is not one of: gnupg, chromium, libatomic, venv, caddy, nginx, pass, "
            "git-secret, git-crypt\n"
        ),
    )
