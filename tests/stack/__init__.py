"""The whole system as it runs in production, for the suites that break it: servers, web, workers, a client."""
