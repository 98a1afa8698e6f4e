"""What opening the queue costs: statements over a page of fifty cases (B2)."""

import pytest

from tests.cases.opening import LISTS, QUEUES
from tests.cases.test_interface import at_most

LIST = 4  # B2: a page of fifty, with whoever asks
OTHER = {"/api/me": 6, "/api/changes": 4}  # the first once, when the desk is opened
SMALL = 3


@pytest.mark.django_db
@pytest.mark.parametrize("path", list(QUEUES))
def test_a_page_of_fifty_costs_four_statements_and_what_stands_around_it_few(centre, path):
    for _ in range(52):
        centre.report()
    client = centre.client("acceptor")
    for address in QUEUES[path]:
        client.get(address)
    for address in QUEUES[path]:
        with at_most(LIST if address in LISTS else OTHER.get(address, SMALL)):
            answer = client.get(address)
        assert answer.status_code == 200, answer.content
        if address in LISTS:
            assert len(answer.json()["rows"]) == 50
    assert len(set(QUEUES[path]) & set(LISTS)) == 1, "the page itself is asked for once"
