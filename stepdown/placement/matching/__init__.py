"""Who sits in which group, for many people at once. Plain values in, a plan out; no Django."""
