"""HID POS scanners: what their descriptor says of their reports, and how reports become scans."""
