"""The application: every route, every failure answered, one document."""

from functools import cache
from typing import Final

from fastapi import FastAPI

from account_service.endpoints import answers, enrolment, entries, health, log
from account_service.endpoints.documents import describe
from account_service.endpoints.parts import Parts
from account_service.version import VERSION

_DESCRIPTION: Final = (
    "What the benches of an organisation sync to. A bench enrols once with a code, pushes the "
    "entries of its journal, and pulls the organisation's log. Every failure answers with a stable "
    "`code`."
)


def build_app(parts: Parts) -> FastAPI:
    """Put the application together."""
    app = FastAPI(
        title="Repair Bench account service",
        version=VERSION,
        description=_DESCRIPTION,
        docs_url=None,  # both pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    answers.install(app)
    for router in (
        health.router(),
        enrolment.router(parts),
        entries.router(parts),
        log.router(parts),
    ):
        app.include_router(router)
    app.openapi = cache(lambda: describe(app))  # the way that FastAPI gives to change it
    return app
