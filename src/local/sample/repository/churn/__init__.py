"""Which customers will {{verb}} next month."""
