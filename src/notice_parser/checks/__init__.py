"""Checks: what is strange in a notice, and whether its reading keeps what it promises."""

from __future__ import annotations

from notice_parser.checks.rules import RULES, diagnose

__all__ = ["RULES", "diagnose"]
