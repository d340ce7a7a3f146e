from django.contrib.staticfiles import finders


def test_the_icon_is_found_where_browsers_look_for_it(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))


def test_pages_name_the_icon(client, db):
    assert "favicon.svg" in client.get("/admin/login/").content.decode()
