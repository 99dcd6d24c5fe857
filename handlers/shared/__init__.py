"""What the edges of all platforms use: showing, answering, remembering, refusing."""
