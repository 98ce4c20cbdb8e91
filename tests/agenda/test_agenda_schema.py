"""One description of the files: what is shipped and told is made from the types."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

import facilitator.documents
from facilitator.core.agenda import Agenda
from facilitator.core.network import Network
from facilitator.documents.agenda import templates
from facilitator.documents.schema import FILES, reference, schema, schema_text, write_schemas
from facilitator.i18n import translator

DOCUMENTS = Path(facilitator.documents.__file__).parent


def test_the_shipped_schemas_are_those_of_the_types(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    for name in FILES:
        shipped = (DOCUMENTS / name).read_bytes()
        assert shipped == (tmp_path / name).read_bytes(), "run: python -m facilitator.documents.schema"
    beside_the_templates = templates()["standard.fr"].parent / "agenda.schema.json"
    assert beside_the_templates.read_text(encoding="utf-8") == schema_text(Agenda)


@pytest.mark.parametrize("of", [Agenda, Network])
def test_a_schema_is_one_that_editors_take_and_closed_everywhere(of: type) -> None:
    made = schema(of)
    jsonschema.Draft7Validator.check_schema(made)
    for mapping in (made, *made["definitions"].values()):
        assert mapping["additionalProperties"] is False
        assert mapping["description"]
        for key, value in mapping["properties"].items():
            assert "description" in value or "$ref" in str(value), key


@pytest.mark.parametrize("of", [Agenda, Network])
def test_the_reference_has_a_line_for_every_key(of: type) -> None:
    text = reference(translator("en"), of)
    made = schema(of)
    for mapping in (made, *made["definitions"].values()):
        for key in mapping["properties"]:
            assert f"`{key}`" in text


def test_the_reference_speaks_french() -> None:
    assert "Le titre de la rencontre." in reference(translator("fr"))
