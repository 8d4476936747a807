"""What the rules say of a product, a technician, a part and an order; the one gate of all work."""

from app.domain.verdicts.findings import (
    Evidence,
    Finding,
    RuleOverride,
    Verdict,
    refusal_of,
    verdict_of,
)
from app.domain.verdicts.gate import Work, WorkGate, work_gate
from app.domain.verdicts.lifting import OVERRIDDEN, lift, override_payload, overrides_of
from app.domain.verdicts.person import (
    calibration_findings,
    esd_findings,
    qualified,
    technician_findings,
)
from app.domain.verdicts.product import product_findings
from app.domain.verdicts.purchase import PartAtHand, order_findings, part_findings

__all__ = [
    "OVERRIDDEN",
    "Evidence",
    "Finding",
    "PartAtHand",
    "RuleOverride",
    "Verdict",
    "Work",
    "WorkGate",
    "calibration_findings",
    "esd_findings",
    "lift",
    "order_findings",
    "override_payload",
    "overrides_of",
    "part_findings",
    "product_findings",
    "qualified",
    "refusal_of",
    "technician_findings",
    "verdict_of",
    "work_gate",
]
