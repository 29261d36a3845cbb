"""Static files under names that change with their content, so that a browser may keep them for ever."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Not used by any page; a type in a comment there reads like the import of a file that does not exist.
LEFT_AS_THEY_ARE = "django_htmx/ext/"


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the relative imports between ES modules, so that a module never meets an old one."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Renames and compresses the collected files; `paths` is file name -> (storage, path)."""
        ours = {name: found for name, found in paths.items() if not name.startswith(LEFT_AS_THEY_ARE)}
        yield from super().post_process(ours, *args, **kwargs)
