"""The addresses of the workspace."""

from django.urls import path

from gemeente.workspace import facts, hand_over, intake, post, promises, tasks, team, views, what_became

urlpatterns = [
    path("", views.queue, name="queue"),
    path("doel/", views.purpose, name="purpose"),
    path("vraag/<str:number>/", views.conversation, name="conversation"),
    path("vraag/<str:number>/antwoord/", views.answer, name="answer"),
    path("vraag/<str:number>/neem/", views.take_up, name="take_up"),
    path("vraag/<str:number>/notitie/", views.note, name="add_note"),
    path("vraag/<str:number>/haast/", views.urgency, name="urgency"),
    path("vraag/<str:number>/afronden/", views.close, name="close"),
    path("vraag/<str:number>/doorgeven/", hand_over.hand_over, name="hand_over"),
    path("vraag/<str:number>/aannemen/", hand_over.accept, name="accept"),
    path("vraag/<str:number>/teruggeven/", hand_over.give_back, name="give_back"),
    path("vraag/<str:number>/belofte/", promises.make, name="make_promise"),
    path("vraag/<str:number>/belofte/<uuid:promise>/gehouden/", promises.keep, name="keep_promise"),
    path("vraag/<str:number>/belofte/<uuid:promise>/terug/", promises.take_back, name="take_back_promise"),
    path("vraag/<str:number>/taak/", tasks.ask, name="ask_task"),
    path("vraag/<str:number>/taak/<uuid:task>/klaar/", tasks.finish, name="finish_task"),
    path("vraag/<str:number>/taak/<uuid:task>/teruggeven/", tasks.give_back, name="give_back_task"),
    path("vraag/<str:number>/taak/<uuid:task>/intrekken/", tasks.withdraw, name="withdraw_task"),
    path("vraag/<str:number>/onthoud/", facts.remember, name="remember"),
    path("vraag/<str:number>/verteld/<uuid:fact>/weg/", facts.remove, name="remove_fact"),
    path("vraag/<str:number>/verteld/<uuid:fact>/opnieuw/", facts.told_again, name="told_again"),
    path("vraag/<str:number>/document/<uuid:attachment>/", views.document, name="work_document"),
    path("terug/", what_became.overview, name="what_became"),
    path("team/", team.overview, name="team"),
    path("team/geef/", team.assign, name="assign"),
    path("team/verlof/", team.leave, name="leave"),
    path("team/verlof/<int:leave>/weg/", team.cancel_leave, name="cancel_leave"),
    path("post/", post.tray, name="post"),
    path("post/doe/", post.deal, name="deal_post"),
    path("post/<uuid:letter>/bijlage/<uuid:attachment>/", post.enclosure, name="enclosure"),
    path("gesprek/", intake.note_contact, name="note_contact"),
    path("gesprek/klaar/<str:number>/", intake.noted, name="noted"),
    path("zoek/", intake.search, name="search"),
    path("inwoner/<uuid:party>/", intake.resident, name="resident"),
    path("inwoner/<uuid:party>/doel/", intake.open_resident, name="open_resident"),
    path("inwoner/<uuid:party>/beeld.json", intake.resident_picture, name="picture"),
]
