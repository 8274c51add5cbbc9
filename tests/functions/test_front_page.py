"""The front page leads to what a resident can do here, at every stage."""

from dataclasses import replace

import pytest

from functions.start.main import app
from shared.app import use
from shared.settings import Stage
from tests.houses import demo_house


@pytest.mark.parametrize("stage", list(Stage))
def test_the_front_page_leads_to_the_application(stage: Stage) -> None:
    with use(demo_house()) as house:
        house.settings = replace(house.settings, stage=stage)
        page = app.test_client().get("/", base_url=house.settings.origin).text
    assert 'href="/ansok/ekonomi"' in page
