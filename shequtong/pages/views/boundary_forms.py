"""Forms of the import of boundaries (边界导入表单): the file, and what its preview showed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.core.geo import Crs
from shequtong.pages.views.people_forms import DayField
from shequtong.territory.boundary_file import LARGEST

_SYSTEMS = (
    (Crs.CGCS2000.value, _("CGCS2000 or WGS-84")),
    (Crs.GCJ02.value, _("GCJ-02 (Amap, Tencent)")),
    (Crs.BD09.value, _("BD-09 (Baidu)")),
)


class BoundaryForm(forms.Form):
    """A GeoJSON file, what its numbers mean, and from when it holds."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json"}),
        help_text=_("One boundary for each unit, all of one level, each with its code (property “code”)."),
    )
    source_crs = forms.ChoiceField(label=_("Coordinate system"), choices=_SYSTEMS)
    day = DayField(label=_("Holds from"), help_text=_("Today, or the day on which it was decided."))

    def clean_file(self) -> Any:
        """Nothing that could be no map of a street."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
        return file


class TakeForm(forms.Form):
    """What the preview showed, signed; and whether ground may stay without a unit."""

    kept = forms.CharField(widget=forms.HiddenInput)
    leave_gaps = forms.BooleanField(label=_("The ground listed as belonging to no unit may stay so"), required=False)

    def __init__(self, *args: Any, gaps: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not gaps:
            del self.fields["leave_gaps"]
