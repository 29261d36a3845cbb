"""Static files under names that change with their content, so that a browser may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the relative imports between ES modules, so that a module never meets an old one."""

    support_js_module_import_aggregation = True
