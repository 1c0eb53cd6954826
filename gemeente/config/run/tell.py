import contextlib
import time
from collections.abc import Iterator


def tell(text: str, *, end: str = "\n") -> None:
    """Write to standard output in one go. A closed terminal or pipe is no error: stopping in order goes on without."""
    with contextlib.suppress(OSError):
        print(f"{text}{end}", end="", flush=True)


@contextlib.contextmanager
def step(text: str, *, heard: bool = False) -> Iterator[None]:
    """Say what is being done, and how long it took. When children are `heard` meanwhile, that takes a second line."""
    tell(f"{text} …", end="\n" if heard else " ")
    again = f"{text.strip()} … " if heard else ""
    begin = time.monotonic()
    try:
        yield
    except BaseException:
        tell(f"{again}niet afgerond")
        raise
    tell(f"{again}klaar ({time.monotonic() - begin:.1f} s)".replace(".", ","))
