"""Shapes of what an address answers, for tests.test_access: who may, and what GET and POST say to them and to others."""

from dataclasses import dataclass

from operators.permissions import Role

NOBODY = "nobody"
WHO = (NOBODY, *Role.values)
DESK = ("operator", "pamapta")
STAFF = ("pamapta", "admin")
DONE = (200, 302)
"""A form of the administration that was filled in wrongly is shown again, one in order leads on."""

Statuses = tuple[int, ...]


@dataclass(frozen=True)
class Expected:
    """What GET and POST answer: to those named in `allowed`, to other accounts, and to nobody."""

    get: Statuses
    post: Statuses
    allowed: tuple[str, ...] = WHO
    others: tuple[Statuses, Statuses] = ((403,), (403,))
    nobody: tuple[Statuses, Statuses] = ((302,), (302,))

    def of(self, who: str, method: str) -> Statuses:
        if who in self.allowed:
            return self.get if method == "get" else self.post
        return (self.nobody if who == NOBODY else self.others)[method == "post"]


def reading(*allowed: str, get: int = 200) -> Expected:
    return Expected((get,), (405,), allowed, others=((403,), (405,)))


def changing(*allowed: str, post: int) -> Expected:
    return Expected((405,), (post,), allowed, others=((405,), (403,)))


def api(get: int, post: int) -> Expected:
    return Expected((get,), (post,), DESK, nobody=((401,), (401,)))


def staff(get: int | Statuses = DONE, post: int | Statuses = DONE) -> Expected:
    """A page of the administration for all who may enter it; the others are sent to its login."""
    as_tuple = [(given,) if isinstance(given, int) else given for given in (get, post)]
    return Expected(*as_tuple, STAFF, others=((302,), (302,)))


@dataclass(frozen=True)
class Administration(Expected):
    """A page about one model: `allowed` of those who may enter the administration, 403 to the rest of them."""

    def of(self, who: str, method: str) -> Statuses:
        if who in STAFF and who not in self.allowed:
            return (403,)
        return super().of(who, method) if who in STAFF else (302,)


CONFIGURE = Administration(DONE, DONE, ("admin",))
NEVER = Administration((403,), (403,), ())


def model(name: str, **actions: Expected) -> dict[str, Expected]:
    """The pages of one model: an administrator's, unless another expectation is given for an action."""
    kinds = ("changelist", "add", "change", "delete", "history")
    pages = {f"admin:{name}_{kind}": actions.get(kind, CONFIGURE) for kind in kinds}
    return pages | {f"admin/{name.replace('_', '/')}/<path:object_id>/": staff(302, 302)}


WORDING = Administration(DONE, DONE, STAFF)
LISTING = Administration((200,), DONE, STAFF)
LOOKING = Administration((200,), (403,), STAFF)
