"""The addresses of MijnGroningen."""

from django.urls import path

from gemeente.contact import portal as contact
from gemeente.contact import portal_facts, portal_follow_up
from gemeente.portal import language, looks, views
from gemeente.residents import portal as residents

urlpatterns = [
    path("", views.home, name="home"),
    path("inloggen/", views.log_in_page, name="log_in"),
    path("inloggen/klaar/", views.identified, name="identified"),
    path("uitloggen/", views.log_out, name="log_out"),
    path("taal/", language.choose, name="language"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("stel-uw-vraag/", contact.ask, name="ask"),
    path("stel-uw-vraag/verstuurd/<str:signed>/", contact.sent, name="sent"),
    path("vragen/", contact.questions, name="questions"),
    path("vragen/<str:number>/", contact.question, name="question"),
    path("vragen/<str:number>/niet-opgelost/", contact.not_solved, name="not_solved"),
    path("vragen/<str:number>/verteld/<uuid:fact>/", portal_facts.correct, name="correct_fact"),
    path("hoe-ging-het/", portal_follow_up.enter_code, name="enter_code"),
    path("hoe-ging-het/dank-u-wel/", portal_follow_up.thanks, name="how_it_went_thanks"),
    path("hoe-ging-het/<str:code>/", portal_follow_up.how_it_went, name="how_it_went"),
    path("berichten/", contact.messages, name="messages"),
    path("gegevens/", residents.own_data, name="own_data"),
    path("gegevens/bevestig/<str:signed>/", residents.confirm_email, name="confirm_email"),
    path("wie-keek/", looks.looks, name="looks"),
    path("documenten/<uuid:attachment>/", contact.document, name="document"),
]
