"""Addresses of cases: face / noun / number / verb."""

from shequtong.cases.urls import desk, residents, standards

app_name = "cases"

urlpatterns = [*desk.urlpatterns, *standards.urlpatterns, *residents.urlpatterns]
