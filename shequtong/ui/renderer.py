"""How `{{ form }}` and `{{ field.as_field_group }}` come out: our own accessible field, everywhere."""

from typing import Any

from django.forms import Select
from django.forms.renderers import DjangoTemplates

_OWN = {Select.template_name: "ui/forms/select.html"}


class FieldRenderer(DjangoTemplates):
    """Django's widgets inside our field; the setting FORM_RENDERER names it."""

    field_template_name = "ui/forms/field.html"
    form_template_name = "ui/forms/form.html"

    def get_template(self, template_name: str) -> Any:
        """Ours where there is one."""
        return super().get_template(_OWN.get(template_name, template_name))
