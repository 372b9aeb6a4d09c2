"""The config reference, made from the `Config` model: the JSON Schema and the table of docs/config.md.

`python -m tools.reference` (or `make docs`) writes both; a test holds them equal to the model.
"""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

from runner.config.keys import Config, kind_of
from runner.config.usage import unused_because

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "config.schema.json"
DOCUMENTS = ROOT / "docs"
CONFIG_PAGE, RESULTS_PAGE, PROMISES_PAGE = (
    DOCUMENTS / f"{name}.md" for name in ("config", "results", "promises")
)
TYPES = {
    "integer": "whole number",
    "number": "number",
    "string": "text",
    "boolean": "`true`, `false`",
    "null": "`null`",
    "object": "object",
}


def schema_text() -> str:
    """`config.schema.json`, which editors read to complete and check a config."""
    schema = Config.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    keys = schema["properties"]
    blocks = {mode: _block(mode, keys) for mode in kind_of("mode").names}
    schema["properties"] = {"$schema": {"type": "string"}, **keys, **blocks}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _block(mode: str, keys: dict[str, Any]) -> dict[str, Any]:
    """The block of a mode: the keys that the mode can use, whatever the other keys are."""
    others = product(kind_of("data").names, ("adam", "powell"), ("flip", "gaussian"))
    search = {"sweep": [{"beta": {"from": 1, "to": 2}}], "samples": 2}
    configs = [
        Config.model_validate(
            {"mode": mode, "data": data, "minimizer": minimizer, "noise": noise, **search}
        )
        for data, minimizer, noise in others
        if minimizer == "adam" or mode != "VAE"
    ]
    used = {
        key: {"$ref": f"#/properties/{key}"}
        for key in keys
        if key != "mode" and any(unused_because(key, config) is None for config in configs)
    }
    description = f"the keys of mode {mode}, laid over those beside the blocks"
    return {"type": "object", "additionalProperties": False, "description": description, "properties": used}


def config_table() -> str:
    """A Markdown table of every key: its values, its default, its meaning."""
    properties = Config.model_json_schema()["properties"]
    lines = ["| key | values | default | meaning |", "|---|---|---|---|"]
    for name, field in properties.items():
        default = f"`{json.dumps(field['default'])}`" if "default" in field else "by mode"
        lines.append(f"| `{name}` | {_values(field)} | {default} | {field['description']} |")
    return "\n".join(lines)


def with_block(text: str, name: str, content: str) -> str:
    """`text` with what stands between the two comments of the block `name` replaced by `content`."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if begin not in text or end not in text:
        raise ValueError(f"the text has no block {begin} … {end}")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n{content}\n{end}", text)


def write_block(page: Path, name: str, content: str) -> None:
    """Write what stands in a block of a page anew."""
    text = with_block(page.read_text(encoding="utf-8"), name, content)
    page.write_text(text, encoding="utf-8")


def _values(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{name}`" for name in field["enum"])
    if "anyOf" in field:
        return " or ".join(_values(option) for option in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {_values(field['items'])}"
    return TYPES[field.get("type", "object")] + _bounds(field)


def _bounds(field: dict[str, Any]) -> str:
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    bounds = [f"{sign} {field[bound]:,.10g}" for bound, sign in signs.items() if bound in field]
    return f" {', '.join(bounds)}" if bounds else ""


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    write_block(CONFIG_PAGE, "config table", config_table())
