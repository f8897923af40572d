"""From text to the tree of a notice: head, numbered items, sign-off, attachments, residue."""
