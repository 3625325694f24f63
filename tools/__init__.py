"""Set-up, build and test runners: what a developer's machine needs and a server never imports."""
