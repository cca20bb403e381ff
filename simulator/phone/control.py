"""The control panel's JSON: the switches, and the demo day."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from simulator.demo import demo_day
from simulator.exchange import exchange
from simulator.phone.forms import SwitchForm
from simulator.phone.views import body_of, refused


@require_http_methods(["GET", "POST", "DELETE"])
def switches(request: HttpRequest) -> JsonResponse:
    """GET tells, POST turns those named, DELETE turns everything off, telephones' own included."""
    running = exchange()
    if request.method == "DELETE":
        running.switches.all_off()
        running.ledger.reset_telephones()
    elif request.method == "POST":
        form = SwitchForm(body_of(request))
        if not form.is_valid():
            return refused(form)
        running.switches.turn(form.changes())
    return JsonResponse(running.switches.values())


@require_POST
def play_demo_day(request: HttpRequest) -> JsonResponse:
    """Play the demo day, or what the desk has not accepted of it yet.

    `hold_back` leaves out what citizens write after the desk has answered.
    """
    hold_back = bool(body_of(request).get("hold_back"))
    return JsonResponse(demo_day.play(exchange(), hold_back=hold_back))
