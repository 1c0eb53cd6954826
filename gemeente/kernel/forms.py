"""How a form field looks everywhere: label, help, error, field, joined by aria attributes."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders each field through our own template, so that no screen writes its own labels and errors."""

    field_template_name = "forms/field.html"
