"""What a person chooses before a drafting job starts. It starts nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from retail_ai.conf import conf
from retail_ai.descriptions.guides import tone_in_use
from retail_ai.descriptions.models import TextField
from retail_ai.descriptions.services import DEFAULT_FIELDS
from retail_ai.descriptions.voice_models import VoiceGuide
from retail_ai.stores import get_store


class WriteForm(forms.Form):
    """``keys`` holds the selected products' keys, comma-joined, so that any number of them is one form field."""

    keys = forms.CharField(widget=forms.HiddenInput)
    fields_ = forms.MultipleChoiceField(
        label=_("Texts"), choices=TextField.choices, initial=list(DEFAULT_FIELDS), widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    tone = forms.ChoiceField(label=_("Tone"), choices=VoiceGuide.Tone.choices)
    generator = forms.ChoiceField(label=_("Written by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["languages"]
        languages.choices = [(code, code) for code in conf.LANGUAGES]
        languages.initial = list(conf.LANGUAGES)[:1]
        self.fields["tone"].initial = tone_in_use()
        generator: Any = self.fields["generator"]
        generator.choices = [(alias, _generator_label(alias)) for alias in conf.GENERATORS]

    def clean_keys(self) -> list[str]:
        """Keys that a product can have; another is an error, never a crash of the job."""
        keys = [key for key in self.cleaned_data["keys"].split(",") if key]
        to_python = get_store().product_model._meta.pk.to_python
        try:
            return [str(to_python(key)) for key in keys]
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("The selection is damaged: go back to the list and select again.")
            ) from error


def _generator_label(alias: str) -> str:
    labels = {
        "composer": _("composer: fast, from the facts alone"),
        "default": _("language model, proved by the facts"),
    }
    return str(labels.get(alias, alias))
