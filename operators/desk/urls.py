from django.urls import path

from operators.desk import feed, parked, queue, report

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("feed/", feed.feed, name="feed"),
    path("parked/", parked.parked, name="parked"),
    path("parked/<uuid:entry_id>/retry/", parked.retry, name="retry-parked"),
    path("reports/<str:number>/", report.report, name="report"),
    path("reports/<str:number>/conversation/", report.conversation, name="conversation"),
    path("reports/<str:number>/claim/", report.claim, name="claim"),
    path("reports/<str:number>/reply/", report.reply, name="reply"),
    path("reports/<str:number>/close/", report.close, name="close"),
]
