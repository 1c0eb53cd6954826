"""The addresses of the workspace."""

from django.urls import path

from gemeente.workspace import hand_over, intake, merge, post, promises, team, views

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
    path("vraag/<str:number>/samenvoegen/", merge.merge, name="merge"),
    path("vraag/<str:number>/samenvoegen/ongedaan/", merge.undo, name="undo_merge"),
    path("vraag/<str:number>/splitsen/", merge.split, name="split"),
    path("vraag/<str:number>/splitsen/ongedaan/", merge.undo_split, name="undo_split"),
    path("vraag/<str:number>/belofte/", promises.make, name="make_promise"),
    path("vraag/<str:number>/belofte/<uuid:promise>/gehouden/", promises.keep, name="keep_promise"),
    path("vraag/<str:number>/belofte/<uuid:promise>/terug/", promises.take_back, name="take_back_promise"),
    path("vraag/<str:number>/document/<uuid:attachment>/", views.document, name="work_document"),
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
