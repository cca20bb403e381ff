"""The number is given up in the administration: people with open reports are told once, and their threads live on."""

import pytest
from playwright.sync_api import expect

from operators.models import Operator
from operators.permissions import Role
from reports import jobs
from reports.models import Message, Report, ServiceNumber
from reports.models.reply_template import ReplyKey
from tests import people, samples
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

NEW = "+628877000999"


def test_it_is_retired_people_are_told_and_write_to_the_new_one(
    rina: Operator, open_page: Open
) -> None:
    people.operator(rina.station, Role.ADMIN, username="admin")
    report = people.report(samples.text("Pohon tumbang di jalan"))
    old = report.contact.service_number
    ServiceNumber.objects.create(station=rina.station, channel="whatsapp", address=NEW)

    page = open_page(f"/admin/reports/servicenumber/{old.pk}/change/", username="admin")
    page.locator("#id_is_active").uncheck()
    page.select_option("#id_successor", label=f"WhatsApp {NEW}")
    page.locator('input[name="_save"]').click()
    expect(page.locator(".messagelist")).to_contain_text("1 orang dengan laporan terbuka")
    jobs.tell_new_numbers()
    jobs.tell_new_numbers()

    desk = open_page(report.get_absolute_url())
    expect(desk.locator(".bubble.is-desk", has_text=NEW)).to_have_count(1)
    expect(desk.locator("#timeline")).to_contain_text("pelapor diberi tahu nomor baru")
    people.message(samples.text("Masih tumbang pak", To=f"whatsapp:{NEW}"))
    expect(desk.locator("#conversation")).to_contain_text("Masih tumbang pak")
    assert Report.objects.get().pk == report.pk
    assert Message.objects.filter(template_key=ReplyKey.NEW_NUMBER).count() == 1
