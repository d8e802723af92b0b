"""The second shop's tables: prices in cents, an inverse visibility flag, attributes as rows."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class BuyerManager(BaseUserManager["Buyer"]):
    def create_user(self, mail: str, password: str | None = None, **fields: object) -> "Buyer":
        buyer = self.model(mail=mail, **fields)
        buyer.set_password(password)
        buyer.save()
        return buyer

    def create_superuser(self, mail: str, password: str | None = None, **fields: object) -> "Buyer":
        return self.create_user(mail, password, is_staff=True, is_superuser=True, **fields)


class Buyer(AbstractBaseUser, PermissionsMixin):
    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mail = models.EmailField(unique=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    may_write_to = models.BooleanField(default=False)

    objects = BuyerManager()
    USERNAME_FIELD = "mail"


class Shelf(models.Model):
    label = models.CharField(max_length=80)
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE)


class Article(models.Model):
    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    maker = models.CharField(max_length=80, blank=True)
    shelf = models.ForeignKey(Shelf, on_delete=models.PROTECT)
    gross_cents = models.PositiveIntegerField()
    units_left = models.IntegerField(default=0)
    hidden = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Spec(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="specs")
    label = models.CharField(max_length=80)
    value = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)


class Purchase(models.Model):
    ref = models.CharField(max_length=20, unique=True)
    buyer = models.ForeignKey(Buyer, null=True, on_delete=models.SET_NULL)
    bought_at = models.DateTimeField()
    void = models.BooleanField(default=False)


class PurchaseItem(models.Model):
    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey(Article, on_delete=models.PROTECT)
    count = models.IntegerField()
    cents = models.PositiveIntegerField()


class HouseRule(models.Model):
    heading = models.CharField(max_length=100)
    body = models.TextField()
