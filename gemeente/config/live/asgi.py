"""Where granian comes in for the live updates."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeente.config.settings")
django.setup()

from gemeente.config.live.door import application  # noqa: E402  # knows the tables, so only after the settings

__all__ = ["application"]
