"""Checks: what is strange in a notice, and whether its reading keeps what it promises."""
