"""The forms that shoppers fill in. They check and clean; saving is the views' and services' work."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from shop_demo.cart import MAX_QUANTITY


class LoginForm(AuthenticationForm):
    """Log in by e-mail address (a customer's user name) or by the user name of staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget.attrs["inputmode"] = "email"

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if "@" not in name or User.objects.filter(username=name.lower()).exists():
            return name.lower() if "@" in name else name
        known = User.objects.filter(email__iexact=name).order_by("pk").first()
        return known.get_username() if known else name


class SignupForm(BaseUserCreationForm):
    """A new customer. The e-mail address is the user name."""

    first_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    wants_news = forms.BooleanField(
        label=_("Send me offers by e-mail"),
        required=False,
        help_text=_("About twice a month. You can stop it with one click."),
    )

    class Meta:
        model = User
        fields = ("first_name", "email")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(username=email).exists():
            raise forms.ValidationError(_("There is already an account with this address. Please log in."))
        return email

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.username = self.cleaned_data["email"]
        if commit:
            user.save()
        return user


class CartForm(forms.Form):
    """How many of a product to put into the cart."""

    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=MAX_QUANTITY, initial=1)


class CheckoutForm(forms.Form):
    """Who gets the order and where. ``seen_total`` and ``token`` come back as the page sent them."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    address = forms.CharField(
        label=_("Delivery address"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    seen_total = forms.DecimalField(max_digits=12, decimal_places=2, widget=forms.HiddenInput)
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """A buyer's opinion."""

    RATINGS = [(5, _("5 – excellent")), (4, _("4 – good")), (3, _("3 – fair")), (2, _("2 – poor")), (1, _("1 – bad"))]

    rating = forms.TypedChoiceField(label=_("Your rating"), choices=RATINGS, coerce=int)
    text = forms.CharField(
        label=_("Your review"), max_length=4000, min_length=3, widget=forms.Textarea(attrs={"rows": 4})
    )


class PreferencesForm(forms.Form):
    """What a customer may change about the account."""

    first_name = forms.CharField(label=_("Your name"), max_length=120)
    wants_news = forms.BooleanField(label=_("Send me offers by e-mail"), required=False)
