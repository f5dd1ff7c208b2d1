"""Where the process is ours the linear algebra has one thread, and a user's own is left as it is."""

import pytest

from tests.test_front_door import run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "threads"),
    [
        ("import klantwaarde_xl.cli.commands", "1"),
        ("import klantwaarde_xl.hosts.excel", "1"),
        ("import os; os.environ['OPENBLAS_NUM_THREADS'] = '3'; import klantwaarde_xl.cli.commands", "3"),
        ("import klantwaarde_xl; dir(klantwaarde_xl); klantwaarde_xl.analyse", "as it was"),
    ],
)
def test_a_process_of_ours_has_one_thread_of_linear_algebra_and_a_users_own_is_left_alone(
    monkeypatch, code, threads
):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert (
        run(f"{code}\nimport os; print(os.environ.get('OPENBLAS_NUM_THREADS', 'as it was'))").strip()
        == threads
    )
