"""The organisation and the people who work in it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gemeente.kernel.ids import new_id


class Department(models.Model):
    """A part of the municipality. `key` never changes; the name may."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=100)
    active = models.BooleanField(default=True)


class Team(models.Model):
    """Who takes up questions. The team `kcc` always exists: what fits nowhere goes there, never to nobody (V73)."""

    key = models.SlugField(primary_key=True)
    name = models.CharField(max_length=100)
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    phone = models.CharField(max_length=30, default="14 050")
    active = models.BooleanField(default=True)


class Employee(models.Model):
    """Somebody with a name whom a resident can reach."""

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    roles = ArrayField(models.CharField(max_length=20))
    teams = models.ManyToManyField(Team)
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    phone = models.CharField(max_length=30, default="14 050")
    works_days = models.CharField(max_length=100, default="Maandag tot en met vrijdag")
    what_for = models.CharField(max_length=100, default="")
    active = models.BooleanField(default=True)


class Leave(models.Model):
    """When somebody is away, and who then helps their residents. Both dates count."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leaves")
    begins = models.DateField()
    ends = models.DateField()
    cover = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="covers")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="leave_in_order"),
        ]
