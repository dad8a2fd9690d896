"""Ships the template of a coach's private repository inside the wheel, and the program that checks receipts alone."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TEMPLATE = ("site", "schemas", "mkdocs.yml", ".gitattributes")
# Written from docs/FORMAT.md alone and held to it by the tests; `confide export` puts it beside the receipts.
READER = "tests/ledger/receipt_reader.py"


class TemplateHook(BuildHookInterface):  # type: ignore[type-arg]  # its parameter is the hatchling builder's own
    """Adds the template to a wheel that stands alone; beside the originals a copy would only go stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            shipped = {name: f"confide/_template/{name}" for name in TEMPLATE}
            build_data["force_include"].update({**shipped, READER: "confide/_offline/receipt_reader.py"})
