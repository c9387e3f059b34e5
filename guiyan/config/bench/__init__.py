"""Measurements that can be repeated: same data, same order, baseline in the same run."""
