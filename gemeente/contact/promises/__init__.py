"""Promises in a draft answer, found by rules that people read and change: see README.md in this folder."""

from gemeente.contact.promises.due import local
from gemeente.contact.promises.finder import Promise, find_promises

__all__ = ["Promise", "find_promises", "local"]
