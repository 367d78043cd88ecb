"""What is done before a wheel is built: its phrase files are made ready."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PhraseFilesReady(BuildHookInterface[Any]):
    """Puts what `kindregards.core.letters.prepared` writes into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the phrase files of this source tree ready; git does not know what is written."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from kindregards.core.letters.prepared import main

        main()
        build_data["artifacts"].append("src/kindregards/core/letters/phrases/prepared/*.json")
