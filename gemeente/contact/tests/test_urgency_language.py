"""The language of the rules: how words, phrases, lines and guards are read, and what is said of a mistake."""

from pathlib import Path

import pytest

from gemeente.contact.urgency import RulesInvalid, Urgency, UrgencyFinding, UrgencyRules, load_rules

RULES = """
[[guard]]
name = "denied"
when = ["DENIAL"]
before = 2

[[guard]]
name = "past"
when = ["PAST - STILL"]

[[guard]]
name = "joke"
when = ["JOKE"]
covers = "message"

[[rule]]
code = "N3"
name = "gas"
says = "Er is misschien gas vrij"
when = ["SMELL"]

[[rule]]
code = "N1"
name = "wish"
says = "Iemand wil niet meer"
when = ["WISH"]
even = ["past"]

[[rule]]
code = "V7"
name = "hazard"
says = "Er is iets waaraan mensen zich verwonden"
when = ["HOLE + FELL / 6", "GLASS + PLAY / clause", "TREE - MINE / sentence"]
unless = ["CLAIM / message"]
"""
WORDS = """
language = "nl"
function = "de het een en ik is"
correct = "gaslamp"

[aliases]
moeder = "moeke mam"

[words]
DENIAL = "geen"
PAST = "vorig jaar"
STILL = "nu"
JOKE = "haha"
SMELL = "gaslucht*, ruikt .. gas, gas ~ lekt|stroomt_weg"
WISH = "wil niet meer, moeder ~ wil"
HOLE = "gat, NUM gaten"
NUM = "#, twee"
FELL = "gevallen"
GLASS = "glas"
PLAY = "zandbak"
TREE = "boom"
MINE = "mijn"
CLAIM = "schadevergoeding"
"""
ENGLISH = """
language = "en"
function = "the and is there"

[words]
SMELL = "gas leak"
"""


def make_rules(folder: Path, rules: str = RULES, **words: str) -> UrgencyRules:
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    for language, text in (words or {"nl": WORDS, "en": ENGLISH}).items():
        (folder / f"{language}.toml").write_text(text, encoding="utf-8")
    return load_rules(folder)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> UrgencyRules:
    return make_rules(tmp_path_factory.mktemp("rules"))


def code(rules: UrgencyRules, text: str, language: str = "nl") -> str:
    return rules.assess(text, language).code


class TestWords:
    def test_a_phrase_leaves_the_room_it_asks_for(self, rules: UrgencyRules) -> None:
        assert code(rules, "het ruikt hier erg naar gas") == "N3"
        assert code(rules, "het ruikt hier zo erg vreemd naar gas") == ""

    @pytest.mark.parametrize("text", ["er lekt ergens gas", "gas dat al een uur lekt", "het gas stroomt weg"])
    def test_a_tilde_asks_for_no_order(self, rules: UrgencyRules, text: str) -> None:
        assert code(rules, text) == "N3"

    def test_a_choice_of_two_words_asks_for_both(self, rules: UrgencyRules) -> None:
        assert code(rules, "gas stroomt door de leiding") == ""

    def test_a_tilde_stays_within_the_sentence(self, rules: UrgencyRules) -> None:
        assert code(rules, "Wij koken op gas. De kraan lekt.") == ""

    def test_a_group_may_hold_a_group_and_a_number(self, rules: UrgencyRules) -> None:
        assert code(rules, "hier zitten 3 gaten, oma is gevallen") == "V7"
        assert code(rules, "hier zitten twee gaten, oma is gevallen") == "V7"

    def test_spelling_is_forgiven_in_long_words_only(self, rules: UrgencyRules) -> None:
        assert code(rules, "wat een gasluht hier") == "N3"
        assert code(rules, "wat een gaslucht!!! hier") == "N3"
        assert code(rules, "een gut waar oma is gevallen") == ""

    def test_a_right_word_is_no_typing_error(self, rules: UrgencyRules) -> None:
        assert code(rules, "onze gaslamp") == ""

    def test_dialect_stands_under_aliases(self, rules: UrgencyRules) -> None:
        assert code(rules, "moeke die wil") == "N1"

    def test_accents_and_capitals_do_not_count(self, rules: UrgencyRules) -> None:
        assert code(rules, "GÁSLUCHT") == "N3"


class TestRules:
    def test_the_highest_code_wins(self, rules: UrgencyRules) -> None:
        assert code(rules, "een gat, oma is gevallen. er is een gaslucht. ik wil niet meer.") == "N1"

    def test_words_too_far_apart_do_not_count(self, rules: UrgencyRules) -> None:
        assert code(rules, "een gat en dan weer heel iets anders, want oma is gevallen") == ""

    def test_a_clause_ends_at_a_comma(self, rules: UrgencyRules) -> None:
        assert code(rules, "glas in de zandbak") == "V7"
        assert code(rules, "het glas is op, de zandbak ook") == ""

    def test_what_stands_behind_a_minus_forbids(self, rules: UrgencyRules) -> None:
        assert code(rules, "er viel een boom om") == "V7"
        assert code(rules, "er viel een boom om in mijn tuin") == ""

    def test_unless_takes_the_danger_out_of_its_rule_alone(self, rules: UrgencyRules) -> None:
        assert code(rules, "Glas in de zandbak. Ik wil schadevergoeding.") == ""
        assert code(rules, "Gaslucht in huis. Ik wil schadevergoeding.") == "N3"

    def test_the_finding_says_why(self, rules: UrgencyRules) -> None:
        finding = rules.assess("Help! Er is hier een Gaslucht in huis", "nl")
        assert finding == UrgencyFinding(Urgency.NOW, "N3", ("Gaslucht",), "N3: Er is misschien gas vrij (“Gaslucht”).")

    def test_without_a_rule_all_is_normal(self, rules: UrgencyRules) -> None:
        finding = rules.assess("wanneer is het zwembad open?", "nl")
        assert (finding.urgency, finding.code, finding.words) == (Urgency.NORMAL, "", ())


class TestGuards:
    def test_denied_words_do_not_count(self, rules: UrgencyRules) -> None:
        assert code(rules, "er is geen gaslucht") == ""
        assert code(rules, "er is geen twijfel, dit is een gaslucht") == "N3"

    def test_a_guard_covers_its_own_sentence(self, rules: UrgencyRules) -> None:
        assert code(rules, "vorig jaar was er een gaslucht") == ""
        assert code(rules, "Vorig jaar kwam ik hier wonen. Er is een gaslucht.") == "N3"

    def test_a_guard_can_be_taken_out_itself(self, rules: UrgencyRules) -> None:
        assert code(rules, "vorig jaar en nu weer een gaslucht") == "N3"

    def test_a_guard_can_cover_the_message(self, rules: UrgencyRules) -> None:
        assert code(rules, "Er is een gaslucht. Grapje van mijn broer. Haha.") == ""

    def test_a_rule_passes_the_guards_it_names(self, rules: UrgencyRules) -> None:
        assert code(rules, "sinds vorig jaar: ik wil niet meer") == "N1"


class TestLanguages:
    def test_a_message_is_read_in_its_own_language(self, rules: UrgencyRules) -> None:
        assert code(rules, "gas leak", "en") == "N3"
        assert code(rules, "gas leak", "nl") == ""

    def test_three_small_words_of_another_language_are_enough(self, rules: UrgencyRules) -> None:
        assert code(rules, "there is a gas leak and the door is open", "nl") == "N3"

    def test_an_unknown_language_is_read_as_dutch_and_english(self, rules: UrgencyRules) -> None:
        assert code(rules, "gaslucht", "gos") == "N3"
        assert code(rules, "gas leak", "xx") == "N3"


RULE = '[[rule]]\ncode = "N1"\nname = "wish"\nsays = "x"\nwhen = ["WISH"]\n'


@pytest.mark.parametrize(
    ("rules", "words", "said"),
    [
        (RULE.replace("N1", "X1"), WORDS, "code must be N1"),
        (RULE.replace('says = "x"\n', ""), WORDS, "says is missing"),
        (RULE + "extra = 1\n", WORDS, "unknown key extra"),
        (RULE + 'even = ["nobody"]\n', WORDS, "no guard is called nobody"),
        (RULE.replace("WISH", "WHISH"), WORDS, "no group is called WHISH"),
        (RULE.replace("WISH", "WISH / room"), WORDS, "must be clause, sentence, message or a number"),
        (RULE.replace("WISH", "wil"), WORDS, "need a file with a language"),
        (RULE, WORDS + 'low = "x"\n', "in capitals"),
        (RULE, WORDS + 'BAD = "a ~~~ b"\n', "~ or ~~"),
        (RULE, WORDS + 'BAD = "a ~ b ~ c ~ d ~ e ~ f"\n', "5 parts"),
        (RULE, WORDS + 'BAD = "een .."\n', "must begin and end with a word"),
        (RULE, WORDS + 'BAD = "we!l"\n', "is not a word"),
        (RULE, WORDS + 'ONE = "TWO"\nTWO = "ONE"\n', "these groups need each other"),
        (RULE, WORDS + "BAD =\n", "nl.toml"),
        ('[[guard]]\nname = "g"\nwhen = ["WISH"]\ncovers = "all"\n' + RULE, WORDS, "covers must be"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, rules: str, words: str, said: str) -> None:
    with pytest.raises(RulesInvalid, match=r"toml|need each other") as wrong:
        make_rules(tmp_path, rules, nl=words)
    assert said in str(wrong.value)


def test_a_folder_without_rules_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(RulesInvalid, match="there is no rule file"):
        load_rules(tmp_path)
