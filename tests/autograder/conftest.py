"""What several test files share."""

import pytest
from course_tools import CHAPTER, SEED

from autograder.release import release

pytest.register_assert_rewrite("wrong_answers")


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A released course whose seed we know; making it takes seconds, so tests leave it as it is."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "autograder_seed.txt").write_text(SEED + "\n", encoding="utf-8")
    release(folder, [CHAPTER])
    return folder
