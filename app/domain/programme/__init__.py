"""Where the organisation stands with the programme, point by point (P1 to P15)."""

from app.domain.programme.judging import JUDGES, programme_standing
from app.domain.programme.situation import (
    EsdPlan,
    RepairDone,
    Situation,
)
from app.domain.programme.standing import (
    Detail,
    Figures,
    PointStanding,
    ProgrammeStanding,
    Qualifies,
    RuleStanding,
    State,
)

__all__ = [
    "JUDGES",
    "Detail",
    "EsdPlan",
    "Figures",
    "PointStanding",
    "ProgrammeStanding",
    "Qualifies",
    "RepairDone",
    "RuleStanding",
    "Situation",
    "State",
    "programme_standing",
]
