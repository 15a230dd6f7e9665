import nowhere  # noqa
