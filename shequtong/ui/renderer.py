"""How `{{ form }}` and `{{ field.as_field_group }}` come out: our own accessible field, everywhere."""

from django.forms.renderers import DjangoTemplates


class FieldRenderer(DjangoTemplates):
    """Django's widgets inside our field; the setting FORM_RENDERER names it."""

    field_template_name = "ui/forms/field.html"
    form_template_name = "ui/forms/form.html"
