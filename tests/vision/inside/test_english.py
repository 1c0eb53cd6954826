"""R27: all words that people see are in the catalogue of translations, in plain English, and the compiled one is the same."""

import ast
import gettext
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

import gemeente
from gemeente.access.names import NAMES
from gemeente.contact.rules import CATCH_ALL
from gemeente.kernel.management.commands import words

ROOT = Path(gemeente.__file__).parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
LONGEST_SENTENCE = 15
# Words of Dutch that are no words of English, and names that stay Dutch.
DUTCH = re.compile(
    r"\b(de|het|een|van|uw|wij|niet|voor|met|bij|aan|naar|dit|deze|geen|zijn|wordt|ook|nog|dat|maar|kunt|heeft|bent|"
    r"hebben|vraag|vragen|bericht|inwoner|medewerker|gemeente|kies|schrijf|stuur|bekijk|terug)\b",
    re.IGNORECASE,
)
NAMES_THAT_STAY = re.compile(r'Veilig Thuis|Handelsregister|Basisregistratie Personen|voorbeeld\.nl|href="[^"]*"')
# Words that a reader of English as a second language stumbles over, and the plain ones.
HARD = re.compile(
    r"\b(commence|terminate|utili[sz]e|regarding|pursuant|hereby|herewith|aforementioned|subsequently|prior to|in order to|"
    r"therefore|obtain|require[sd]?|assist(ance|ed)?|purchase|reside|submit(ted)?|notify|provide[sd]?|customer|client|"
    r"color|center|organiz\w+|recogniz\w+|behavior|don't|can't|won't|isn't|it's)\b",
    re.IGNORECASE,
)
AS_A_NAME = {"Special assistance and low incomes"}
SENTENCE_ENDS = re.compile(r"(?<=[.!?:])\s+|\n+")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
ERRORS = {"DomainError", "NotAllowed", "NotFound", "Conflict", "TooMuch", "TooLarge", "refuse", "require_words"}
# What understands what residents write, or speaks to administrators and to the makers of rule files: no words for a screen.
NO_SCREEN = re.compile(
    r"/(tests|migrations|management|bench|config|promises|urgency|matching|mail|language|locale)/|demonstration/(load|stories|postbus)\.py$"
)


def english() -> Iterator[tuple[str, str]]:
    """Yield each Dutch text with its English, as the product reads them."""
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    for dutch, said in known.items():
        if dutch:
            yield (dutch[0] if isinstance(dutch, tuple) else dutch), said


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], capture_output=True, check=False)


def test_R27_every_word_that_people_see_has_its_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    fresh.parent.mkdir(parents=True)
    shutil.copy(CATALOGUE, fresh)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    call_command("words", verbosity=0, keep_pot=True)
    assert words.untranslated(fresh) == ""
    compared = run("msgcmp", CATALOGUE, tmp_path / "django.pot")
    assert (compared.returncode, compared.stderr) == (0, b""), compared.stderr.decode()


def test_R27_nothing_is_guessed_or_left_over_and_each_keeps_its_values() -> None:
    for doubt in ("--only-fuzzy", "--only-obsolete", "--untranslated"):
        assert run("msgattrib", doubt, CATALOGUE).stdout == b""
    checked = run("msgfmt", "--check", "--output-file=/dev/null", CATALOGUE)
    assert checked.returncode == 0, checked.stderr.decode()
    for dutch, said in english():
        assert sorted(re.findall(r"\{\w+\}", dutch)) == sorted(re.findall(r"\{\w+\}", said)), dutch
        assert (dutch[0].isspace(), dutch[-1].isspace()) == (said[0].isspace(), said[-1].isspace()), dutch


def test_R27_the_compiled_catalogue_is_the_one_that_people_edit(tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    assert run("msgfmt", "--output-file", compiled, CATALOGUE).returncode == 0
    with compiled.open("rb") as new, CATALOGUE.with_suffix(".mo").open("rb") as shipped:
        ours, theirs = gettext.GNUTranslations(new), gettext.GNUTranslations(shipped)
    assert ours._catalog == theirs._catalog  # type: ignore[attr-defined]


def test_R27_the_english_is_english() -> None:
    left = {said for _, said in english() if DUTCH.search(NAMES_THAT_STAY.sub("", said))}
    assert not left


def test_R25_the_english_is_plain() -> None:
    for _, said in english():
        assert said in AS_A_NAME or not HARD.search(said), said
        for sentence in SENTENCE_ENDS.split(re.sub(r"<[^>]*>", "", said)):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_R27_the_names_of_departments_and_teams_that_we_ship_are_in_it() -> None:
    shipped = tomllib.loads((ROOT / "access" / "data" / "organisation.toml").read_text(encoding="utf-8"))
    named = {one["name"] for one in shipped["department"]}
    named |= {team["name"] for one in shipped["department"] for team in one["teams"]}
    assert named <= set(NAMES)


def unmarked(path: Path) -> Iterator[str]:
    """Yield the Dutch texts of a module that go through no translation; docstrings are no texts."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    known = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for call in nodes:
        if isinstance(call, ast.Call) and called(call) == "split" and isinstance(call.func, ast.Attribute):
            known.add(id(call.func.value))  # a list of words is no sentence
        if isinstance(call, ast.Call) and called(call) in MARKERS | ERRORS:
            parts = [part for argument in call.args for part in ast.walk(argument)]
            known.update(map(id, parts))
            # A value inside the text makes it another text each time: no catalogue has it.
            yield from (f"{path}:{call.lineno}: an f-string" for part in parts if isinstance(part, ast.JoinedStr))
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in known
            and speaks(node.value)
        ):
            yield f"{path}:{node.lineno}: {node.value}"


def speaks(text: str) -> bool:
    """Tell whether a text is Dutch for people: more than one word, and one that is only Dutch."""
    return " " in text and bool(DUTCH.search(NAMES_THAT_STAY.sub("", text)))


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


@pytest.fixture(scope="module")
def fixed() -> set[str]:
    """Return all Dutch texts of the catalogue, and a name on the national list of products."""
    return {dutch for dutch, _ in english()} | {CATCH_ALL}


def test_R27_no_text_in_the_code_goes_without_translation(fixed: set[str]) -> None:
    modules = [path for path in ROOT.rglob("*.py") if not NO_SCREEN.search(path.as_posix())]
    found = [one for path in modules for one in unmarked(path) if one.split(": ", 1)[1] not in fixed]
    assert not found, "\n".join(found)


def bare(template: str) -> str:
    """Return what a template says without a translation: its text and its attributes, without tags and code."""
    code = r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<(style|script|svg).*?</\1>"
    text = re.sub(code, "", template, flags=re.DOTALL)
    said = re.findall(r'(?:aria-label|placeholder|title|data-l|alt)="([^"]*)"', text)
    own = re.sub(r"<[^>]*\blang=[^>]*>[^<]*", "", text)
    return " ".join([re.sub(r"<[^>]*>", " ", own), *said])


def test_R27_no_text_in_a_template_goes_without_translation() -> None:
    found = {}
    for path in [*ROOT.rglob("templates/**/*.html"), *ROOT.rglob("templates/**/*.txt")]:
        words_left = re.findall(r"[^\W\d_]{3,}", bare(path.read_text(encoding="utf-8")))
        if left := [word for word in words_left if word not in {"KVK", "Mijn", "Groningen", "MijnGroningen"}]:
            found[path.name] = left
    assert not found
