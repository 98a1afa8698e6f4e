"""The papers of a grid: how its map is drawn and labelled, and the templates of every document. Pure."""
