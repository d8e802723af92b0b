"""The parts of ``manage.py demo``: one file a part. The order of things stands in run.py."""
