"""Shows what takes the memory of a process of the product: what each part adds, when it is first used.

Run by `gemeente bench` as a process of its own (`python -m gemeente.bench.memory`), so that nothing of the measuring is in it.
"""

import gc
import subprocess
import sys
from importlib import import_module
from typing import Any

import psutil

WORDS = "Goedemorgen, er ligt een losse stoeptegel voor ons huis. Wie kan dat maken?"
# What adds, the module that holds it, and what to call in it, with which words.
STEPS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("de toepassing: Django, de instellingen, de modellen", "gemeente.config.wsgi", "get_wsgi_application", ()),
    ("de schermen", "gemeente.config.urls", "include", ("gemeente.portal.urls",)),
    ("de taal herkennen", "gemeente.language.detect", "detect_language", (WORDS,)),
    ("het product herkennen", "gemeente.products.queries", "matcher", ()),
    ("de haast herkennen, en de rest van het begrijpen", "gemeente.contact.understanding", "understand", (WORDS,)),
)


def memory_use(environment: dict[str, str]) -> list[str]:
    """Return a line for each part of the product with what it adds in this environment, first the bare interpreter."""
    asked = [sys.executable, "-m", __spec__.name]
    done = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def _megabytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss / 1_000_000)


def main() -> None:
    """Take each step in this process, and print what it adds."""
    before = _megabytes()
    print(f"{before:6.0f} MB  Python")
    for what, module, name, words in STEPS:
        do: Any = getattr(import_module(module), name)
        do(*words)
        now = _megabytes()
        print(f"{now - before:6.0f} MB  {what}")
        before = now


if __name__ == "__main__":
    main()
