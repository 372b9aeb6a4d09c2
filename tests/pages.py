"""The pages that people read, and the blocks of code in them."""

import re

from tools.reference import DOCUMENTS, ROOT

README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted(DOCUMENTS.glob("*.md"))]
FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
# Page, language and text of each.
BLOCKS = [
    (page, language, block)
    for page in PAGES
    for _, language, block in FENCED.findall(page.read_text(encoding="utf-8"))
]
