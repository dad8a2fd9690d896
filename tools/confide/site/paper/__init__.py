"""An agreement for everybody who signs it, and for nobody in particular: as sentences, as data, on paper."""
