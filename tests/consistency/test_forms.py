"""Every form speaks in sentences of its own."""

import importlib
import inspect

import pytest
from django import forms

from stepdown.ui.fields import FormMixin
from tests.consistency.files import ROOT, files


def forms_of_the_product():
    found = {}
    for path in files(".py", within=("stepdown",)):
        parts = path.relative_to(ROOT).with_suffix("").parts
        has_forms = any(part == "gallery" or part.startswith("forms") or part.endswith("forms") for part in parts)
        if "tests" in parts or "migrations" in parts or not has_forms:
            continue
        module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, forms.BaseForm) and kind.__module__ == module.__name__:
                found[f"{kind.__module__}.{name}"] = kind
    return found


FORMS = forms_of_the_product()


@pytest.mark.parametrize("kind", FORMS.values(), ids=FORMS.keys())
def test_every_form_has_the_error_summary(kind):
    assert issubclass(kind, FormMixin)


@pytest.mark.parametrize("kind", FORMS.values(), ids=FORMS.keys())
def test_every_required_field_says_what_to_do(kind):
    silent = [
        name
        for name, field in kind.base_fields.items()
        if field.required
        and not isinstance(field.widget, forms.HiddenInput)
        and field.error_messages["required"] == forms.Field.default_error_messages["required"]
    ]
    assert silent == [], "give these their own error_messages['required']"
