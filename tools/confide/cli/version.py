"""`confide --version`: this program and what it stands on, for whoever reports or reproduces something."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess

import click

from confide import __version__

# Format of the records; readable for ever (docs/FORMAT.md).
FORMAT = 1
PROGRAMS = ("gpg", "git")
PACKAGES = ("pysequoia", "python-gnupg", "gitpython", "ruamel.yaml", "mkdocs", "mkdocs-material", "starlette")


def show(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """The callback of the option: print and leave. A program that is missing is said to be."""
    if not asked or ctx.resilient_parsing:
        return
    click.echo(f"confide {__version__}, records of format {FORMAT}")
    click.echo(f"Python {platform.python_version()}")
    for program in PROGRAMS:
        click.echo(f"{program} {_program(program)}")
    for package in PACKAGES:
        click.echo(f"{package} {_package(package)}")
    ctx.exit()


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        return "missing"
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    first = said.splitlines()[0] if said else ""
    return first.split()[-1] if first else "unknown"


def _package(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "missing"
