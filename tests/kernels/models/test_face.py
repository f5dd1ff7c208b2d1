"""A model of buying is one module and one record; all else follows from it, and kernels have no words."""

import ast
from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl.data.settings import MODELS
from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.functions.declared.arguments import ALL_MODELS, MODEL
from klantwaarde_xl.kernels.models.buying.face import AUTO_WORD, IN_TIME, Model, model_of
from klantwaarde_xl.wording.buying import LABELS, SAID

ROOT = Path(klantwaarde_xl.__file__).parent


def has_constant(path, word):
    """Whether a source has it as a constant; few have its letters at all."""
    text = path.read_text(encoding="utf-8")
    return word in text and any(
        isinstance(node, ast.Constant) and node.value == word for node in ast.walk(ast.parse(text))
    )


@pytest.mark.slow
@pytest.mark.parametrize("model", Model)
def test_the_word_of_a_model_stands_in_its_record_and_in_examples_that_a_user_types(model):
    files = [path.relative_to(ROOT) for path in ROOT.rglob("*.py") if has_constant(path, model.word)]
    assert [path for path in files if path.parts[:2] != ("functions", "declared")] == [
        Path("kernels/models/buying/face.py")
    ]


def test_the_choices_in_cells_and_in_a_workbook_follow_from_the_records():
    assert [(one.word, one.code) for one in ALL_MODELS] == [(model.word, model) for model in Model]
    words = [*(model.word for model in IN_TIME), AUTO_WORD]
    assert [one.word for one in MODEL.choices] == list(MODELS) == words


@pytest.mark.parametrize("model", Model)
def test_the_words_of_a_model_say_what_each_parameter_and_each_figure_means(model):
    record = model.record
    assert set(SAID[model].notes) == {*record.functions.NAMES, *(one.name for one in record.follows)}
    assert LABELS.keys() >= {one.name for one in record.follows}
    assert record.title == record.functions.fit([0, 0], [0, 0], [3, 3]).model


@pytest.mark.parametrize("code", [-1, 4, 0.5])
def test_another_model_is_refused_with_the_ones_there_are(code):
    with pytest.raises(OutOfRange) as refused:
        model_of(code)
    assert all(model.title in refused.value.remedy for model in Model)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "kernels" / "models").rglob("*.py")), ids=lambda path: path.stem
)
def test_a_kernel_of_the_models_gives_numbers_and_codes_and_no_columns_of_words(path):
    assert "np.str_" not in path.read_text(encoding="utf-8")
