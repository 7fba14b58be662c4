"""One question a file. A module here that defines ``ANALYSIS`` is found, run and reported; see `registry`."""
