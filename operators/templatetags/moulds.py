"""Drawing a part of a page once, and only filling it from then on. How and why: `operators.desk.moulds`."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from django.template import Context, Library, Node, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString

from operators.desk import moulds

register = Library()

Named = Mapping[str, FilterExpression]


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
        template = _template(context, self.name.resolve(context))
        shape = _shape(template)
        turns: dict[str, Any] = {"icons": str(context.get("icons") or "")}
        for name, expression in (self.turns | shape.turns).items():
            turns[name] = expression.resolve(context, ignore_failures=True)
        fillings = {
            name: partial(_fill, expression, context) for name, expression in shape.fillings.items()
        }
        return moulds.draw(template, turns, fillings, context)


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


def _fill(expression: FilterExpression, context: Context) -> Any:
    value = expression.resolve(context)
    # A constant: nothing that comes from outside is taken for the name of a template.
    is_template = isinstance(expression.var, str) and value.endswith(".html")
    return _template(context, value).render(context) if is_template else value


def _template(context: Context, name: str) -> Template:
    """As {% include %} does: looked up once for each drawing of the whole page."""
    known = context.render_context.dicts[0].setdefault(Mould, {})
    if name not in known:
        known[name] = context.template.engine.get_template(name)
    found: Template = known[name]
    return found


@lru_cache(maxsize=128)
def _shape(template: Template) -> Moulded:
    (shape,) = template.nodelist.get_nodes_by_type(Moulded)
    return shape


def _named(parser: Parser, words: list[str]) -> dict[str, FilterExpression]:
    pairs = (word.split("=", 1) if "=" in word else (word, word) for word in words)
    return {name: parser.compile_filter(value) for name, value in pairs}
