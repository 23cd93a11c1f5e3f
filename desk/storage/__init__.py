"""What the desk keeps: SQL stands behind this folder."""
