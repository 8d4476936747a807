"""The service's database: tables, statements and transactions. No other room writes SQL."""
