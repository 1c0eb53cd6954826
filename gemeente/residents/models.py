"""Parties and how to reach them."""

from django.db import models

from gemeente.kernel.ids import new_id


class Party(models.Model):
    """A resident or a business. Use `id` everywhere; the BSN stays in this table and never leaves it in an event or a URL."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=10)
    bsn = models.CharField(max_length=9, null=True, unique=True)
    kvk_number = models.CharField(max_length=8, default="", blank=True)
    given_names = models.CharField(max_length=200, default="")
    prefix = models.CharField(max_length=20, default="")
    family_name = models.CharField(max_length=200, default="")
    business_name = models.CharField(max_length=200, default="")
    gender = models.CharField(max_length=1, default="O")
    birth_date = models.DateField(null=True)
    street = models.CharField(max_length=100, default="")
    house_number = models.CharField(max_length=20, default="")
    postcode = models.CharField(max_length=6, default="")
    place = models.CharField(max_length=80, default="")
    household = models.UUIDField(null=True)
    confidential = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="nl")
    large_print = models.BooleanField(default=False)
    preferred_channel = models.CharField(max_length=10, default="web")
    notice_channel = models.CharField(max_length=10, default="email")
    asked_afterwards = models.BooleanField(default=True, db_default=True)
    made_up = models.BooleanField(default=False)
    search_name = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            # Each serves one box of the search screen: a name from its first letters, an address, a birth date.
            models.Index(fields=["search_name"], name="party_name", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["postcode", "house_number"], name="party_address", opclasses=["text_pattern_ops", "text_ops"]
            ),
            models.Index(fields=["birth_date"], name="party_birth_date"),
            models.Index(fields=["kvk_number"], name="party_kvk", condition=~models.Q(kvk_number="")),
            models.Index(fields=["household"], name="party_household", condition=~models.Q(household=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["person", "business"]), name="party_kind_known"),
        ]


class DigitalAddress(models.Model):
    """An e-mail address or phone number of a party; verified only with evidence that says how we know."""

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=254)
    key = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=200, default="")
    preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "kind", "key"], name="address_once")]
        # Serves "who writes from this address", "who calls from this number".
        indexes = [models.Index(fields=["kind", "key"], name="address_key")]


class NamePart(models.Model):
    """One word of somebody's name, for finding them by any of their names. `line` holds all that search compares.

    That is the whole name, the postcode and the house number, without capitals and accents, each word between blanks: a second
    word is checked in it, without reading the party.
    """

    pk = models.CompositePrimaryKey("party_id", "word")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="name_parts", db_index=False)
    word = models.TextField()
    line = models.TextField()

    class Meta:
        indexes = [
            # Who has a name that begins so, in order of the alphabet.
            models.Index(
                fields=["word", "line", "party"],
                name="name_part_found",
                opclasses=["text_pattern_ops", "text_ops", "uuid_ops"],
            ),
        ]


class NameVariant(models.Model):
    """A word that occurs in names, under each spelling that one typing mistake leaves (`rules.variants`)."""

    pk = models.CompositePrimaryKey("variant", "word")
    variant = models.TextField()
    word = models.TextField()
