"""Other systems, each behind one small module: transport only."""
