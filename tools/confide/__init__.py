"""Total Confidence: agreements that are obeyed, disclosures that are recorded, notes that stay sealed."""

__version__ = "0.1.0"
