"""What our history says with values in it: written in Dutch, and read back by `contact.words` in another language."""

from django.utils.translation import gettext_noop

JOINED = gettext_noop("Vraag %(number)s over “%(title)s” hoort nu bij deze vraag.")
PARTED = gettext_noop("Vraag %(number)s over “%(title)s” staat weer apart.")
PARTED_WITH_ONE_LATER = gettext_noop(
    "Vraag %(number)s over “%(title)s” staat weer apart. Eén bericht kwam daarna. Dat staat hier."
)
PARTED_WITH_LATER = gettext_noop(
    "Vraag %(number)s over “%(title)s” staat weer apart. %(count)s berichten kwamen daarna. Die staan hier."
)
SPLIT_OFF = gettext_noop("“%(title)s” is nu vraag %(number)s.")
SPLIT_FROM = gettext_noop("Dit hoorde eerst bij vraag %(number)s.")
SAW_FIRST = gettext_noop("Zag eerst het bericht van %(who)s.")
GRADED = gettext_noop("Cijfer: %(grade)s.")
# In this order: the first that fits is what was written.
ALL = (PARTED_WITH_ONE_LATER, PARTED_WITH_LATER, PARTED, JOINED, SPLIT_OFF, SPLIT_FROM, SAW_FIRST, GRADED)
