"""The key to the S3-compatible server of the tests."""

KEY = {"S3_ACCESS_KEY": "test", "S3_SECRET_KEY": "test", "S3_REGION": "eu-central-1"}
