"""What research asked of messages, documents and the story so far."""

import re

from playwright.sync_api import FilePayload

from tests.browser.post import Post
from tests.browser.town import Town
from tests.browser.visitor import PHONE

PHOTO = FilePayload(name="tuin.png", mimeType="image/png", buffer=bytes.fromhex("89504e470d0a1a0a") + b"\0" * 200)


def test_R13_questions_and_messages_are_one_list_that_leads_to_the_thread(town: Town) -> None:
    linda = town.resident("Linda Kuipers")
    linda.open("/berichten/")
    lines = linda.page.locator(".mg-list > li")
    told = lines.all_inner_texts()
    ways = {
        how for line in told for how in re.findall(r"in MijnGroningen|per e-mail|aan de telefoon|aan de balie", line)
    }
    assert len(ways) >= 3
    title = lines.first.locator("a").inner_text()
    linda.follow(title)
    assert re.fullmatch(r"/vragen/20\d\d-\d+/", linda.path)
    assert linda.page.locator("h1").inner_text() == title


def test_R15_documents_say_whose_they_are_and_there_is_one_way_to_send_them(town: Town) -> None:
    pieter = town.resident("Pieter de Vries", on=PHONE)
    number = pieter.ask("Mag ik een tuinhuis bouwen?")
    pieter.open_question(number)
    assert pieter.page.locator("input[type=file]").count() == 1
    pieter.page.locator("input[type=file]").set_input_files(PHOTO)
    pieter.write_on("Hier komt het.")
    documents = pieter.page.locator("section", has=pieter.page.locator("#docs")).inner_text()
    assert re.search(r"tuin\.png\s+Van u, vandaag", documents)


def test_R19_what_was_said_before_is_one_story_that_a_phone_shows_whole(town: Town) -> None:
    linda = town.resident("Linda Kuipers", on=PHONE)
    linda.open("/vragen/")
    linda.follow("Rekening van de gemeente")
    assert linda.page.get_by_role("heading", name="Alles wat er is gebeurd").is_visible()
    for item in linda.page.locator(".mg-timeline > li").all():
        assert item.locator(".mg-timeline__icon svg").count() == 1
        assert re.search(r"\d{1,2}\.\d\d uur", item.inner_text())
        box = item.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE.width


def test_R18_the_subject_is_about_them_and_the_first_line_says_why(town: Town, post: Post) -> None:
    address = "r18@voorbeeld.nl"
    post.send(sender=address, subject="Scheve paal", text="De paal bij de brug staat scheef.")
    mail = post.wait_for_mail(address)
    assert mail.subject == "Wij hebben uw vraag: Scheve paal"
    _, first, *_ = mail.text.split("\n\n")
    assert first.startswith("Wij hebben uw vraag over “Scheve paal”.")


def test_R29_sending_the_same_form_twice_is_one_question_and_one_mail(town: Town, post: Post) -> None:
    address = "r29@voorbeeld.nl"
    somebody = town.visitor()
    somebody.open("/stel-uw-vraag/")
    somebody.page.locator("#id_text").fill("Is de kinderboerderij open met Pasen?")
    somebody.page.locator("#id_email").fill(address)
    with somebody.page.expect_navigation(url="**/verstuurd/**"):
        somebody.main.get_by_role("button", name="Stuur uw vraag").dblclick()
    number = somebody.number_here()
    post.send(sender=address, subject="Nog iets", text="En is er parkeerplaats?")
    post.wait_for_mail(address, about="Nog iets")  # what was queued before it has come too
    assert [mail.subject for mail in post.received(address) if "Pasen" in mail.text or number in mail.text] == [
        post.wait_for_mail(address, about=number).subject
    ]


def test_R29_one_answer_is_one_notice(town: Town, post: Post) -> None:
    auke, jan = town.resident("Auke Postma"), town.employee("Jan Mulder")
    number = auke.ask("Hoe laat gaat de brug open op zondag?")
    jan.open_question(number)
    jan.answer("Beste meneer Postma, om tien uur.", via="E-mail")
    auke.open_question(number)
    auke.write_on("Dank u.")
    second = auke.ask("En op zaterdag?")
    post.wait_for_mail("auke.postma@voorbeeld.nl", about=second)
    about_it = [mail.subject for mail in post.received("auke.postma@voorbeeld.nl") if number in mail.text]
    assert [subject.partition(":")[0] for subject in about_it] == ["Wij hebben uw vraag", "Antwoord op uw vraag"]
