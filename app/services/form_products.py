"""Saving the forms of a product, by the use cases of `app.services.product_desk` and others."""

from app.domain.identifiers import normalise
from app.domain.identities import Identity
from app.domain.products import Asset, Family, Ownership, Purchase
from app.services.form_fields import FIELDS, WHOLE_PRODUCT
from app.services.form_sight import FieldKind, FormKind
from app.services.form_typed import Typed
from app.services.overriding import Override, override_rule
from app.services.product_desk import (
    NewIdentity,
    Value,
    add_product,
    change_product,
    remove_product,
    rename_product,
)
from app.services.registering import Changed


def product_change(typed: Typed) -> Changed:
    """Other fields of a product; what was left as it was stays."""
    fields = FIELDS[FormKind.PRODUCT_CHANGE]
    told: dict[str, Value] = {
        one.name: typed.day(one.name) if one.kind is FieldKind.DAY else typed.values[one.name]
        for one in fields
        if typed.changed(one.name) is not None
    }
    if "ownership" in told:
        told["ownership"] = Ownership(typed.values["ownership"])
    badge = typed.lead.badge
    return change_product(typed.tx, typed.key, told, badge=badge, rules=typed.rules)


def product_add(typed: Typed) -> Changed:
    """A product that no file has told of."""
    values = typed.values
    product = Asset(
        serial=normalise(values["product_serial"]),
        model=values["model"],
        family=Family(values["family"]),
        ownership=Ownership(values["ownership"]),
        imeis=tuple(normalise(values[name]) for name in ("imei", "imei2") if values[name]),
        lessor=values["lessor"],
        leased_until=typed.day("leased_until"),
        holder=values["holder"],
        department=values["department"],
        tag=values["tag"],
        purchase=Purchase(
            values["order"], typed.day("bought_on"), values["seller"], values["document"]
        ),
    )
    return add_product(typed.tx, product, badge=typed.lead.badge, rules=typed.rules)


def product_remove(typed: Typed) -> Changed:
    """A product that is the organisation's no more."""
    return remove_product(typed.tx, typed.key, badge=typed.lead.badge)


def product_identity(typed: Typed) -> Changed:
    """What a product is called after its board or the whole unit was replaced."""
    values = {name: normalise(value) for name, value in typed.values.items()}
    imeis = tuple(filter(None, (values["imei"], values["imei2"])))
    new = Identity(values["new_serial"], imeis, values["meid"], values["eid"])
    day, number = typed.sure_day("replaced_on"), typed.values["replaced_in"]
    wanted = NewIdentity(typed.key, new, day, number)
    return rename_product(typed.tx, wanted, badge=typed.lead.badge, rules=typed.rules)


def override(typed: Typed) -> Changed:
    """A lead answers for what stops a product."""
    scope = typed.values.get("holds_for", WHOLE_PRODUCT)
    named = typed.key if scope == WHOLE_PRODUCT else scope
    wanted = Override(named, typed.values["rule"], typed.lead.badge, typed.values["answer"])
    done = override_rule(typed.tx, wanted, typed.rules)
    return Changed(done.feedback, done.entries)
