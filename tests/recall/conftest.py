"""The scene every recall test plays on."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.recall.scene import Scene
from tests.recall.story import fresh, told


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """王建国, 李静, 陈志远, 周敏, 张若岚 and an open job, written once for the module."""
    with told(django_db_blocker) as ids:
        yield ids


@pytest.fixture
def scene(story: dict[str, int], db: None) -> Scene:
    """The same people as if nothing had happened yet."""
    return fresh(story)
