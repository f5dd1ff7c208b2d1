"""What the kernels' figures are called and mean in Dutch, by field; for functions and workbooks alike."""
