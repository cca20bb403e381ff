from django.urls import path, register_converter
from django.urls.converters import StringConverter

from operators.unit import ground, pictures, task, tasks
from reports.models.assignment import DISPATCH_ALPHABET, DISPATCH_LENGTH


class DispatchNumber(StringConverter):
    """Of a task."""

    regex = f"T-[{DISPATCH_ALPHABET}]{{{DISPATCH_LENGTH}}}"


register_converter(DispatchNumber, "dispatch")

app_name = "unit"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("feed/", tasks.feed, name="feed"),
    path("more/", tasks.more, name="more"),
    path("pictures/<uuid:dispatch_picture_id>/", pictures.picture, name="picture"),
    path("pictures/<uuid:dispatch_picture_id>/thumbnail/", pictures.thumbnail, name="thumbnail"),
    path("<dispatch:dispatch_number>/", task.task, name="task"),
    path("<dispatch:dispatch_number>/work/", task.work, name="work"),
    path("<dispatch:dispatch_number>/around/", ground.around, name="around"),
    path("<dispatch:dispatch_number>/accept/", task.accept, name="accept"),
    path("<dispatch:dispatch_number>/set_out/", task.set_out, name="set-out"),
    path("<dispatch:dispatch_number>/arrive/", task.arrive, name="arrive"),
    path("<dispatch:dispatch_number>/finish/", task.finish, name="finish"),
    path("<dispatch:dispatch_number>/give_back/", task.give_back, name="give-back"),
    path("<dispatch:dispatch_number>/photos/", task.add_photos, name="add-photos"),
    path(
        "<dispatch:dispatch_number>/photos/<uuid:dispatch_picture_id>/remove/",
        task.remove_photo,
        name="remove-photo",
    ),
]
