"""What somebody wrote now, what stood below it, and how they closed, in the ways that programs and people write it."""

import pytest

from gemeente.channels.mail.quoting import Split, split

NEW = "Dank u. Het zijn er intussen twee."
OLD = "Beste meneer Hoekstra,\n\nWij kijken vandaag naar uw stoep."


def answer(text: str) -> Split:
    return split(text, subject="Re: Uw stoep", is_answer=True)


def first(text: str, subject: str = "Mijn vraag") -> Split:
    return split(text, subject=subject, is_answer=False)


def quoted(text: str = OLD) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


SENDER = "Gemeente Groningen <gemeente@voorbeeld.nl>"
HEAD = f"Van: {SENDER}\nVerzonden: dinsdag 24 november 2026 10:42\nAan: Roelof\nOnderwerp: Uw stoep\n\n{OLD}"
ENGLISH_HEAD = f"From: {SENDER}\nSent: Tuesday, November 24, 2026 10:42 AM\nTo: Roelof\nSubject: Uw stoep\n\n{OLD}"
BOLD_HEAD = f"*Van:* {SENDER}\n*Datum:* dinsdag 24 november 2026 10:42\n*Aan:* Roelof\n*Onderwerp:* Uw stoep\n\n{OLD}"
SAMSUNG_HEAD = (
    "Van: gemeente@voorbeeld.nl\nDatum: 24-11-2026 10:42 (GMT+01:00)\nAan: r.hoekstra@voorbeeld.nl\nOnderwerp: Uw stoep"
)
HISTORIES = {
    "gmail": f"Op di 24 nov 2026 om 10:42 schreef {SENDER}:\n\n{quoted()}",
    "gmail, wrapped": f"Op di 24 nov 2026 om 10:42 schreef Gemeente Groningen <\ngemeente+abcdef@voorbeeld.nl>:\n\n{quoted()}",
    "gmail, in English": f"On Tue, Nov 24, 2026 at 10:42 AM {SENDER} wrote:\n\n{quoted()}",
    "gmail, in German": f"Am Di., 24. Nov. 2026 um 10:42 Uhr schrieb {SENDER}:\n\n{quoted()}",
    "gmail, in French": f"Le mar. 24 nov. 2026 à 10:42, {SENDER} a écrit :\n\n{quoted()}",
    "apple": f"Op 24 nov. 2026, om 10:42 heeft {SENDER} het volgende geschreven:\n\n{quoted()}",
    "iphone": f"> Op 24 nov. 2026 om 10:42 heeft gemeente@voorbeeld.nl het volgende geschreven:\n> \n{quoted()}",
    "thunderbird": f"Op 24-11-2026 om 10:42 schreef Gemeente Groningen:\n{quoted()}",
    "thunderbird, in English": f"On 24/11/2026 10:42, Gemeente Groningen wrote:\n{quoted()}",
    "kmail": f"Gemeente Groningen schreef op dinsdag 24 november 2026 om 10:42:\n{quoted()}",
    "outlook": HEAD,
    "outlook, with a rule": f"{'_' * 32}\n{HEAD}",
    "outlook, in English": ENGLISH_HEAD,
    "outlook, in bold": BOLD_HEAD,
    "outlook express": f"-----Oorspronkelijk bericht-----\nVan: Gemeente Groningen\nVerzonden: dinsdag 24 november\n\n{OLD}",
    "outlook express, in English": f"-----Original Message-----\nFrom: Gemeente Groningen\nSent: Tuesday\n\n{OLD}",
    "samsung": f"-------- Oorspronkelijk bericht --------\n{SAMSUNG_HEAD}\n\n{OLD}",
    "only marks": quoted(),
}


class TestHistory:
    @pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES.keys())
    def test_what_is_new_stands_above_it(self, history: str) -> None:
        read = answer(f"{NEW}\n\n{history}")
        assert read.fresh == NEW
        assert "Wij kijken vandaag naar uw stoep." in read.quoted
        assert not read.only_quoted

    def test_a_line_straight_above_it_is_not_taken_along(self) -> None:
        assert answer(f"{NEW}\n{HISTORIES['kmail']}").fresh == NEW
        assert answer(f"{NEW}\n{HISTORIES['gmail']}").fresh == NEW

    @pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES.keys())
    def test_nothing_is_thrown_away(self, history: str) -> None:
        text = f"{NEW}\n\n{history}"
        read = answer(text)
        kept = "\n".join((read.fresh, read.quoted, read.signature))
        assert set(text.split()) <= set(kept.split())

    @pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES.keys())
    def test_with_nothing_new_above_it_everything_is_shown(self, history: str) -> None:
        read = answer(f"\n\n{history}")
        assert read.only_quoted
        assert "Wij kijken vandaag naar uw stoep." in read.fresh

    def test_a_history_in_a_history_is_one(self) -> None:
        read = answer(f"{NEW}\n\n{HISTORIES['gmail']}\n>\n> Op ma 23 nov 2026 om 9:00 schreef Roelof:\n>\n>> Los!")
        assert read.fresh == NEW
        assert ">> Los!" in read.quoted


class TestNoHistory:
    """When in doubt it stays fresh: words of a resident that nobody reads are worse than words twice."""

    @pytest.mark.parametrize(
        "text",
        [
            "Op 24 november schreef ik u al:\n\ner ligt een tegel los.",
            "Op maandag 23-11 om 10:42 schreef ik de wijkagent:\nKom kijken!",
            "Mijn buurman schreef mij:\nde stoep is stuk.",
            "Van: mijn huis\nNaar: school\nis het gevaarlijk.",
            "Van 10:00 tot 12:00 ben ik thuis.\nAan de deur hangt een briefje.",
            "De route is:\n-----\nKorreweg, Rijweg, Bedumerweg.",
            "Ik heb drie vragen:\n- de stoep\n- de lamp\n- het afval",
            "1 > 2 is niet waar, en a<b ook niet.",
            "Er staat --> op het bord.",
        ],
    )
    def test_words_that_look_like_it(self, text: str) -> None:
        assert first(text) == Split(text, "", "")
        assert answer(text).fresh == text

    def test_answers_between_the_lines_stay_with_them(self) -> None:
        text = (
            "> Waar ligt de tegel?\nBij nummer 214.\n> Is er iemand gevallen?\nJa, mijn vrouw.\n> Wanneer?\nGisteren."
        )
        assert answer(text) == Split(text, "", "")

    def test_one_answer_below_the_quote_is_what_is_new(self) -> None:
        read = answer(f"{quoted()}\n\n{NEW}")
        assert (read.fresh, read.quoted) == (NEW, quoted())

    def test_one_answer_between_quotes_is_what_is_new(self) -> None:
        read = answer(f"> Waar ligt de tegel?\n\nBij nummer 214.\n\n{quoted()}")
        assert read.fresh == "Bij nummer 214."
        assert "> Waar ligt de tegel?" in read.quoted


class TestForward:
    @pytest.mark.parametrize(
        "line",
        [
            "---------- Forwarded message ---------",
            "---------- Doorgestuurd bericht ---------",
            "-------- Doorgestuurd bericht --------",
            "Begin doorgestuurd bericht:",
            "Begin forwarded message:",
        ],
    )  # fmt: skip
    def test_a_forwarded_mail_is_content(self, line: str) -> None:
        text = f"Kunt u dit regelen?\n\n{line}\nVan: de woningbouw\nDatum: 24 november\nAan: mij\n\nDe lift komt niet."
        assert first(text, "Fwd: Uw lift") == Split(text, "", "")

    def test_a_forwarded_mail_without_a_word_is_content(self) -> None:
        text = "---------- Forwarded message ---------\nVan: de woningbouw\n\nDe lift komt niet."
        assert first(text, "Fwd: Uw lift") == Split(text, "", "")

    @pytest.mark.parametrize("subject", ["FW: Uw lift", "Fwd: Uw lift", "Doorst: Uw lift"])
    def test_outlook_forwards_with_the_same_head_as_it_answers(self, subject: str) -> None:
        text = f"Kunt u dit regelen?\n\n{HISTORIES['outlook']}"
        assert first(text, subject).fresh == text


class TestSignature:
    @pytest.mark.parametrize(
        "closing",
        [
            "-- \nHiltje de Vries\nKorreweg 187",
            "--\nHiltje",
            "Met vriendelijke groet,\n\nHiltje de Vries",
            "Met vriendelijke groeten,\nHiltje",
            "Vriendelijke groet,\nHiltje",
            "Mvg\nHiltje",
            "m.vr.gr. \nHiltje",
            "Groetjes!\nHiltje",
            "Hoogachtend,\n\nH. de Vries\n06 00 12 34 01",
            "Kind regards,\nMaya Okafor\nStudent",
            "Met vriendelijke groet,\nFrederique van der Meer-de Boer\nBuurtvereniging Selwerd en omgeving",
            "Met vriendelijke groet,\nAuke Postma\ntel. mobiel: 06-00 12 34 01 of werk\nauke@voorbeeld.nl",
            "Verstuurd vanaf mijn iPhone",
            "Verzonden vanaf mijn Samsung Galaxy-smartphone.",
            "Sent from my iPhone",
            "Verstuurd vanuit Outlook voor Android",
            "Outlook voor iOS downloaden",
            "Get Outlook for iOS",
            "Verzonden met Proton Mail",
        ],
    )
    def test_it_is_parted_from_the_words(self, closing: str) -> None:
        read = first(f"{NEW}\n\n{closing}")
        assert read.fresh == NEW
        assert read.signature.split() == closing.split()

    @pytest.mark.parametrize(
        "below",
        [
            "Met vriendelijke groet,\nHiltje\n\nPS de lamp is ook stuk",
            "Met vriendelijke groet,\nHiltje\n\nKunt u mij bellen?",
            "Groeten,\nHiltje\n\nIk ben morgen de hele dag thuis, dus u kunt gewoon langskomen.",
            "Groet,\nHiltje\n\nEr is brand.\nKom nu snel hierheen.",
            "Groet,\nHiltje\nik wil dood",
            "Mvg\nik spring van de brug",
        ],
    )
    def test_when_more_is_said_below_it_everything_stays(self, below: str) -> None:
        assert first(f"{NEW}\n\n{below}").fresh == f"{NEW}\n\n{below}"

    @pytest.mark.parametrize(
        "text",
        ["Groetjes aan Jan, hij weet ervan.", "De groet van de buurman was onbeleefd.", "Verstuurd vanaf mijn iPhone"],
    )
    def test_words_that_look_like_it_and_are_all_there_is(self, text: str) -> None:
        assert first(text).fresh == text

    def test_a_greeting_in_the_middle_of_a_long_mail_is_text(self) -> None:
        text = "Groet,\n" + "\n".join(f"regel {number}" for number in range(40))
        assert first(text).fresh == text

    def test_a_signature_above_the_history(self) -> None:
        read = answer(f"{NEW}\n\nMet vriendelijke groet,\nRoelof\n\n{HISTORIES['outlook']}")
        assert (read.fresh, read.signature) == (NEW, "Met vriendelijke groet,\nRoelof")
        assert read.quoted.startswith("Van: Gemeente")


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", ">", ">\n>\n>", "-- ", "\n--\n", "Van:", "Op 1 schreef a@b.nl:"])
@pytest.mark.parametrize("subject", ["", "Re:", "Fwd:"])
def test_almost_nothing_raises_nothing(text: str, subject: str) -> None:
    for is_answer in (True, False):
        split(text, subject=subject, is_answer=is_answer)
