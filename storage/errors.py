"""The root of the project's errors.

    TriwireError
    ├── storage.errors     what the database refuses
    ├── crawler.errors     what a site or a page did
    └── pipeline.errors    what a stage could not do

Every error carries its facts as attributes, so that a count by class and a line for a person come from one object.
"""


class TriwireError(Exception):
    """Something that the project foresees and names; its text says what to do where something can be done."""
