"""Blosc containers as numcodecs 0.16 writes them, for `zarr/blosc.rs`: numbers of 16 bits that follow (i * i) % 1000, by
every library within it and every order of the bytes. 5,003 of them; 5,000 where bits are sorted, which is done in eights,
but for zstd, whose last block is no multiple of eight. `python make_blosc.py FOLDER`."""

import sys
from pathlib import Path

import numcodecs
import numpy as np

for name in ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]:
    for shuffle, word in [(0, "none"), (1, "bytes"), (2, "bits")]:
        count = 5000 if word == "bits" and name != "zstd" else 5003
        numbers = (np.arange(count, dtype="int64") ** 2 % 1000).astype("<i2")
        packed = numcodecs.Blosc(cname=name, clevel=5, shuffle=shuffle, blocksize=4096).encode(numbers)
        Path(sys.argv[1], f"{name}_{word}.blosc").write_bytes(packed)
numbers = (np.arange(700, dtype="int64") ** 2 % 1000).astype("<i2")
Path(sys.argv[1], "not_packed.blosc").write_bytes(numcodecs.Blosc(clevel=0).encode(numbers))
