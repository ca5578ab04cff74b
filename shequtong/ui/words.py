"""Words of Django's forms that we say our own way (表单提示语): named here, so that the catalogue gathers them."""

from django.utils.translation import gettext_lazy, ngettext_lazy

FORMS = (
    gettext_lazy("This field is required."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
