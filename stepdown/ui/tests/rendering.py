"""Turns a line of template, with components, into HTML."""

from django.template import Context, Engine
from django.template.base import Template
from django_cotton.compiler_regex import CottonCompiler


def rendered(source: str, **context: object) -> str:
    template = Template(CottonCompiler().process(source), engine=Engine.get_default())
    return template.render(Context(context))
