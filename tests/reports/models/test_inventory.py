"""Every field of every table has been thought about: what is in clear in a stolen dump stands here, and nothing else is.

plain     anybody who holds the database may read it: nothing of a citizen
identity  who somebody is: sealed with the identity's key, or a blind index
content   what somebody said: sealed with the report's key
dispatch  what a unit was given and says, sealed with the assignment's key
covert    what belongs to a check in plain clothes, sealed with its key
sealed    sealed with a key of another purpose
"""

from django.apps import apps
from django.db import models
from django.db.models import BinaryField, Field
from django.test import SimpleTestCase

PLAIN, IDENTITY, CONTENT, SEALED = "plain", "identity", "content", "sealed"
DISPATCH, COVERT = "dispatch", "covert"


def plain(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), PLAIN)


INVENTORY: dict[str, dict[str, str]] = {
    "reports.Area": plain("id station code level name parent latitude longitude square_km outline"),
    "reports.AuditEntry": plain("sequence at actor station kind data")
    | {"previous": SEALED, "digest": SEALED},
    "reports.Attachment": plain(
        "id message position state reason declared_type due_at tries kind media_type byte_size duration_seconds "
        "fetched_at delete_due_at delete_tries deleted_at_provider_at"
    )
    | {"url_sealed": CONTENT, "about_sealed": CONTENT},
    "reports.Boundary": plain("area geometry west south east north"),
    "reports.Category": plain(
        "id slug parent label short_label unit_slug supporting_unit_slugs urgency respond_minutes arrive_minutes "
        "complete_minutes check_first is_sensitive reserved_for keywords position"
    ),
    "reports.CategoryModel": plain(
        "id at train_count held_back_count top1 top3 keywords_top1 keywords_top3 confusion slugs is_used"
    )
    | {"weights_sealed": SEALED},
    "reports.Change": plain("id transaction report station at is_hiding"),
    "reports.Contact": plain("id reporter service_number handle last_inbound_at told_successor_at"),
    "reports.DataKey": plain("owner purpose epoch") | {"wrapped": SEALED},
    "reports.Draft": plain("id report operator kind updated_at") | {"body_sealed": CONTENT},
    "reports.DutyPhone": plain("id operator changed_at") | {"number_sealed": IDENTITY},
    "reports.Event": plain("id report kind at by data"),
    "reports.Finding": plain(
        "id report message attachment enricher source confidence at decision decided_at decided_by"
    )
    | {"candidates_sealed": CONTENT, "chosen_sealed": CONTENT},
    "reports.Handle": plain("id identity kind created_at retired_at")
    | {"index": IDENTITY, "value_sealed": IDENTITY},
    "reports.Heartbeat": plain("name at"),
    "reports.Identity": plain("id scope created_at") | {"profile_name_sealed": IDENTITY},
    "reports.InboxEntry": plain(
        "id kind provider_id provider_status received_at due_at tries reason processed_at parked_at"
    )
    | {"payload_sealed": SEALED},
    "reports.Landmark": plain("id station name aliases area latitude longitude"),
    "reports.MediaFile": plain("id attachment role position media_type byte_size width height at")
    | {"key_sealed": CONTENT, "digest_sealed": CONTENT},
    "reports.Mention": plain("id note operator seen_at"),
    "reports.Message": plain(
        "id report reporter contact direction kind status provider_sid at is_forwarded quoted author template_key "
        "due_at claimed_at tries error_code sent_at delivered_at read_at content_sid retry_of enrich_due_at "
        "enrich_tries"
    )
    | {
        "variables_sealed": CONTENT,
        "body_sealed": CONTENT,
        "details_sealed": CONTENT,
        "raw_sealed": CONTENT,
    },
    "reports.Note": plain("id report author at") | {"body_sealed": CONTENT},
    "reports.Picture": plain("id report message by at byte_size width height position"),
    "reports.NumberSequence": plain("id station period last"),
    "reports.ReplyTemplate": plain(
        "id station key text title categories statuses content_sid is_active position"
    )
    | {"picture": SEALED},
    "reports.Report": plain(
        "id number station reporter channel contact status urgency category unit area holder claimed_at opening_at "
        "opening_kind received_at last_inbound_at waiting_since answered_at closed_at outcome unread_count "
        "landmark latitude longitude version due_at paused_at paused_seconds failed_at escalated "
        "ask_place_due_at incident is_life_line"
    )
    | {
        "place_note_sealed": CONTENT,
        "summary_sealed": CONTENT,
        "opening_sealed": CONTENT,
        "outcome_note_sealed": CONTENT,
    },
    "reports.Reporter": plain("id station identity alias created_at"),
    "reports.ServiceNumber": plain("id station channel address is_active successor"),
    "reports.Station": plain("id slug code name duty_desk asks_for_place"),
    "reports.Summons": plain(
        "id report step duty_phone status provider_sid at due_at tries error_code"
    ),
    "reports.CheckedFirst": plain("id station category"),
    "reports.VerificationOfficer": plain("id verification operator"),
    "operators.ReguMember": plain("id regu operator"),
    "reports.Assignment": plain(
        "id number report station unit by sent_at arrive_by urgency category_label place_name latitude longitude "
        "wants_photo progress accepted_at accepted_by under_way_at arrived_at ended_at ended_by result"
    )
    | {
        "brief_sealed": DISPATCH,
        "place_note_sealed": DISPATCH,
        "closing_note_sealed": DISPATCH,
    },
    "reports.DispatchPicture": plain("id assignment origin by at byte_size width height position")
    | {"about_sealed": DISPATCH},
    "reports.Verification": plain(
        "id report station asked_by asked_at category_label reserved_for place_name latitude longitude begun_at begun_by "
        "result done_at done_by called_off_at"
    )
    | {
        "brief_sealed": COVERT,
        "place_note_sealed": COVERT,
        "result_note_sealed": COVERT,
    },
    "reports.VerificationNote": plain("id verification author at") | {"body_sealed": COVERT},
    "reports.VerificationPhoto": plain("id verification by at byte_size width height")
    | {"about_sealed": COVERT},
    "reports.Likeness": plain("id finding report is_dismissed"),
    "reports.Incident": plain(
        "id number station category area status outcome opened_at opened_by closed_at closed_by "
        "joined_into"
    )
    | {"note_sealed": CONTENT},
    "reports.IncidentAnswer": plain("id incident by at is_standing picture")
    | {"text_sealed": CONTENT},
    "reports.IncidentDelivery": plain("id answer report message by failure at"),
    "reports.RoutingRule": plain(
        "id station position category district least_urgency from_time to_time to_polsek unit together_with is_active"
    ),
    "reports.Proof": plain("id report picture message by at"),
    "reports.Feedback": plain("id report question asked_at answer answered_at said_in"),
    "reports.Strike": plain(
        "id reporter station report evidence reason by at expires_at warning lifted_at lifted_by"
    )
    | {"note_sealed": CONTENT},
    "reports.Block": plain(
        "id reporter station report reason asked_by asked_at confirmed_by confirmed_at refused_at ends_at notice "
        "appealed_at lifted_at lifted_by was_wrong"
    )
    | {"note_sealed": CONTENT, "lift_note_sealed": CONTENT},
    "reports.KeptMessage": plain("id block contact kind provider_sid at seen_at taken_in_at")
    | {"body_sealed": CONTENT, "raw_sealed": CONTENT},
    "operators.Regu": plain("id station name position is_active"),
    "operators.ShiftPattern": plain("id station changes_at counted_from"),
    "operators.Shift": plain("id station regu leader started_at planned_end_at ended_at"),
    "operators.Duty": plain("id shift operator since until"),
    "operators.Handover": plain(
        "id shift drawn_up_at given_by given_at taken_by taken_at returned_claims"
    )
    | {"sheet_sealed": CONTENT},
    "operators.ApiToken": plain("id operator digest created_at"),
    "operators.Operator": plain(
        "id password last_login username name nrp rank station unit roles is_active created_at"
    ),
    "operators.SavedView": plain("id operator name query position"),
    "operators.Unit": plain("id station slug name district may_investigate is_active"),
}
"""Staff are not citizens: their names and numbers are plain. An operator's password is hashed, a token digested."""

FREE_TEXT = {
    "reports.Area": {"name"},
    "reports.AuditEntry": {"kind"},
    "reports.Category": {"label", "short_label"},
    "reports.Heartbeat": {"name"},
    "reports.Landmark": {"name"},
    "reports.Summons": {"provider_sid", "error_code"},
    "reports.ReplyTemplate": {"text", "title", "key", "content_sid"},
    "reports.Station": {"name", "duty_desk"},
    "reports.Reporter": {"alias"},
    "reports.InboxEntry": {"provider_id", "provider_status", "reason"},
    "reports.Message": {"provider_sid", "error_code", "template_key", "content_sid"},
    "reports.Attachment": {"declared_type", "media_type", "reason"},
    "reports.MediaFile": {"media_type"},
    "reports.Finding": {"source"},
    "reports.Identity": {"scope"},
    "reports.DataKey": {"purpose"},
    "reports.NumberSequence": {"period"},
    "reports.ServiceNumber": {"address"},
    "reports.Assignment": {"number", "category_label", "place_name"},
    "reports.Verification": {"category_label", "place_name"},
    "reports.IncidentDelivery": {"failure"},
    "reports.KeptMessage": {"provider_sid"},
    "operators.Regu": {"name"},
}
"""Plain columns that could hold words, each for a reason: ours, or the provider's short names for things."""


def tables() -> dict[str, type[models.Model]]:
    ours = [
        *apps.get_app_config("reports").get_models(),
        *apps.get_app_config("operators").get_models(),
    ]
    return {model._meta.label: model for model in ours}


def columns(model: type[models.Model]) -> dict[str, Field]:  # type: ignore[type-arg]
    return {field.name: field for field in model._meta.local_fields}


class InventoryTests(SimpleTestCase):
    def test_every_table_is_in_it(self) -> None:
        self.assertEqual(set(INVENTORY), set(tables()))

    def test_every_field_is_classified(self) -> None:
        for label, model in tables().items():
            with self.subTest(table=label):
                self.assertEqual(set(INVENTORY.get(label, {})), set(columns(model)))

    def test_every_class_is_known(self) -> None:
        given = {kind for fields in INVENTORY.values() for kind in fields.values()}
        self.assertEqual(given, {PLAIN, IDENTITY, CONTENT, SEALED, DISPATCH, COVERT})

    def test_what_is_not_plain_can_only_hold_bytes(self) -> None:
        for label, model in tables().items():
            for name, field in columns(model).items():
                with self.subTest(field=f"{label}.{name}"):
                    is_plain = INVENTORY[label][name] == PLAIN
                    self.assertEqual(isinstance(field, BinaryField), not is_plain)

    def test_a_name_that_promises_sealing_keeps_it(self) -> None:
        for label, fields in INVENTORY.items():
            for name, kind in fields.items():
                with self.subTest(field=f"{label}.{name}"):
                    self.assertFalse(name.endswith("_sealed") and kind == PLAIN)

    def test_there_are_no_relations_that_hide_a_table(self) -> None:
        for label, model in tables().items():
            with self.subTest(table=label):
                self.assertEqual(model._meta.local_many_to_many, [])

    def test_plain_words_of_a_report_are_few_and_known(self) -> None:
        for label, model in tables().items():
            if not label.startswith("reports."):
                continue
            for name, field in columns(model).items():
                holds_words = isinstance(field, models.CharField | models.TextField)
                if holds_words and not field.choices and not isinstance(field, models.SlugField):
                    with self.subTest(field=f"{label}.{name}"):
                        self.assertIn(name, FREE_TEXT.get(label, set()) | {"number", "code"})


class NoNamesTests(SimpleTestCase):
    """`str()` of a row goes into logs, the administration and error messages."""

    def test_no_row_of_a_citizen_names_them(self) -> None:
        shown = {
            "Identity": "identity",
            "Handle": "handle",
            "Contact": "contact",
            "Message": "message",
            "Attachment": "attachment",
            "MediaFile": "media file",
            "Finding": "finding",
            "InboxEntry": "inbox entry",
            "DataKey": "data key",
        }
        for name, word in shown.items():
            with self.subTest(table=name):
                row = apps.get_model("reports", name)()
                self.assertTrue(str(row).startswith(word))
