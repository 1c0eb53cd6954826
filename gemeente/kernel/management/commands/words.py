"""`gemeente manage words`: gather all words that people see, and say which have no English yet."""

import subprocess
from contextlib import chdir
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

LANGUAGE = "en"
# What speaks to programmers and administrators, or only holds what somebody wrote: no interface.
_NO_INTERFACE = ["*/tests/*", "locale/*", "bench/*", "config/*", "static/*", "*/data/*"]
# The words of an error are written where it is raised; `DomainError` itself has them translated.
_ERRORS = ("DomainError", "NotAllowed", "NotFound", "Conflict", "TooMuch", "TooLarge", "refuse:4", "require_words:2")


class Command(makemessages.Command):
    """Django's own gathering, which also knows our errors, and guesses no translation from one that looks like it."""

    help = "Gather the words of the interface into gemeente/locale, compile them, and list what has no English yet."
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    xgettext_options = [
        *makemessages.Command.xgettext_options,
        *(f"--keyword={name}" for name in _ERRORS),
    ]

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather, compile and list. Needs GNU gettext (requirements/system.txt)."""
        chosen = {"locale": [LANGUAGE], "no_obsolete": True, "ignore_patterns": _NO_INTERFACE, "no_wrap": True}
        with chdir(settings.BASE_DIR):
            super().handle(*args, **options | chosen)
        call_command("compilemessages", locale=[LANGUAGE], verbosity=0)
        self.stdout.write(untranslated(catalogue_file()))

    def find_files(self, root: str) -> Any:
        """Find what to gather from, all for the one catalogue of the settings: Django would take any folder `locale` here too."""
        self.locale_paths = self.locale_paths[:1]
        return super().find_files(root)


def catalogue_file() -> Path:
    """Return the file with the English words."""
    return Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES" / "django.po"


def untranslated(catalogue: Path) -> str:
    """Return the entries without a sure translation, each with the places where it stands; "" when there are none."""
    return "".join(_entries(catalogue, doubt) for doubt in ("--untranslated", "--only-fuzzy"))


def _entries(catalogue: Path, doubt: str) -> str:
    asked = ["msgattrib", doubt, "--no-wrap", str(catalogue)]
    listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return listed.partition("\n\n")[2]
