"""The catalogue: 450 municipal products, each with an owner and a physical route (V1, V45)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gemeente.access.models import Team


class Product(models.Model):
    """One product. Use `upl` as the key: it is the national name and stays."""

    upl = models.CharField(max_length=120, primary_key=True)
    uri = models.URLField(max_length=200)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    norm_workdays = models.SmallIntegerField()
    audience = models.CharField(max_length=12)
    channels = ArrayField(models.CharField(max_length=10))
    physical_route = models.TextField()
    phrases = models.TextField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(norm_workdays__range=(1, 60)), name="product_norm_honest"),
            models.CheckConstraint(condition=~models.Q(physical_route=""), name="product_physical_route"),
        ]
