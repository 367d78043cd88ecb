"""The product, framework-free: values in, values out. No Django, no network, no clock."""
