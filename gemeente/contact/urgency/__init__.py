"""Urgency by rules that people read and change: see README.md in this folder."""

from pathlib import Path

from gemeente.contact.types import Urgency
from gemeente.contact.urgency.compiled import Compiler
from gemeente.contact.urgency.engine import UrgencyFinding, UrgencyRules
from gemeente.contact.urgency.files import RULES, read_rule_files
from gemeente.contact.urgency.language import RulesInvalid

__all__ = ["RulesInvalid", "Urgency", "UrgencyFinding", "UrgencyRules", "load_rules"]


def load_rules(path: Path | None = None) -> UrgencyRules:
    """Return the rules of a file or folder; without one, the rules that come with the product.

    Raises RulesInvalid, naming file, place and what to change.
    """
    return UrgencyRules(Compiler(read_rule_files(path or RULES)).compiled())
