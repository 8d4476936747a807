"""The names of the programme's rules, by the moment at which they are judged.

A finding of the bench has one of these codes, and a policy file has one row for each. The order
of the first four groups is the order in which a refusal names what is to be done first: the
product, then the person, then ESD, then the part.
"""

from typing import Final

PRODUCT: Final = (
    "not_in_register",
    "maker_unknown",
    "other_maker",
    "no_family",
    "owner_other",
    "owner_unknown",
    "lease_ended",
    "other_warranty",
    "warranty_issuer_unknown",
    "find_my_on",
    "lease_end_unknown",
    "lease_ends_soon",
    "no_proof",
)
"""P1, P2, P3 and P5: what a scan of a product can find."""
PERSON: Final = ("not_certified", "certificate_ends_soon")
"""P6: what the technician's certificates can lack."""
ESD: Final = (
    "esd_missing",
    "esd_other_person",
    "esd_failed",
    "esd_invalid",
    "tester_unknown",
    "tester_out_of_calibration",
    "esd_stale",
)
"""P8: what the wrist strap's test, and the tester it was made with, can lack."""
PART: Final = (
    "part_not_purchased",
    "part_other_source",
    "part_other_number",
    "part_no_order",
    "part_used_before",
)
"""P4: what a part's purchase can lack."""
ORDER: Final = ("account_on_hold", "credit_exceeded", "credit_unknown")
"""P9: what can speak against an order of parts."""
CODES: Final = frozenset({*PRODUCT, *PERSON, *ESD, *PART, *ORDER})
"""Every finding that the program can give: a policy file must rule on each."""
REGIONAL: Final = frozenset({"certificate_too_old"})
"""Findings that only some regions' programmes ask for."""

STANDING: Final = frozenset(
    {
        "installed_base",
        "proof_share",
        "technician_deadline",
        "diagnostics_server",
        "scanner_2d",
        "workbench",
        "tools",
        "esd_mat",
        "wrist_strap",
        "esd_tester",
        "calibration_ends_soon",
        "esd_test_missed",
        "account_standing",
        "credit_low",
        "next_day_delivery",
        "technical_support",
        "support_resources",
        "vouchers",
        "exam_cost",
        "quality_control",
        "other_channels",
        "apply",
    }
)
"""What the whole organisation is asked for: no scan tells it, the programme's standing does."""
STANDING_REGIONAL: Final = frozenset(
    {
        "annual_volume",
        "credit_line",
        "floor_mat",
        "yearly_certification",
        "applecare",
        "defective_returns",
    }
)
"""What only some regions ask an organisation for."""
REQUIRED: Final = CODES | STANDING
"""A policy file without a row for each of these is refused."""
SCANNED: Final = CODES | REGIONAL
"""The codes of findings; all others are judged of the whole organisation, or not by a bench."""
KNOWN: Final = REQUIRED | REGIONAL | STANDING_REGIONAL

ANSWERABLE: Final = frozenset(
    {
        "maker_unknown",
        "owner_unknown",
        "lease_ended",
        "lease_end_unknown",
        "warranty_issuer_unknown",
        "find_my_on",
        "lease_ends_soon",
        "no_proof",
    }
)
"""What a policy file may let a lead answer for: what a register can lack or lag behind with.

Never a product that the register does not hold or whose family it does not tell, for without them
the other rules cannot be judged; never skill, ESD or parts.
"""
STRICT: Final = frozenset({"not_in_register", "no_family"})
"""What always blocks: of a product that is not known, nothing else can be judged."""
RANK: Final = {
    code: place
    for place, code in enumerate((*PRODUCT, *PERSON, *sorted(REGIONAL), *ESD, *PART, *ORDER))
}
"""Which finding is told first: the lower goes before."""
POINTS: Final = tuple(f"P{number}" for number in range(1, 16))
"""The programme's points; a policy file has a row for each."""
