from pathlib import Path

from gemeente.config.run.by_hand import complete


def test_what_is_given_stays_as_it_is() -> None:
    environ = {"DATABASE_URL": "postgresql://elsewhere/gemeente"}
    assert not complete(environ)
    assert environ == {"DATABASE_URL": "postgresql://elsewhere/gemeente"}


def test_what_is_missing_is_that_of_run_on_the_same_folder(tmp_path: Path) -> None:
    environ = {"GEMEENTE_DATA": str(tmp_path)}
    assert complete(environ)
    again = {"GEMEENTE_DATA": str(tmp_path)}
    assert complete(again)
    assert again == environ
    assert environ["DATABASE_URL"].startswith("postgresql://gemeente:")
    assert environ["GEMEENTE_SECRET_KEY"] == (tmp_path / "secret_key").read_text()
