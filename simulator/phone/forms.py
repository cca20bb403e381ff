"""What the telephones may ask for, checked."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from simulator import media_types
from simulator.attachments import Attachment, contact_card
from simulator.directory import Citizen, lines
from simulator.inbound import Draft
from simulator.records import Button, Place
from simulator.switches import Switches

LONGEST_TEXT = 4096
LARGEST_COUNT = 1000


class SendForm(forms.Form):
    """One message of a citizen. Files come beside it; each makes a message of its own."""

    line = forms.ChoiceField()
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=False)
    quoted = forms.CharField(required=False, max_length=34)
    button_text = forms.CharField(required=False, max_length=40)
    button_payload = forms.CharField(required=False, max_length=200)
    latitude = forms.DecimalField(required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, min_value=-180, max_value=180)
    label = forms.CharField(required=False, max_length=100)
    address = forms.CharField(required=False, max_length=200)
    contact_name = forms.CharField(required=False, max_length=100)
    contact_phone = forms.RegexField(r"^\+?[0-9 ]{5,20}$", required=False)
    forwarded = forms.ChoiceField(required=False, choices=[("once", "once"), ("many", "many")])
    unsupported = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, citizen: Citizen, files: "list[UploadedFile[bytes]]", **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self._citizen = citizen
        self._uploads = files
        self._attachments: list[Attachment] = []
        self.fields["line"] = forms.ChoiceField(
            choices=[
                (line.id, line.id) for line in lines().values() if line.channel in citizen.channels
            ],
            required=False,
        )

    def clean_line(self) -> str:
        return str(self.cleaned_data["line"] or self._citizen.line)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if self.errors:
            return data
        self._attachments = [self._attachment(upload) for upload in self._uploads]
        if data["contact_name"] and data["contact_phone"]:
            self._attachments.append(contact_card(data["contact_name"], data["contact_phone"]))
        has_place = None not in (data["latitude"], data["longitude"])
        if lines()[data["line"]].channel == "sms" and (
            self._attachments or has_place or data["button_text"]
        ):
            raise forms.ValidationError("Lewat SMS hanya teks yang dapat dikirim.")
        something = data["text"].strip() or data["button_text"] or has_place or data["unsupported"]
        if not something and not self._attachments:
            raise forms.ValidationError("Tulis pesan atau pilih berkas lebih dahulu.")
        return data

    def drafts(self) -> list[Draft]:
        """The messages to send: one for each file (the text goes with the first), else one."""
        data = self.cleaned_data
        shared = {"quoted": data["quoted"], "forwarded": data["forwarded"]}
        if self._attachments:
            return [
                Draft(
                    kind=media_types.KINDS[attachment.content_type],
                    text=data["text"] if number == 0 else "",
                    attachment=attachment,
                    **shared,
                )
                for number, attachment in enumerate(self._attachments)
            ]
        if data["button_text"]:
            pressed = Button(data["button_text"], data["button_payload"])
            return [Draft(kind="interactive", text=pressed.text, pressed=pressed, **shared)]
        if None not in (data["latitude"], data["longitude"]):
            place = Place(
                latitude=str(data["latitude"]),
                longitude=str(data["longitude"]),
                label=data["label"],
                address=data["address"],
            )
            return [Draft(kind="location", place=place, **shared)]
        if data["unsupported"]:
            return [Draft(kind="unsupported", **shared)]
        return [Draft(text=data["text"], **shared)]

    def _attachment(self, upload: "UploadedFile[bytes]") -> Attachment:
        content_type = media_types.plain(upload.content_type or "")
        name = upload.name or "berkas"
        if content_type not in media_types.KINDS:
            raise forms.ValidationError(f"Jenis berkas “{name}” tidak dibawa WhatsApp.")
        if not upload.size:
            raise forms.ValidationError(f"Berkas “{name}” kosong.")
        if upload.size > media_types.limit(content_type):
            megabytes = media_types.limit(content_type) // 1024**2
            raise forms.ValidationError(f"Berkas “{name}” lebih besar dari {megabytes} MB.")
        return Attachment(content=upload.read(), content_type=content_type, name=name)


class GuestForm(forms.Form):
    """A citizen added for a test, or an old one with another number or user id."""

    slug = forms.SlugField(max_length=40)
    name = forms.CharField(max_length=60)
    about = forms.CharField(required=False, max_length=100)
    profile_name = forms.CharField(required=False, max_length=60)
    phone = forms.RegexField(r"^\+[1-9][0-9]{6,14}$", required=False)
    user_id = forms.RegexField(r"^[A-Z]{2}\.[0-9A-Za-z]{1,128}$", required=False)
    line = forms.ChoiceField(choices=[(line, line) for line in lines()], required=False)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if not self.errors and not data["phone"] and not data["user_id"]:
            raise forms.ValidationError("Isi nomor telepon atau ID pengguna.")
        return data

    def citizen(self) -> Citizen:
        data = dict(self.cleaned_data)
        channels = ["whatsapp"] * bool(data["user_id"]) + ["sms"] * bool(data["phone"])
        usual = data["line"] or ("sragen-wa" if data["user_id"] else "surakarta-sms")
        return Citizen(**{**data, "channels": channels, "line": usual})


class ClockForm(forms.Form):
    """How far a telephone's clock runs ahead."""

    hours = forms.FloatField(min_value=0, max_value=24 * 30)


class ReachForm(forms.Form):
    """Whether a telephone is out of reach."""

    unreachable = forms.BooleanField(required=False)


class SwitchForm(forms.Form):
    """Any of the switches; those not named stay as they are."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, default in vars(Switches()).items():
            self.fields[name] = _switch_field(default)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if unknown := set(self.data) - set(self.fields):
            raise forms.ValidationError(f"Sakelar tidak dikenal: {', '.join(sorted(unknown))}")
        return data

    def changes(self) -> dict[str, int | float | bool]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.data and value is not None
        }


def _switch_field(default: float) -> forms.Field:
    if isinstance(default, bool):
        return forms.BooleanField(required=False)
    if isinstance(default, int):
        return forms.IntegerField(required=False, min_value=0, max_value=LARGEST_COUNT)
    return forms.FloatField(required=False, min_value=0, max_value=600)
