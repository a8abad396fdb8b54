"""What people read at month end: values first, then renderings of them."""
