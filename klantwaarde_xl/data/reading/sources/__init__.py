"""Where rows come from: text in files, Parquet and databases, to lines in the engine."""
