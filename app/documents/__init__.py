"""Domain values to PDF, XLSX and DOCX: the only place that imports ReportLab. Strangers' text is always plain text."""
