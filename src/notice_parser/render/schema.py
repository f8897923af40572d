"""The JSON Schema of a notice and of the ledger's rows."""

from __future__ import annotations

import json

from notice_parser.model import LedgerRow, Notice, TargetRow, UnitRow

KINDS: dict[str, type[Notice | LedgerRow | UnitRow | TargetRow]] = {
    "notice": Notice,
    "ledger": LedgerRow,
    "units": UnitRow,
    "targets": TargetRow,
}


def render(kind: str) -> str:
    """The schema of one of `KINDS` as it is written, every field required."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **KINDS[kind].model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
