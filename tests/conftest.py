"""`pytest --update` writes new expectations: goldens, schemas and what the README shows."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Before any module of tests is read, so that it holds for the properties in all of them.
settings.register_profile(
    "notices",
    max_examples=int(os.environ.get("EXAMPLES", "150")),
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("notices")


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="write what came out as what is expected")


def pytest_configure(config):
    if config.getoption("--update") and os.environ.get("CI") == "true":
        raise pytest.UsageError("--update is for people: under CI nothing may be rewritten")


@pytest.fixture
def update(request) -> bool:
    """Whether expectations are to be written anew."""
    return request.config.getoption("--update")
