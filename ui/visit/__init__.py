"""The On site place: plan, checklist, photographs, findings and the meeting of one visit."""
