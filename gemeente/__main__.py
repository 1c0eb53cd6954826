"""`python -m gemeente` is the command `gemeente`."""

from gemeente.config.cli import main

if __name__ == "__main__":
    main()
