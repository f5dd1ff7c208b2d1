"""Results as files: typed relations in the engine, a form each, and a folder that is filled whole or not."""
