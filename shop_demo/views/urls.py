"""The shop's own addresses, under the namespace "shop"."""

from django.urls import path

from shop_demo.views import account, cart, catalogue, checkout, help, home, images, search

app_name = "shop"
urlpatterns = [
    path("", home.home, name="home"),
    path("departments/<slug:slug>/", catalogue.department, name="department"),
    path("products/<slug:slug>/", catalogue.product, name="product"),
    path("products/<slug:slug>/review/", catalogue.review, name="review"),
    path("images/<slug:slug>.svg", images.product_image, name="image"),
    path("images/departments/<slug:slug>.svg", images.department_image, name="department_image"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("cart/", cart.show, name="cart"),
    path("cart/add/<slug:slug>/", cart.add, name="cart_add"),
    path("cart/update/", cart.update, name="cart_update"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("account/", account.account, name="account"),
    path("account/settings/", account.preferences, name="preferences"),
    path("orders/<str:number>/", account.order, name="order"),
    path("orders/<str:number>/cancel/", account.cancel, name="order_cancel"),
    path("help/", help.index, name="help"),
    path("help/<slug:slug>/", help.page, name="help_page"),
    path("language/", account.language, name="language"),
]
