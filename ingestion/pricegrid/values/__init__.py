"""What one cell says: a price, a currency, a stock, a code, a text."""
