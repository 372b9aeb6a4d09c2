"""Pages in a real browser that have to end without a message, a request, or anything beside the window."""

import pytest
from browsing import Page

from runner.page.page import page as written


@pytest.fixture
def open_html(browser, tmp_path):
    """Open a page in a window with some looks; at the end all is checked that was opened."""
    pages = []

    def open_page(html, **looks):
        pages.append(Page(browser, tmp_path / "explore.html", html, **looks))
        return pages[-1]

    yield open_page
    for page in pages:
        assert page.messages() == []
        assert page.requests() == []
        assert page.overflow() <= 0


@pytest.fixture
def opened(open_html):
    """Open the page of a result."""
    return lambda result, **looks: open_html(written(result), **looks)
