import pytest

from tests.hosts.setup.windows import windows


@pytest.fixture
def machine(tmp_path):
    return windows(tmp_path)
