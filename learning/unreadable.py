"""What loading a stored model raises when its files are missing, cut short or of another form."""

from __future__ import annotations

from zipfile import BadZipFile

UNREADABLE = (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, AttributeError)
