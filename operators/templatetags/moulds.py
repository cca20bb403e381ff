"""Drawing a part of a page once, and only filling it from then on. How and why: `operators.desk.moulds`."""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.template import Context, Engine, Library, Node, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, Variable
from django.utils.safestring import SafeString

from operators.desk import moulds

register = Library()

MISSING = object()


@dataclass(frozen=True)
class Value:
    """What a template calls by this expression. Most are a name and some names of its parts: those are looked up quickly."""

    expression: FilterExpression
    parts: tuple[str, ...] | None
    template: str
    """The name of a template that is put in; a constant, so nothing from outside is ever taken for one."""

    @classmethod
    def parsed(cls, parser: Parser, word: str) -> "Value":
        expression = parser.compile_filter(word)
        var = expression.var
        is_name = isinstance(var, Variable) and not expression.filters and not var.translate
        is_template = isinstance(var, str) and var.endswith(".html")
        return cls(expression, var.lookups if is_name else None, var if is_template else "")

    def of(self, context: Context) -> Any:
        """None where there is none."""
        if self.template:
            return _draw(_template(self.template), context, {})
        if self.parts is None:
            return self.expression.resolve(context, ignore_failures=True)
        at = context.get(self.parts[0], MISSING)
        for part in self.parts[1:]:
            # As Django does, which first asks everything whether it has items: an exception each time it has none.
            if hasattr(type(at), "__getitem__"):
                at = MISSING
                break
            at = getattr(at, part, MISSING)
        if at is MISSING or callable(at):
            return self.expression.resolve(context, ignore_failures=True)
        return at


Named = dict[str, Value]


class Moulded(Node):
    """Says what a mould is made of. Draws nothing."""

    def __init__(self, turns: Named, fillings: Named) -> None:
        self.turns, self.fillings = turns, fillings

    def render(self, context: Context) -> SafeString:
        return SafeString()


class Mould(Node):
    def __init__(self, name: FilterExpression, turns: Named) -> None:
        self.name, self.turns = name, turns

    def render(self, context: Context) -> SafeString:
        template = _template(self.name.resolve(context))
        return _draw(template, context, self.turns)


@register.tag
def mould(parser: Parser, token: Token) -> Mould:
    """{% mould "desk/_next.html" part="next-wide" %}: in place of an include; the template begins with {% moulded %}."""
    _, *words = token.split_contents()
    if not words:
        raise TemplateSyntaxError("a mould needs the name of a template")
    return Mould(parser.compile_filter(words[0]), _named(parser, words[1:]))


@register.tag
def moulded(parser: Parser, token: Token) -> Moulded:
    """{% moulded standing.step may.close fill report.number view csrf_token %}: all that the template knows, and `icons`.

    Before "fill" stands what turns parts of it on: plain values, and forms. Behind it, what is only put in. Each keeps its
    name, or is given one: `name=value`. What is put in may be a template, which then knows the whole page:
    `rows="desk/_rows.html"`.
    """
    _, *words = token.split_contents()
    end = words.index("fill") if "fill" in words else len(words)
    return Moulded(_named(parser, words[:end]), _named(parser, words[end + 1 :]))


def _fill(value: Value, context: Context) -> Any:
    said = value.of(context)
    return said if said is not None else value.expression.resolve(context)


def _template(name: str) -> Template:
    return Engine.get_default().get_template(name)


def _draw(template: Template, context: Context, more: Named) -> SafeString:
    shape = _shape(template)
    if shape is None:
        return template.render(context)
    turns: dict[str, Any] = {"icons": str(context.get("icons") or "")}
    for name, value in (more | shape.turns).items() if more else shape.turns.items():
        turns[name] = value.of(context)
    fillings = {name: partial(_fill, value, context) for name, value in shape.fillings.items()}
    return moulds.draw(template, turns, fillings, context)


@lru_cache(maxsize=256)
def _shape(template: Template) -> Moulded | None:
    for node in template.nodelist.get_nodes_by_type(Moulded):
        if isinstance(node, Moulded):
            return node
    return None


def _named(parser: Parser, words: list[str]) -> dict[str, Value]:
    pairs = (word.split("=", 1) if "=" in word else (word, word) for word in words)
    return {name: Value.parsed(parser, value) for name, value in pairs}
