"""All readers of what comes from outside."""

from __future__ import annotations

from . import fuzz_documents, fuzz_journal, fuzz_kept, fuzz_typed, fuzz_yaml
from .fuzzing import PARSERS

__all__ = ["PARSERS", "fuzz_documents", "fuzz_journal", "fuzz_kept", "fuzz_typed", "fuzz_yaml"]
