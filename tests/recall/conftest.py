"""The scene every recall test plays on."""

import pytest

from tests.recall.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    """王建国, 李静, 陈志远, 周敏, 张若岚 and an open job."""
    return make_scene()
