"""Django's own commands, for the administrator and for making migrations."""

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> int:
    """Hand the words on to Django."""
    execute_from_command_line(["gemeente manage", *argv])
    return 0
