"""The rules of the parts register (部件): numbers, states, columns, shapes, sampling. Pure."""
