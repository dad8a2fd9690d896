"""The pack for a lawyer: pages to print, the files behind them, and one PDF of all pages."""
