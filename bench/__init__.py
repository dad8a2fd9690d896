"""What the design promises about speed and size, measured on this machine as ratios to a tool that everybody knows."""
