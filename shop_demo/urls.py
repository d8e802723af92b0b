"""URLs of the demo shop: its pages, logging in and out, the admin, and retail_ai's own addresses."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import include, path
from django.views.generic import RedirectView

from shop_demo.forms import LoginForm
from shop_demo.views.account import signup

urlpatterns = [
    path("admin/", admin.site.urls),
    path("retail-ai/", include("retail_ai.urls")),
    path(
        "login/", auth.LoginView.as_view(authentication_form=LoginForm, redirect_authenticated_user=True), name="login"
    ),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("signup/", signup, name="signup"),
    path("favicon.ico", RedirectView.as_view(url=staticfiles_storage.url("shop/icon.svg"))),
    path("", include("shop_demo.views.urls")),
]
