"""The core: people, programmes, pairs and their journey. Pure: data in, data out; no clock, no I/O."""
