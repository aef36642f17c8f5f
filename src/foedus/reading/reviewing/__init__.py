"""From proposals to evidence: a person decides, the case file is written, each decision is kept."""
