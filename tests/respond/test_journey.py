"""A whole way through a survey, as a script without a browser walks it."""

from tests import visits


def test_a_resident_answers_from_start_to_thanks(publish, resident, respond):
    publish("zusammenleben")
    response = respond({"q01": "yes", "q05": ["f1", "f3"]}, "xm")
    assert response.request.path == "/xm/zusammenleben/thanks"
    assert visits.read(response).kind == "thanks"
