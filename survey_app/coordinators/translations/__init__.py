"""Translations of a draft: the workbench, for coordinators and for people with a link."""

from survey_app.coordinators.translations import pages, wording_files  # noqa: F401  # importing them attaches their views
from survey_app.coordinators.translations.visitors import visitors

__all__ = ["visitors"]
