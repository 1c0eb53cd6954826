"""Debian's Chromium, driven by Playwright; it looks up nothing outside this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The same engine without windows: it asks half the time of the whole program.
PROGRAM = "/usr/bin/chromium-headless-shell"
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless browser, and close it afterwards."""
    # Chromium refuses its sandbox to root, which is who runs tests in a container.
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=[*QUIET, *as_root])
        yield browser
        browser.close()
