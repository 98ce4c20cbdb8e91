"""Documents: agendas and settings in (YAML), minutes and newsletters out and back in (Markdown)."""
