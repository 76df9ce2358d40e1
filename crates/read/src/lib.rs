//! From file to field: what a file of currents, winds or waves holds, as the sea in memory.
