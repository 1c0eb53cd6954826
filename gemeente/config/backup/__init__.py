"""One file that holds everything: database, attachments, originals of mail, and what the administrator set."""
