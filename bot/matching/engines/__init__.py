"""Engines that solve a matching problem; which one is used is the caller's choice."""
