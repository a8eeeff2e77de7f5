"""The on-site assessment (Art. 14): checklist, visit, evidence, findings, score and conclusion."""
