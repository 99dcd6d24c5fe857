"""The tests: a package of their own, since a library brings along one of the same name."""
