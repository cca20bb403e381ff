from django.urls import path, register_converter
from django.urls.converters import StringConverter

from operators.desk import (
    alarm,
    blocks,
    bulk,
    claiming,
    composing,
    describing,
    drafts,
    feed,
    filters,
    hearing,
    media,
    noting,
    parked,
    pictures,
    places,
    quality,
    queue,
    reliable,
    reminding,
    report,
    saved_views,
    searching,
    typing_in,
)
from reports.models.number_sequence import SHAPE


class Number(StringConverter):
    """Of a report."""

    regex = SHAPE


register_converter(Number, "number")

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("rows/", queue.more, name="rows"),
    path("filters/", filters.choose, name="filters"),
    path("views/", saved_views.saved_views, name="saved-views"),
    path("views/<int:view_id>/rename/", saved_views.rename, name="rename-view"),
    path("views/<int:view_id>/delete/", saved_views.delete, name="delete-view"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("feed/", feed.feed, name="feed"),
    path("alarm/<str:ticket>/", alarm.alarm, name="alarm"),
    path("escalated/", alarm.escalated, name="escalated"),
    path("hearing/", hearing.hearing, name="hearing"),
    path("quality/", quality.quality, name="quality"),
    path("parked/", parked.parked, name="parked"),
    path("parked/<uuid:entry_id>/retry/", parked.retry, name="retry-parked"),
    path("mentions/", noting.mentions, name="mentions"),
    path("search/", searching.search, name="search"),
    path("reports/new/", typing_in.type_in, name="type-in"),
    path("places/", places.places, name="places"),
    path("places/outlines/", places.outlines, name="outlines"),
    path("media/<uuid:file_id>/", media.media, name="media"),
    path("reports/<number:number>/", report.report, name="report"),
    path("reports/<number:number>/conversation/", report.conversation, name="conversation"),
    path("reports/<number:number>/claim/", report.claim, name="claim"),
    path("reports/<number:number>/release/", claiming.release, name="release"),
    path("reports/<number:number>/take_over/", claiming.take_over, name="take_over"),
    path("reports/<number:number>/assign/", claiming.assign, name="assign"),
    path("reports/<number:number>/draft/", drafts.draft, name="draft"),
    path("reports/<number:number>/pictures/", pictures.attach, name="attach-picture"),
    path(
        "reports/<number:number>/pictures/canned/",
        pictures.attach_canned,
        name="attach-canned-picture",
    ),
    path("reports/<number:number>/pictures/<uuid:picture_id>/", pictures.picture, name="picture"),
    path(
        "reports/<number:number>/pictures/<uuid:picture_id>/thumb/",
        pictures.thumbnail,
        name="picture-thumbnail",
    ),
    path(
        "reports/<number:number>/pictures/<uuid:picture_id>/remove/",
        pictures.remove,
        name="remove-picture",
    ),
    path("reports/<number:number>/reply/", report.reply, name="reply"),
    path("reports/<number:number>/close/", report.close, name="close"),
    path("reports/<number:number>/categorise/", describing.categorise, name="categorise"),
    path("reports/<number:number>/urgency/", describing.urgency, name="urgency"),
    path("reports/<number:number>/place/", describing.place, name="place"),
    path("reports/<number:number>/accept/", describing.accept, name="accept"),
    path("reports/<number:number>/dismiss/", describing.dismiss, name="dismiss"),
    path("reports/<number:number>/summarise/", describing.summarise, name="summarise"),
    path("reports/<number:number>/reopen/", describing.reopen, name="reopen"),
    path("reports/<number:number>/words/", composing.words, name="words"),
    path("reports/<number:number>/ask/", composing.ask, name="ask"),
    path("reports/<number:number>/template/", composing.template, name="template"),
    path(
        "reports/<number:number>/messages/<uuid:message_id>/withdraw/",
        composing.withdraw,
        name="withdraw",
    ),
    path(
        "reports/<number:number>/messages/<uuid:message_id>/again/",
        composing.again,
        name="send-again",
    ),
    path(
        "reports/<number:number>/messages/<uuid:message_id>/split_off/",
        composing.split_off,
        name="split-off",
    ),
    path("reports/<number:number>/note/", noting.note, name="note"),
    path("reports/<number:number>/warn/", reminding.warn, name="warn"),
    path("reports/<number:number>/lift_strike/", reminding.lift_strike, name="lift-strike"),
    path("reports/<number:number>/ask_block/", reminding.ask_block, name="ask-block"),
    path("blocks/", blocks.blocks, name="blocks"),
    path("blocks/<uuid:block_id>/", blocks.block, name="block"),
    path("blocks/<uuid:block_id>/confirm/", blocks.confirm, name="confirm-block"),
    path("blocks/<uuid:block_id>/refuse/", blocks.refuse, name="refuse-block"),
    path("blocks/<uuid:block_id>/lift/", blocks.lift, name="lift-block"),
    path("blocks/kept/<uuid:kept_id>/take_in/", blocks.take_in, name="take-in"),
    path("reliability/", reliable.ledger, name="reliability"),
]
